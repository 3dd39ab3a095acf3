import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '../../src/runtime/log.ts';
import { createTicker } from '../../src/schedule/ticker.ts';

type Scheduled = Awaited<ReturnType<Parameters<typeof createTicker>[0]['tenants']>>[number];

const at = (time: string): Date => new Date(`2026-11-${time}:00Z`);
const leave: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const each of leave.splice(0)) await each();
});

/** A ticker over two tenants that are due at 02:00 UTC, whose audits end when they are told to. */
function clockRoom({ start = '01T12:00', lastSlot = null as Date | null } = {}) {
  let now = at(start);
  const tenants = new Map<string, Scheduled>(
    ['acme', 'globex'].map((id) => [id, { id, enabled: true, cron: '0 2 * * *', timezone: 'UTC', lastSlot }]),
  );
  const log: string[] = [];
  const notes: string[] = [];
  const started: string[] = [];
  const endings: { readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
  let unreadable: Error | null = null;
  const ticker = createTicker({
    now: () => now,
    log: createLog({ level: 'info', format: 'json', now: () => now, write: (line) => void log.push(line) }),
    tenants: () => (unreadable === null ? Promise.resolve([...tenants.values()]) : Promise.reject(unreadable)),
    take: (id, slot) => {
      const tenant = tenants.get(id);
      if (tenant === undefined || (tenant.lastSlot !== null && tenant.lastSlot >= slot)) return Promise.resolve(false);
      tenants.set(id, { ...tenant, lastSlot: slot });
      return Promise.resolve(true);
    },
    noteNext: (id, next) => Promise.resolve(void notes.push(`${id} ${next.toISOString()}`)),
    run: (id) => {
      started.push(`${id} ${now.toISOString().slice(8, 16)}`);
      return new Promise((end, fail) => endings.push({ end: () => end(null), fail }));
    },
  });
  leave.push(() => {
    for (const { end } of endings) end();
    return ticker.stop();
  });
  return {
    ticker,
    started,
    endings,
    log,
    notes,
    tickAt: async (time: string) => {
      // What has just ended is noticed first.
      await setImmediate();
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
  };
}

test('each tenant is started once when it is due, and not before', async () => {
  const { tickAt, started, endings } = clockRoom();
  await tickAt('02T01:59');
  expect(started).toEqual([]);
  await tickAt('02T02:00');
  for (const { end } of endings) end();
  await tickAt('02T02:01');
  expect(started).toEqual(['acme 02T02:00', 'globex 02T02:00']);
  await tickAt('03T02:00');
  expect(started.slice(2)).toEqual(['acme 03T02:00', 'globex 03T02:00']);
});

test('nights that were missed are caught up once', async () => {
  const { tickAt, started, endings } = clockRoom({ lastSlot: at('01T02:00'), start: '05T09:30' });
  await tickAt('05T09:30');
  for (const { end } of endings) end();
  await tickAt('05T09:31');
  expect(started).toEqual(['acme 05T09:30', 'globex 05T09:30']);
});

test('a first start does not make up for a night that nobody has asked for', async () => {
  const { tickAt, started } = clockRoom({ start: '05T09:30' });
  await tickAt('05T09:30');
  expect(started).toEqual([]);
});

test('a tenant whose audit still runs is not started a second time, and the other is', async () => {
  const { tickAt, started, endings } = clockRoom();
  await tickAt('02T02:00');
  endings[1]?.end();
  await tickAt('03T02:00');
  expect(started).toEqual(['acme 02T02:00', 'globex 02T02:00', 'globex 03T02:00']);
  endings[0]?.end();
  await tickAt('03T02:05');
  expect(started.slice(3)).toEqual(['acme 03T02:05']);
});

test('a slot that another process has taken is left to it', async () => {
  const { tickAt, started, change } = clockRoom();
  const behind = clockRoom();
  change('acme', { lastSlot: at('02T02:00') });
  await tickAt('02T02:00');
  expect(started).toEqual(['globex 02T02:00']);
  await behind.tickAt('02T02:00');
  expect(behind.started).toHaveLength(2);
});

test('a disabled tenant is left alone, and a changed schedule holds from the next tick on', async () => {
  const { tickAt, started, change } = clockRoom();
  change('acme', { enabled: false });
  change('globex', { cron: '30 4 * * *', timezone: 'Europe/Berlin' });
  await tickAt('02T02:00');
  expect(started).toEqual([]);
  await tickAt('02T03:30');
  expect(started).toEqual(['globex 02T03:30']);
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

test('an audit that throws is logged with its tenant, and the next night works', async () => {
  const { tickAt, started, endings, log } = clockRoom();
  await tickAt('02T02:00');
  endings[0]?.fail(new TypeError('secret of acme'));
  endings[1]?.end();
  await tickAt('03T02:00');
  expect(started).toHaveLength(4);
  const errors = log.filter((line) => line.includes('"level":"error"'));
  expect(errors).toEqual([expect.stringContaining('A scheduled audit failed')]);
  expect(errors[0]).toContain('"tenant":"acme"');
});

test('stopping waits for the audits that run, however they end', async () => {
  const { ticker, tickAt, endings } = clockRoom();
  await tickAt('02T02:00');
  const stopped = vi.fn<() => void>();
  const stop = ticker.stop().then(stopped);
  endings[0]?.end();
  await setImmediate();
  expect(stopped).not.toHaveBeenCalled();
  endings[1]?.fail(new Error('ended badly'));
  await stop;
});

test('stopping in the middle of a look starts nothing more', async () => {
  const { ticker, setTo, started } = clockRoom();
  setTo('02T02:00');
  await Promise.all([ticker.tick(), ticker.stop()]);
  expect(started).toEqual([]);
});

test('it looks by itself every minute; a look that fails is logged, and the next one works', async () => {
  vi.useFakeTimers({ now: at('02T02:00') });
  try {
    const room = clockRoom();
    room.setTo('02T02:00');
    room.break(new Error('the database is away'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.started).toEqual([]);
    expect(room.log).toEqual([expect.stringContaining('The schedule could not be read')]);
    room.break(null);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(room.started).toEqual(['acme 02T02:00', 'globex 02T02:00']);
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
  expect(room.started).toEqual(['acme 02T02:01', 'globex 02T02:01']);
});
