import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import type { PaceBook } from '../../src/confluence/pace-book.ts';
import { createPacerRegistry } from '../../src/confluence/pacer-registry.ts';
import { paceBook } from '../../src/exchange.ts';
import { createSimulatedClock } from '../simulated-clock.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';

const KEY = { site: 'https://acme.atlassian.net', account: 'bot@acme.com', share: 1 };

eachDatabase('a pace in the database', (open) => {
  const clock = createSimulatedClock('2026-11-22T02:00:00Z');
  let db: TestDatabase;
  let away = false;
  const book = (): PaceBook => ({
    shared: db.url !== null,
    async turn(key, work) {
      if (away) throw new Error('The database is away.');
      return paceBook(db.store).turn(key, work);
    },
  });
  const process = (self: string, key: Partial<typeof KEY> = {}) =>
    createPacerRegistry({
      steadyNow: clock.monotonic,
      sleep: clock.sleep,
      book: book(),
      self,
      nameOf: (site, account) =>
        createHash('sha256')
          .update(site + account)
          .digest('hex'),
    }).pacerFor({ ...KEY, ...key });
  beforeAll(async () => {
    db = await open({ now: clock.inSql });
  });

  /** Serves ten a second and refuses twice, so that the limit is known exactly. */
  async function learnTen(account: string) {
    const pacer = process('first', { account });
    for (const wave of [1, 2]) {
      const { sentAt } = await pacer.take('read');
      pacer.refused('read', sentAt, 1_000);
      clock.pass({ seconds: 1 });
      if (wave === 1) {
        for (let n = 0; n < 100; n += 1) {
          clock.pass({ seconds: 0.1 });
          await pacer.take('read');
          pacer.served('read');
        }
      }
    }
    await pacer.take('read');
    return pacer;
  }

  test('the next night begins with what this one learnt', async () => {
    const learnt = (await learnTen('warm@acme.com')).believed('read') ?? 0;
    expect(learnt).toBeGreaterThan(3);
    clock.pass({ days: 1 });
    await expect
      .poll(() => db.superuser(`select 1 from fleet.pace where state->'paces'->'read'->>'source' = 'found'`))
      .not.toEqual([]);
    const next = process('next night', { account: 'warm@acme.com' });
    await next.take('read');
    expect(next.believed('read')).toBeCloseTo(learnt, 5);
  });

  test('names neither site nor account', async () => {
    const rows = await db.superuser('select * from fleet.pace');
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/acme|bot@/);
  });

  test('a wait outlives the process that was told it', async () => {
    const told = process('told', { account: 'long-wait@acme.com' });
    const { sentAt } = await told.take('read');
    told.refused('read', sentAt, 1_847_000);
    await expect
      .poll(() => db.superuser(`select 1 from fleet.pace where (state->>'pausedUntil')::float8 > 0`))
      .not.toEqual([]);
    clock.pass({ seconds: 60 });
    const later = process('later', { account: 'long-wait@acme.com' });
    await expect(later.take('read').then(() => later.take('search'))).rejects.toMatchObject({ code: 'rate-limited' });
  });

  test('a clock of the database that is set back repeats a wait at most', async () => {
    const told = process('told', { account: 'set-back@acme.com' });
    const { sentAt } = await told.take('read');
    told.refused('read', sentAt, 60_000);
    await expect
      .poll(() =>
        db.superuser(`select 1 from fleet.pace where (state->>'pausedUntil')::float8 = $1`, [
          clock.now().getTime() + 60_000,
        ]),
      )
      .not.toEqual([]);
    clock.step(-3_600);
    const other = process('other', { account: 'set-back@acme.com' });
    for (const pacer of [told, other]) {
      const { waitedMs } = await pacer.take('read');
      expect(waitedMs / 1_000).toBeLessThan(125);
    }
  });

  test('goes on without the database, and comes back to it', async () => {
    const pacer = process('a', { account: 'outage@acme.com.example' });
    await pacer.take('read');
    away = true;
    const from = clock.monotonic();
    for (let n = 0; n < 20; n += 1) {
      const { sentAt } = await pacer.take('read');
      expect(sentAt).toBeGreaterThanOrEqual(from);
      pacer.served('read');
    }
    away = false;
    clock.pass({ seconds: 10 });
    await pacer.take('read');
    expect(pacer.believed('read')).toBeGreaterThan(1);
  });

  test('several processes take no more together than one would', async () => {
    if (db.url === null) return;
    const pacers = ['a', 'b', 'c', 'd'].map((self) => process(self, { account: 'four@acme.com' }));
    const departures: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const turns = await Promise.all(pacers.map((pacer) => pacer.take('search')));
      departures.push(...turns.map(({ sentAt }) => sentAt));
    }
    const seconds = (Math.max(...departures) - Math.min(...departures)) / 1_000;
    // Five a second at the start, and a burst; each for itself they would take twenty.
    expect(departures.length / seconds).toBeLessThan(8);
    expect(departures.length / seconds).toBeGreaterThan(4);
  });

  test('a refusal that one process met stops the others', async () => {
    if (db.url === null) return;
    const [a, b] = ['a', 'b'].map((self) => process(self, { account: 'two-of-us@acme.com' }));
    await b?.take('read');
    const turn = await a?.take('read');
    a?.refused('read', turn?.sentAt ?? 0, 30_000);
    const refusedAt = clock.monotonic();
    await a?.take('read');
    const next = await b?.take('read');
    expect((next?.sentAt ?? 0) - refusedAt).toBeGreaterThanOrEqual(30_000);
  });
});
