import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/runtime/log.ts';
import { createTicker } from '../../src/schedule/ticker.ts';

type Scheduled = Awaited<ReturnType<Parameters<typeof createTicker>[0]['tenants']>>[number];

const at = (time: string): Date => new Date(`2026-11-${time}:00Z`);
const leave: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const each of leave.splice(0)) await each();
});

/** A ticker over two tenants that are due at 02:00 UTC. */
function clockRoom({ start = '01T12:00', lastSlot = null as Date | null } = {}) {
  let now = at(start);
  const tenants = new Map<string, Scheduled>(
    ['acme', 'globex'].map((id) => [
      id,
      { id, enabled: true, cron: '0 2 * * *', timezone: 'UTC', windowMs: 0, priority: 'normal', lastSlot },
    ]),
  );
  const log: string[] = [];
  const notes: string[] = [];
  const sent: string[] = [];
  const starts: Date[] = [];
  const ranks: string[] = [];
  let broken = '';
  const elsewhere = new Set<string>();
  const looked: string[] = [];
  let blind = false;
  let unreadable: Error | null = null;
  let forgetful = false;
  const ticker = createTicker({
    now: () => now,
    breathe: () => Promise.resolve(),
    log: createLog({ level: 'info', format: 'json', now: () => now, write: (line) => void log.push(line) }),
    tenants: () => (unreadable === null ? Promise.resolve([...tenants.values()]) : Promise.reject(unreadable)),
    enqueue: (slot, from, priority) => {
      starts.push(from);
      ranks.push(priority);
      if (slot.tenantId === broken) return Promise.reject(new Error('a fault of this tenant'));
      if (elsewhere.has(slot.tenantId)) return Promise.resolve(false);
      sent.push(`${slot.tenantId} ${slot.at.toISOString().slice(8, 16)}`);
      return Promise.resolve(true);
    },
    noteSlot: ({ tenantId, at: lastOne }) => {
      if (forgetful) return Promise.reject(new Error('the database is away'));
      const tenant = tenants.get(tenantId);
      if (tenant !== undefined) tenants.set(tenantId, { ...tenant, lastSlot: lastOne });
      return Promise.resolve(true);
    },
    noteNext: (id, next) => Promise.resolve(void notes.push(`${id} ${next.toISOString()}`)),
    noteMissed: (id) =>
      blind ? Promise.reject(new Error('the database is away')) : Promise.resolve(void looked.push(id)),
  });
  leave.push(ticker.stop);
  return {
    ticker,
    sent,
    starts,
    ranks,
    breakOne: (id: string) => {
      broken = id;
    },
    log,
    notes,
    elsewhere,
    looked,
    beBlind: () => {
      blind = true;
    },
    tickAt: async (time: string) => {
      now = at(time);
      await ticker.tick();
    },
    setTo: (time: string) => {
      now = at(time);
    },
    change: (id: string, settings: Partial<Scheduled>) => {
      const tenant = tenants.get(id);
      if (tenant !== undefined) tenants.set(id, { ...tenant, ...settings });
    },
    break: (error: Error | null) => {
      unreadable = error;
    },
    forget: (yes: boolean) => {
      forgetful = yes;
    },
  };
}

test('each slot is sent once when it is due, and not before', async () => {
  const { tickAt, sent } = clockRoom();
  await tickAt('02T01:59');
  expect(sent).toEqual([]);
  await tickAt('02T02:00');
  await tickAt('02T02:01');
  expect(sent).toEqual(['acme 02T02:00', 'globex 02T02:00']);
  await tickAt('03T02:00');
  expect(sent.slice(2)).toEqual(['acme 03T02:00', 'globex 03T02:00']);
});

test('tenants with one schedule are spread over its window', async () => {
  const { tickAt, change, starts } = clockRoom();
  for (const id of ['acme', 'globex']) change(id, { windowMs: 2 * 3_600_000 });
  await tickAt('02T02:00');
  const minutes = starts.map((start) => (start.getTime() - at('02T02:00').getTime()) / 60_000);
  expect(Math.min(...minutes)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...minutes)).toBeLessThan(120);
  expect(minutes[0]).not.toBe(minutes[1]);
});

test('a slot that was sent and could not be noted is sent again, under the same name', async () => {
  const { tickAt, forget, sent } = clockRoom();
  forget(true);
  await tickAt('02T02:00');
  forget(false);
  await tickAt('02T02:01');
  expect(sent).toEqual(['acme 02T02:00', 'globex 02T02:00', 'acme 02T02:00', 'globex 02T02:00']);
});

test('a tenant whose slot cannot be sent keeps no other waiting, and is tried again', async () => {
  const { tickAt, breakOne, sent, log } = clockRoom();
  breakOne('acme');
  await tickAt('02T02:00');
  expect(sent).toEqual(['globex 02T02:00']);
  expect(log.join('')).toContain('A tenant could not be scheduled');
  breakOne('');
  await tickAt('02T02:01');
  expect(sent).toEqual(['globex 02T02:00', 'acme 02T02:00']);
});

test('a slot goes with the priority of its tenant', async () => {
  const { tickAt, change, ranks } = clockRoom();
  change('globex', { priority: 'high' });
  await tickAt('02T02:00');
  expect(ranks).toEqual(['normal', 'high']);
});

test('nights that were missed are caught up once', async () => {
  const { tickAt, sent } = clockRoom({ lastSlot: at('01T02:00'), start: '05T09:30' });
  await tickAt('05T09:30');
  await tickAt('05T09:31');
  expect(sent).toEqual(['acme 05T02:00', 'globex 05T02:00']);
});

test('the nights before are looked at with each slot, and where that fails the slots are sent all the same', async () => {
  const { tickAt, looked, beBlind, sent, log } = clockRoom();
  await tickAt('02T01:59');
  await tickAt('02T02:00');
  await tickAt('02T02:01');
  expect(looked).toEqual(['acme', 'globex']);
  beBlind();
  await tickAt('03T02:00');
  expect(sent).toHaveLength(4);
  expect(log.filter((line) => line.includes('Missed nights could not be looked up'))).toHaveLength(2);
});

test('a first start does not make up for a night that nobody has asked for', async () => {
  const { tickAt, sent } = clockRoom({ start: '05T09:30' });
  await tickAt('05T09:30');
  expect(sent).toEqual([]);
});

test('what another process has sent is noted, and not told as ours', async () => {
  const { tickAt, sent, elsewhere, log } = clockRoom();
  elsewhere.add('acme');
  await tickAt('02T02:00');
  await tickAt('02T02:01');
  expect(sent).toEqual(['globex 02T02:00']);
  expect(log).toEqual([expect.stringContaining('"tenant":"globex"')]);
});

test('a disabled tenant is left alone, and a changed schedule holds from the next tick on', async () => {
  const { tickAt, sent, change } = clockRoom();
  change('acme', { enabled: false });
  change('globex', { cron: '30 4 * * *', timezone: 'Europe/Berlin' });
  await tickAt('02T02:00');
  expect(sent).toEqual([]);
  await tickAt('02T03:30');
  expect(sent).toEqual(['globex 02T03:30']);
});

test('when a tenant is due next is noted, and noted again only when it changes', async () => {
  const { tickAt, notes, change } = clockRoom();
  await tickAt('01T12:00');
  await tickAt('01T12:01');
  expect(notes).toEqual(['acme 2026-11-02T02:00:00.000Z', 'globex 2026-11-02T02:00:00.000Z']);
  change('acme', { cron: '0 3 * * *' });
  await tickAt('01T12:02');
  expect(notes.slice(2)).toEqual(['acme 2026-11-02T03:00:00.000Z']);
});

test('stopping in the middle of a look starts nothing more', async () => {
  const { ticker, setTo, sent } = clockRoom();
  setTo('02T02:00');
  await Promise.all([ticker.tick(), ticker.stop()]);
  expect(sent).toEqual([]);
});

test('it looks by itself every minute; a look that fails is logged, and the next one works', async () => {
  vi.useFakeTimers({ now: at('02T02:00') });
  try {
    const room = clockRoom();
    room.setTo('02T02:00');
    room.break(new Error('the database is away'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.sent).toEqual([]);
    expect(room.log).toEqual([expect.stringContaining('The schedule could not be read')]);
    room.break(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.sent).toEqual(['acme 02T02:00', 'globex 02T02:00']);
  } finally {
    vi.useRealTimers();
  }
});

test('a look at the clock that fails is told to whoever asked for it, and the next one works', async () => {
  const room = clockRoom();
  room.break(new Error('the database is away'));
  await expect(room.tickAt('02T02:00')).rejects.toThrow('the database is away');
  room.break(null);
  await room.tickAt('02T02:01');
  expect(room.sent).toEqual(['acme 02T02:00', 'globex 02T02:00']);
});
