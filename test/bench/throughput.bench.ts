import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { expect, test, vi } from 'vitest';
import { EMAIL, TOKEN } from '../auditor.ts';
import { given, givenList, tell } from './figures.ts';
import { told } from './own-process.ts';
import { databaseSize } from './peers/database-size.ts';
import { serverCpu } from './server-cpu.ts';
import { openDatabase, perSecond, type Query, STATEMENTS, tellStatements } from './throughput/database.ts';
import type { NightTaken } from './throughput/night.ts';

vi.setConfig({ testTimeout: 7_200_000 });

/** THROUGHPUT_PAGES takes other sizes, in thousands; THROUGHPUT_RULES another preset; THROUGHPUT_BODY bytes of each body. */
const SIZES = givenList('THROUGHPUT_PAGES', '10000,100000');
const PRESET = env['THROUGHPUT_PRESET'] ?? 'runbook-essential';
const BODY = given('THROUGHPUT_BODY', 300);
/** Rows written to each table so far, by the server's own count. */
async function written(superuser: Query): Promise<ReadonlyMap<string, number>> {
  // A backend tells its counts when it ends, at the latest.
  await superuser('select pg_stat_clear_snapshot()');
  const rows = await superuser(`
    select relname as table, n_tup_ins + n_tup_upd + n_tup_del as rows from pg_stat_user_tables where schemaname = 'audit'`);
  return new Map(rows.map((row) => [String(row['table']), Number(row['rows'])]));
}

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

test.each(SIZES)('two nights over a canned wiki of %i pages, nothing changed in between', async (pages) => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-throughput-'));
  const { server, superuser, close } = await openDatabase();
  const site = await told('throughput/canned-site.ts', [String(pages), String(BODY)]);
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
      const { ended, message } = await told('throughput/night.ts', [], environment);
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
