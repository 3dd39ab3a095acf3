import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { EMAIL, TOKEN } from '../auditor.ts';
import { openStore } from '../../src/store/open-store.ts';
import { assertFence } from '../../src/store/runs.ts';
import { sql } from '../../src/store/sql.ts';
import { type FindingInput, type JudgedPair, reconcile } from '../../src/store/findings.ts';
import { startServer } from '../postgres-server.ts';
import { beginRun } from '../store/examples.ts';
import { given, givenList, tell } from './figures.ts';
import { databaseSize } from './peers/database-size.ts';
import { serverCpu } from './server-cpu.ts';
import type { NightTaken } from './throughput/night.ts';

vi.setConfig({ testTimeout: 7_200_000 });

/** THROUGHPUT_PAGES takes other sizes, in thousands; THROUGHPUT_RULES another preset; THROUGHPUT_BODY bytes of each body. */
const SIZES = givenList('THROUGHPUT_PAGES', '10000,100000');
const PRESET = env['THROUGHPUT_PRESET'] ?? 'runbook-essential';
const BODY = given('THROUGHPUT_BODY', 300);
/** Tells the statements that took most of the server's time. */
const STATEMENTS = env['THROUGHPUT_STATEMENTS'] !== undefined;
const here = (file: string): string => fileURLToPath(new URL(`throughput/${file}`, import.meta.url));

/** A process of ours that tells something through its channel. */
async function told(file: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = fork(here(file), words, {
    env: { PATH: env['PATH'], ...environment },
    execArgv:
      environment['BENCH_PROFILE'] === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${environment['BENCH_PROFILE']}`],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const message = await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`))),
  ]);
  return { child, ended, message: (message as readonly unknown[])[0] };
}

type Query = (text: string) => Promise<Record<string, unknown>[]>;

/** Rows written to each table so far, by the server's own count. */
async function written(superuser: Query): Promise<ReadonlyMap<string, number>> {
  // A backend tells its counts when it ends, at the latest.
  await superuser('select pg_stat_clear_snapshot()');
  const rows = await superuser(`
    select relname as table, n_tup_ins + n_tup_upd + n_tup_del as rows from pg_stat_user_tables where schemaname = 'audit'`);
  return new Map(rows.map((row) => [String(row['table']), Number(row['rows'])]));
}

const perSecond = (done: number, seconds: number): string => Math.round(done / seconds).toLocaleString('en-US');

function report(name: string, taken: NightTaken, server: number): void {
  const { steps, seconds, cpuSeconds, peakMb, rssMb, pagesSeen, judgedSeconds } = taken;
  tell(
    `${name}: ${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s + server ${server.toFixed(1)} s, peak ${peakMb} MB, on the way ${rssMb.join(' ')}`,
  );
  for (const [unit, step] of Object.entries(steps))
    tell(
      `  ${unit}: ${step.done} in ${step.seconds.toFixed(2)} s = ${perSecond(step.done, step.seconds)}/s, ${((step.cpuSeconds * 1e6) / step.done).toFixed(0)} µs of CPU each`,
    );
  tell(
    `  from the first judged page to the end: ${judgedSeconds.toFixed(1)} s = ${perSecond(pagesSeen, judgedSeconds)} pages/s`,
  );
}

/** A server as it comes, which keeps what it was told. */
async function openDatabase() {
  const server = await startServer(STATEMENTS ? { shared_preload_libraries: 'pg_stat_statements' } : {});
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const superuser: Query = async (text) => (await client.query<Record<string, unknown>>(text)).rows;
  if (STATEMENTS) await superuser('create extension pg_stat_statements');
  const close = async (): Promise<void> => {
    await client.end();
    await server.stop();
  };
  return { server, superuser, close };
}

async function tellStatements(superuser: Query): Promise<void> {
  const rows = await superuser(`
    select round(total_exec_time) as ms, calls, round(mean_exec_time::numeric, 2) as mean, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 130) as query
    from pg_stat_statements order by total_exec_time desc limit 25`);
  for (const row of rows) tell(`  ${Object.values(row).join(' | ')}`);
  await superuser('select pg_stat_statements_reset()');
}

test.each(SIZES)('two nights over a canned wiki of %i pages, nothing changed in between', async (pages) => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-throughput-'));
  const { server, superuser, close } = await openDatabase();
  const site = await told('canned-site.ts', [String(pages), String(BODY)]);
  try {
    const config = {
      version: 1,
      extends: [`preset:${PRESET}`],
      defaults: { readers: { onCallGroups: ['sre-oncall'] }, limits: { requestsPerRun: 1_000_000 } },
      tenants: [
        {
          id: 'canned',
          site: String(site.message),
          auth: { type: 'basic', email: EMAIL, token: { env: 'SITE_TOKEN' } },
        },
      ],
    };
    writeFileSync(join(folder, 'audit.yaml'), JSON.stringify(config));
    const environment = {
      AUDIT_CONFIG: join(folder, 'audit.yaml'),
      DATABASE_URL: server.url,
      SITE_TOKEN: TOKEN,
      BENCH_NIGHT_PAGES: String(pages),
      ...(env['BENCH_PROFILE'] === undefined ? {} : { BENCH_PROFILE: env['BENCH_PROFILE'] }),
    };
    for (const name of ['first night', 'second night']) {
      const cpu = (await serverCpu({ superuser })) ?? 0;
      const before = await written(superuser);
      const { ended, message } = await told('night.ts', [], environment);
      await ended;
      const taken = message as NightTaken;
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      report(`${pages} pages, ${name}`, taken, ((await serverCpu({ superuser })) ?? 0) - cpu);
      expect(taken).toMatchObject({ outcome: 'complete', pagesSeen: pages });
      const after = await written(superuser);
      const rows = [...after].map(([table, count]) => [table, count - (before.get(table) ?? 0)] as const);
      tell(
        `  rows written: ${rows
          .filter(([, count]) => count > 0)
          .map(([table, count]) => `${table} ${count}`)
          .join(', ')}`,
      );
      const calls = await superuser(`
        select endpoint, count(*)::int as calls, extract(epoch from max(at) - min(at))::float8 as seconds from audit.api_call
        where run_id = (select run_id from audit.run order by started_at desc limit 1) group by endpoint order by min(at)`);
      if (STATEMENTS) await tellStatements(superuser);
      for (const call of calls)
        tell(
          `  ${String(call['endpoint'])}: ${String(call['calls'])} calls within ${Number(call['seconds']).toFixed(1)} s`,
        );
    }
    const { bytes, tables } = await databaseSize({ superuser });
    tell(
      `  database: ${(bytes / pages).toFixed(0)} bytes a page; ${tables
        .slice(0, 6)
        .map(({ table, bytes: size }) => `${table} ${(size / 1e6).toFixed(1)} MB`)
        .join(', ')}`,
    );
  } finally {
    site.child.disconnect();
    await site.ended;
    await close();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** THROUGHPUT_FINDINGS takes another number. */
const FINDINGS = given('THROUGHPUT_FINDINGS', 1_000_000);
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
