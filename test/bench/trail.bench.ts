import { expect, test } from 'vitest';
import { demoWorlds } from '../../src/simulator/seed.ts';
import type { Store, TenantTx } from '../../src/store/db.ts';
import { inPages, settleRange } from '../../src/store/export-pages.ts';
import { type SQL, statementText } from '../../src/store/sql.ts';
import { readTrail } from '../../src/store/trail.ts';
import { eachDatabase } from '../database.ts';
import { eachNightShift } from '../night-shift.ts';
import { median, rounds, tell } from './figures.ts';

/** What a call to a real site takes at least, by way of comparison; on loopback it is a thousandth of that. */
const REAL_CALL_MS = 100;

const percent = (share: number): string => `${(share * 100).toFixed(2)} %`;

/** The store with the time that statements about the trail took. */
function timed(store: Store) {
  const spent = { ms: 0, statements: 0 };
  const rows =
    (tx: TenantTx): TenantTx['rows'] =>
    async <Row extends object>(statement: SQL) => {
      if (!/\bapi_call\b/.test(statementText(statement).text)) return tx.rows<Row>(statement);
      const from = performance.now();
      const found = await tx.rows<Row>(statement);
      spent.ms += performance.now() - from;
      spent.statements += 1;
      return found;
    };
  return {
    spent,
    store: {
      ...store,
      withTenant: (id, work) => store.withTenant(id, (tx) => work({ ...tx, rows: rows(tx) })),
    } satisfies Store,
  };
}

eachNightShift('what the trail costs a night', (shift) => {
  test('of a whole site whose answers take no time', async () => {
    const shares: number[] = [];
    const realShares: number[] = [];
    for (let round = 0; round < rounds(5); round += 1) {
      const [demo] = demoWorlds({ now: shift.clock.now() });
      if (demo === undefined) throw new Error('The demo has sites.');
      const tenant = await shift.tenant(demo.world, { mode: 'plan' });
      const { spent, store } = timed(shift.database().store);
      const from = performance.now();
      const { requests, pagesSeen } = await tenant.night({ store, mode: 'plan' });
      const ms = performance.now() - from;
      shares.push(spent.ms / ms);
      realShares.push(spent.ms / (ms + requests * REAL_CALL_MS));
      tell(
        `${store.kind}: ${pagesSeen} pages, ${requests} requests, ${spent.statements} statements: ${spent.ms.toFixed(0)} of ${ms.toFixed(0)} ms`,
      );
    }
    tell(`the trail: median ${percent(median(shares))}; with ${REAL_CALL_MS} ms a call ${percent(median(realShares))}`);
    expect(median(shares)).toBeLessThan(0.02);
  });
});

eachDatabase('what an export costs', (open) => {
  test('of a long trail', async () => {
    const { store, superuser } = await open();
    const calls = rounds(5) * 40_000;
    for (let done = 0; done < calls; done += 2_000) {
      await superuser(`insert into audit.api_call (tenant_id, at, call_id, run_id, method, endpoint, attempts, waited_ms, duration_ms)
        select 't' || n % 20, now(), gen_random_uuid()::text, 'r', 'GET', '/wiki/api/v2/pages', 1, 0, 5 from generate_series(1, 2000) n`);
    }
    await superuser('analyze audit.api_call');
    for (const scope of [{}, { tenantId: 't7' }]) {
      const range = await settleRange(store, null, scope);
      let count = 0;
      let most = 0;
      const from = performance.now();
      for await (const page of inPages(store, scope, range, readTrail)) {
        count += page.length;
        most = Math.max(most, process.memoryUsage().heapUsed);
      }
      expect(count).toBe('tenantId' in scope ? calls / 20 : calls);
      const seconds = (performance.now() - from) / 1000;
      tell(
        `${store.kind}${'tenantId' in scope ? ', one tenant' : ''}: ${count} rows, ${(count / seconds).toFixed(0)} a second, heap at most ${(most / 2 ** 20).toFixed(0)} MiB`,
      );
    }
  });
});
