import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Slot } from '../../src/domain/slot-start.ts';
import { createLog } from '../../src/runtime/log.ts';
import { type Deliver, type Queue, openQueue } from '../../src/schedule/queue.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';

const slot = (tenantId: string, day = 1): Slot => ({ tenantId, at: new Date(Date.UTC(2026, 0, day, 2)) });
const name = ({ tenantId, at }: Slot): string => `${tenantId} ${at.getUTCDate()}`;
const past = new Date(Date.now() - 60_000);
const WAIT = { timeout: 25_000, interval: 20 };

/** Works on slots, each of which ends when it is told to. */
async function workOn(queue: Queue, atOnce = 2) {
  const started: string[] = [];
  const endings = new Map<
    string,
    { readonly end: (again: Date | null) => void; readonly fail: (error: Error) => void }
  >();
  const deliver: Deliver = (given) => {
    started.push(name(given));
    return new Promise((end, fail) => endings.set(name(given), { end, fail }));
  };
  await queue.work(deliver, atOnce);
  return {
    started,
    end: (which: string, again: Date | null = null) => endings.get(which)?.end(again),
    fail: (which: string, error: Error) => endings.get(which)?.fail(error),
    endAll: () => {
      for (const { end } of endings.values()) end(null);
    },
  };
}

eachDatabase('the queue', (open) => {
  const opened: Queue[] = [];
  const logged: string[] = [];
  const log = createLog({
    level: 'info',
    format: 'json',
    now: () => new Date(),
    write: (line) => void logged.push(line),
  });

  let database: TestDatabase;
  // The first one makes the snapshot that all others load.
  beforeAll(async () => {
    database = await open();
  }, 120_000);

  afterEach(async () => {
    for (const queue of opened.splice(0)) await queue.stop();
    logged.splice(0);
    await database.superuser('delete from pgboss.job');
  });

  async function openOne(): Promise<Queue> {
    const queue = await openQueue({ store: database.store, adminUrl: null, log });
    opened.push(queue);
    return queue;
  }

  test('two schedulers send a slot once, also after it has been worked on', async () => {
    const [one, two] = [await openOne(), await openOne()];
    const sent = await Promise.all([one.enqueue(slot('acme'), past), two.enqueue(slot('acme'), past)]);
    expect(sent.toSorted()).toEqual([false, true]);
    const worker = await workOn(one);
    await vi.waitFor(() => expect(worker.started).toEqual(['acme 1']), WAIT);
    worker.end('acme 1');
    await vi.waitFor(async () => {
      const rows = await database.superuser('select state::text from pgboss.job');
      expect(rows).toEqual([{ state: 'completed' }]);
    }, WAIT);
    expect(await two.enqueue(slot('acme'), past)).toBe(false);
    expect(await two.enqueue(slot('acme', 2), past)).toBe(true);
    await vi.waitFor(() => expect(worker.started).toEqual(['acme 1', 'acme 2']), WAIT);
    worker.endAll();
  });

  test('a tenant is worked on by one worker at a time, and at most one night of it waits; others go by', async () => {
    const [one, two] = [await openOne(), await openOne()];
    const workers = [await workOn(one), await workOn(two)] as const;
    const started = () => workers.flatMap((worker) => worker.started);
    expect(await one.enqueue(slot('acme', 1), past)).toBe(true);
    await vi.waitFor(() => expect(started()).toEqual(['acme 1']), WAIT);
    expect(await two.enqueue(slot('acme', 2), past)).toBe(true);
    expect(await one.enqueue(slot('acme', 3), past)).toBe(false);
    expect(await two.enqueue(slot('globex', 1), past)).toBe(true);
    await vi.waitFor(() => expect(started()).toContain('globex 1'), WAIT);
    expect(started()).not.toContain('acme 2');
    for (const { end } of workers) end('acme 1');
    await vi.waitFor(() => expect(started()).toContain('acme 2'), WAIT);
    for (const { endAll } of workers) endAll();
    expect(started().toSorted()).toEqual(['acme 1', 'acme 2', 'globex 1']);
  });

  test('of those that wait the most urgent is taken first, among equals the first; one that comes again keeps its rank', async () => {
    const queue = await openOne();
    const worker = await workOn(queue, 1);
    await queue.enqueue(slot('urgent'), past, 'high');
    await vi.waitFor(() => expect(worker.started).toEqual(['urgent 1']), WAIT);
    for (const [tenantId, priority] of [
      ['idle', 'low'],
      ['acme', 'normal'],
      ['globex', undefined],
      ['initech', 'high'],
    ] as const) {
      expect(await queue.enqueue(slot(tenantId), past, priority)).toBe(true);
    }
    worker.end('urgent 1', past);
    const order = ['urgent 1', 'initech 1', 'urgent 1', 'acme 1', 'globex 1', 'idle 1'];
    for (const [index, which] of order.entries()) {
      await vi.waitFor(() => expect(worker.started.slice(0, index + 1)).toEqual(order.slice(0, index + 1)), WAIT);
      if (index > 0) worker.end(which);
    }
  });

  test('a slot waits for its start, and for the moment it is asked to come again', async () => {
    const queue = await openOne();
    const worker = await workOn(queue);
    const start = Date.now() + 2500;
    expect(await queue.enqueue(slot('acme'), new Date(start))).toBe(true);
    await vi.waitFor(() => expect(worker.started).toHaveLength(1), WAIT);
    expect(Date.now()).toBeGreaterThanOrEqual(start);
    const again = Date.now() + 2500;
    worker.end('acme 1', new Date(again));
    await vi.waitFor(() => expect(worker.started).toEqual(['acme 1', 'acme 1']), WAIT);
    expect(Date.now()).toBeGreaterThanOrEqual(again);
    worker.endAll();
  });

  test('a slot that could not be worked on comes again, and neither log nor table repeats what was thrown', async () => {
    const queue = await openOne();
    const worker = await workOn(queue);
    await queue.enqueue(slot('acme'), past);
    await vi.waitFor(() => expect(worker.started).toHaveLength(1), WAIT);
    worker.fail('acme 1', new Error('kingfisher'));
    await vi.waitFor(() => expect(worker.started).toHaveLength(2), WAIT);
    const [row] = await database.superuser('select output::text from pgboss.job');
    expect(row?.['output']).not.toContain('kingfisher');
    expect(logged.join('')).toContain('it comes again');
    worker.endAll();
  });

  test('stopping waits for what is under way and takes nothing new', async () => {
    const queue = await openOne();
    const worker = await workOn(queue, 1);
    await queue.enqueue(slot('acme'), past);
    await vi.waitFor(() => expect(worker.started).toHaveLength(1), WAIT);
    await queue.enqueue(slot('globex'), past);
    const stopped = vi.fn<() => void>();
    const stop = queue.stop().then(stopped);
    await sleep(300);
    expect(stopped).not.toHaveBeenCalled();
    worker.endAll();
    await stop;
    expect(worker.started).toEqual(['acme 1']);
    expect(await database.superuser('select name, state::text from pgboss.job order by created_on')).toEqual([
      { name: 'audit', state: 'completed' },
      { name: 'audit', state: 'created' },
    ]);
    opened.splice(opened.indexOf(queue), 1);
  });

  test('the last night of a yearly schedule is kept until somebody works on it', async () => {
    const queue = await openOne();
    await queue.enqueue(slot('acme'), new Date(Date.now() - 366 * 86_400_000));
    expect(await database.superuser('select keep_until > now() as kept from pgboss.job')).toEqual([{ kept: true }]);
  });

  test('its line cannot be used inside a transaction', async () => {
    const { store } = database;
    const line = store.openQueueLine();
    await expect(store.withTenant('acme', () => line.executeSql('select 1'))).rejects.toThrow('inside a transaction');
    await line.close();
  });
});
