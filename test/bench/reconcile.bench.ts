import { expect, test, vi } from 'vitest';
import { type FindingInput, type JudgedPair, reconcile } from '../../src/store/findings.ts';
import { openStore } from '../../src/store/open-store.ts';
import { assertFence } from '../../src/store/runs.ts';
import { sql } from '../../src/store/sql.ts';
import { beginRun } from '../store/examples.ts';
import { given, tell } from './figures.ts';
import { serverCpu } from './server-cpu.ts';
import { openDatabase, perSecond, STATEMENTS, tellStatements } from './throughput/database.ts';

vi.setConfig({ testTimeout: 7_200_000 });

/** RECONCILE_FINDINGS takes another number. */
const FINDINGS = given('RECONCILE_FINDINGS', 1_000_000);
const BATCH = 1_000;

const findingOf = (n: number): FindingInput => ({
  findingId: `0190f0a0-0000-7000-8000-${String((n * 7919) % 1e12).padStart(12, '0')}`,
  ruleId: `rule-${n % 10}`,
  pageId: String(1_000_000 + Math.floor(n / 10)),
  status: 'fail',
  severity: 'high',
  confidence: 'full',
  reason: `Last edited by "Person ${n % 20}" on 2026-01-01 (version 3). That is 300 days ago (limit 180).`,
  subject: { type: 'page', id: String(1_000_000 + Math.floor(n / 10)) },
  confirm: null,
  evidence: { fresh_at: '2026-01-01T00:00:00.000Z', age_days: 300 },
  remediation: 'Read the runbook from one end to the other, and mend it or say that it is right.',
  spaceId: `S${n % 100}`,
  spaceKey: `KEY${n % 100}`,
  contentType: 'page',
  pageTitle: `Runbook for the service number ${n}`,
  pageUrl: `https://acme.atlassian.net/wiki/spaces/KEY${n % 100}/pages/${1_000_000 + n}/Runbook`,
  ownerAccountId: `person-${n % 20}`,
});

const pairs = (findings: readonly FindingInput[]): JudgedPair[] =>
  findings.map(({ ruleId, pageId }) => ({ ruleId, pageId, closesAs: 'resolved' }));

test('reconciling findings: opened, found again, resolved', async () => {
  const { server, superuser, close } = await openDatabase();
  const store = await openStore({ databaseUrl: server.url });
  const run = await beginRun(store, 'large');
  const pass = async (
    name: string,
    part: (findings: readonly FindingInput[]) => readonly [FindingInput[], JudgedPair[]],
  ) => {
    const startedAt = performance.now();
    const before = (await serverCpu({ superuser })) ?? 0;
    const own = process.cpuUsage();
    for (let from = 0; from < FINDINGS; from += BATCH) {
      const all = Array.from({ length: Math.min(BATCH, FINDINGS - from) }, (_, n) => findingOf(from + n));
      await store.withTenant('large', async (tx) => {
        await assertFence(tx, run);
        await reconcile(tx, run, ...part(all));
        await tx.rows(sql`select audit.refresh_statistics()`);
      });
    }
    const seconds = (performance.now() - startedAt) / 1_000;
    const { user, system } = process.cpuUsage(own);
    const theirs = ((await serverCpu({ superuser })) ?? 0) - before;
    const cpu = [(user + system) / FINDINGS, (theirs * 1e6) / FINDINGS].map((each) => each.toFixed(0)).join(' + ');
    const [stats] = await superuser(`
      select n_tup_upd::int as updated, n_tup_hot_upd::int as hot, pg_total_relation_size(relid)::float8 / 1e6 as mb
      from pg_stat_user_tables where relname = 'finding'`);
    tell(
      `${FINDINGS} findings ${name}: ${seconds.toFixed(1)} s = ${perSecond(FINDINGS, seconds)}/s, ${cpu} µs of CPU each (ours, the server's); so far ${JSON.stringify(stats)}`,
    );
    if (STATEMENTS) await tellStatements(superuser);
    return seconds;
  };
  try {
    const took = [
      await pass('opened', (findings) => [[...findings], pairs(findings)]),
      await pass('found again', (findings) => [[...findings], pairs(findings)]),
      await pass('resolved', (findings) => [[], pairs(findings)]),
    ];
    expect(Math.max(...took)).toBeLessThan(600);
  } finally {
    await store.close();
    await close();
  }
});
