import { expect, test } from 'vitest';
import type { Order } from '../../src/audit/claim.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createDeliver } from '../../src/schedule/deliver.ts';
import { ACME, loaded, tenantOf } from '../config/workshop.ts';
import { auditResult } from '../report/audit-result.ts';

const now = new Date('2026-12-24T02:00:00Z');
const lease = new Date('2026-12-24T02:00:45Z');
const slot = { tenantId: 'acme', at: now };

interface Room {
  readonly ends?: Partial<AuditResult>;
  readonly more?: string | null;
  readonly held?: Date | null;
}

/** A worker whose audit ends so, with a tenant that is configured so; null for one that is gone. */
function worker({ ends = {}, more = '', held = lease }: Room = {}) {
  const orders: Order[] = [];
  const skipped: object[] = [];
  const deliver = createDeliver({
    now: () => now,
    log: createLog({ level: 'error', format: 'json', now: () => now, write: () => undefined }),
    tenant: () => Promise.resolve(more === null ? null : tenantOf(loaded(`${ACME}${more}`))),
    audit: (order) => {
      orders.push(order);
      return Promise.resolve(auditResult(ends));
    },
    leaseEnd: () => Promise.resolve(held),
    lastTook: () => Promise.resolve(null),
    places: 4,
    recordSkipped: ({ id }, { reason }) => Promise.resolve(void skipped.push({ id, reason })),
  });
  return { orders, skipped, again: () => deliver(slot) };
}

const PARKED: Partial<AuditResult> = { outcome: 'partial', reason: 'rate-limited', resumeInSeconds: 1_847 };
const REFUSED: Partial<AuditResult> = { runId: null, outcome: 'skipped', errorCode: 'lease-held' };

test.each([
  ['complete', {}, null],
  ['partial at a limit', { outcome: 'partial', reason: 'budget' }, null],
  ['failed for a reason that only people can mend', { outcome: 'failed', reason: 'auth-invalid' }, null],
  ['taken over by another worker', { runId: null, outcome: 'failed', errorCode: 'lease-lost' }, null],
  ['held by another worker', REFUSED, lease],
  ['parked by a long wait: it comes again when that is over', PARKED, new Date('2026-12-24T02:30:47Z')],
  ['refused again and again with short waits', { ...PARKED, resumeInSeconds: 60 }, null],
  ['at a limit that named no time', { ...PARKED, resumeInSeconds: null }, null],
] as const)('a night that ends %s', async (_, ends, again) => {
  const { again: deliver, orders } = worker({ ends });
  expect(await deliver()).toEqual(again);
  expect(orders).toMatchObject([{ settings: { id: 'acme' }, trigger: 'schedule', full: false, onlySpaces: null }]);
});

test('a night whose other worker has just finished comes again at once', async () => {
  expect(await worker({ ends: REFUSED, held: null }).again()).toEqual(now);
});

test.each([
  [
    'was interrupted',
    { outcome: 'partial', reason: 'interrupted', errorCode: 'interrupted', detail: 'Stopped.' },
    'Stopped.',
  ],
  ['could not open its run', { runId: null, errorCode: 'database-unreachable', detail: 'No route.' }, 'No route.'],
  ['broke before its run', { runId: null, outcome: 'failed', errorCode: null }, 'could not begin'],
] as const)('a night that %s is thrown back, to be delivered again', async (_, ends, said) => {
  await expect(worker({ ends }).again()).rejects.toThrow(said);
});

test.each([
  ['    enabled: false\n', 'disabled'],
  ['    schedule: { blackout: [2026-12-24] }\n', 'quiet-hours'],
])('a tenant with%s is skipped, with the reason %s', async (more, reason) => {
  const { again, orders, skipped } = worker({ more });
  expect(await again()).toBeNull();
  expect({ orders, skipped }).toEqual({ orders: [], skipped: [{ id: 'acme', reason }] });
});

test('a tenant that is configured no more is neither audited nor recorded', async () => {
  const { again, orders, skipped } = worker({ more: null });
  expect(await again()).toBeNull();
  expect({ orders, skipped }).toEqual({ orders: [], skipped: [] });
});

const MINUTE = 60_000;

/** A worker with three places whose tenants took so many minutes the last time; each audit ends when it is told to. */
function crew(minutes: Readonly<Record<string, number>>, unfinished: readonly string[] = []) {
  const ends = new Map<string, () => void>();
  const deliver = createDeliver({
    now: () => now,
    log: createLog({ level: 'error', format: 'json', now: () => now, write: () => undefined }),
    tenant: (id) => Promise.resolve({ ...tenantOf(loaded(ACME)), id }),
    audit: ({ settings }) =>
      new Promise((resolve) => void ends.set(settings.id, () => resolve(auditResult({ tenantId: settings.id })))),
    leaseEnd: (id) => Promise.resolve(unfinished.includes(id) ? lease : null),
    lastTook: (id) => Promise.resolve((minutes[id] ?? 0) * MINUTE),
    places: 3,
    recordSkipped: () => Promise.resolve(),
  });
  const take = async (id: string): Promise<'works' | Date | null> => {
    const done = deliver({ tenantId: id, at: now });
    await new Promise(setImmediate);
    return ends.has(id) ? 'works' : done;
  };
  return {
    take,
    end: async (id: string) => {
      ends.get(id)?.();
      ends.delete(id);
      await new Promise(setImmediate);
    },
  };
}

test('long audits leave a place to the others; one too many comes again in a minute', async () => {
  const { take, end } = crew({ whale: 90, shark: 16, orca: 200, shrimp: 1 });
  const aMinuteOn = new Date(now.getTime() + MINUTE);
  expect([await take('whale'), await take('shark')]).toEqual(['works', 'works']);
  expect(await take('orca')).toEqual(aMinuteOn);
  expect([await take('shrimp'), await take('unknown')]).toEqual(['works', 'works']);
  expect(await take('orca')).toEqual(aMinuteOn);
  await end('whale');
  expect(await take('orca')).toBe('works');
});

test('the run of a worker that died is taken over, however long it is', async () => {
  const { take } = crew({ whale: 90, shark: 16, orca: 200 }, ['orca']);
  expect([await take('whale'), await take('shark'), await take('orca')]).toEqual(['works', 'works', 'works']);
});
