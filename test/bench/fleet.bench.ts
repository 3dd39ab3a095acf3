import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startCommand } from '../commands/command.ts';
import { AT_ONCE, makeDue } from '../commands/fleet.ts';
import { type Office, startOffice } from '../commands/office.ts';
import { type Desk, openDesk, tenant } from '../commands/workplace.ts';
import { freePort } from '../free-port.ts';
import { samplesOf } from '../metrics/samples.ts';
import { given, givenList, percentile, tell } from './figures.ts';
import { serverCpu } from './server-cpu.ts';

vi.setConfig({ testTimeout: 7_200_000 });
const LONGEST_MS = 7_000_000;

/** BENCH_TENANTS small sites, audited by so many processes as each of BENCH_WORKERS says; BENCH_GIANTS of them are large. */
const TENANTS = given('BENCH_TENANTS', 1_000);
const GIANTS = given('BENCH_GIANTS', 0);
const WORKERS = givenList('BENCH_WORKERS', '1,2,4');
const NOTES_OF_GIANTS = 20_000;

interface Times {
  readonly due: number;
  readonly taken: number;
  readonly begun: number;
  readonly ended: number;
  readonly let_go: number;
  readonly tenant: string;
}

/** Of each slot, in seconds: due, taken by a worker, run begun, run ended, let go. */
const timesOf = async ({ database }: Desk): Promise<Times[]> =>
  (await database.superuser(`
    select r.tenant_id as tenant, extract(epoch from greatest(j.start_after, j.created_on))::float8 as due,
      extract(epoch from j.started_on)::float8 as taken, extract(epoch from r.started_at)::float8 as begun,
      extract(epoch from r.finished_at)::float8 as ended, extract(epoch from j.completed_on)::float8 as let_go
    from pgboss.job j join audit.run r on r.tenant_id = j.data->>'tenantId'
    where j.state = 'completed' and r.outcome = 'complete'`)) as unknown as Times[];

const scrape = async (port: number): Promise<Record<string, number>> =>
  samplesOf(
    await fetch(`http://127.0.0.1:${port}/metrics`).then(
      (answer) => answer.text(),
      () => '',
    ),
  );

/** What 99 of 100 turns of the event loop of a worker took less than, between two scrapes; and the most memory of any. */
async function watch(
  ports: readonly number[],
  seen: { lags: number[]; memory: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(2_000);
    for (const port of ports) {
      const samples = await scrape(port);
      seen.lags.push(samples['nodejs_eventloop_lag_p99_seconds'] ?? 0);
      seen.memory = Math.max(seen.memory, samples['process_resident_memory_bytes'] ?? 0);
    }
  }
}

/** Milliseconds of CPU so far, of all workers and of the server, and the transactions of this database. */
async function spent(ports: readonly number[], { database }: Desk) {
  let workers = 0;
  for (const port of ports) workers += 1_000 * ((await scrape(port))['process_cpu_seconds_total'] ?? 0);
  const [row] = await database.superuser(
    `select xact_commit::float8 as commits from pg_stat_database where datname = current_database()`,
  );
  return { workers, server: ((await serverCpu(database)) ?? Number.NaN) * 1_000, commits: Number(row?.['commits']) };
}

async function night(offices: readonly Office[], workers: number): Promise<number> {
  await using desk = await openDesk();
  const ids = offices.map((_, index) => `t${String(index).padStart(4, '0')}`);
  desk.configure({ tenants: ids.map((id, index) => tenant(id, offices[index]?.url ?? '', AT_ONCE)) });
  await makeDue(desk, ids);
  const ports = await Promise.all(Array.from({ length: workers }, () => freePort()));
  const begin = (words: string, more: Record<string, string> = {}) =>
    startCommand(words.split(' '), {
      cwd: desk.folder,
      environment: { ...desk.environment, LOG_LEVEL: 'info', METRICS_HOST: '127.0.0.1', ...more },
      longestMs: LONGEST_MS,
    });
  const crew = ports.map((port, index) =>
    begin('start --no-schedule', { METRICS_PORT: String(port), AUDIT_DATA_DIR: `worker-${index}` }),
  );
  for (const worker of crew) await worker.logged('The worker is ready');
  const before = await spent(ports, desk);
  const seen = { lags: [] as number[], memory: 0 };
  const over = new AbortController();
  const watching = watch(ports, seen, over.signal);
  const clock = begin('start --no-work', { AUDIT_DATA_DIR: 'clock' });
  await vi.waitFor(
    async () => {
      const [row] = await desk.database.superuser(
        `select count(*)::int as n from pgboss.job where state = 'completed'`,
      );
      expect(row?.['n']).toBe(ids.length);
    },
    { timeout: LONGEST_MS, interval: 500 },
  );
  over.abort();
  await watching;
  // Sessions tell what they did with a delay of a second.
  await sleep(1_500);
  const after = await spent(ports, desk);
  const each = (of: keyof typeof after): number => (after[of] - before[of]) / ids.length;
  const times = await timesOf(desk);
  for (const { child } of [clock, ...crew]) child.kill('SIGTERM');
  await Promise.all([clock, ...crew].map(({ ended }) => ended));
  expect(times).toHaveLength(ids.length);
  tell(
    `a tenant: ${each('workers').toFixed(0)} ms of CPU of a worker, ${each('server').toFixed(0)} ms of the database server, ${each('commits').toFixed(0)} transactions`,
  );
  return report(times, { workers, ...seen });
}

const s = (seconds: number): string => seconds.toFixed(seconds < 10 ? 2 : 0);

function report(times: readonly Times[], of: { workers: number; lags: readonly number[]; memory: number }): number {
  const small = times.filter(({ tenant: id }) => Number(id.slice(1)) >= GIANTS);
  const makespan = Math.max(...times.map(({ let_go: end }) => end)) - Math.min(...times.map(({ due }) => due));
  const delays = small.map(({ due, begun }) => begun - due);
  const around = small.map(({ taken, begun, ended, let_go: end }) => begun - taken + (end - ended));
  const audits = small.map(({ begun, ended }) => ended - begun);
  tell(
    [
      `${of.workers} workers, ${times.length} tenants (${GIANTS} large): makespan ${s(makespan)} s`,
      `${((60 * times.length) / makespan).toFixed(0)} tenants a minute`,
      `delay p50 ${s(percentile(delays, 50))} s, p99 ${s(percentile(delays, 99))} s`,
      `audit p50 ${s(percentile(audits, 50))} s, p99 ${s(percentile(audits, 99))} s`,
      `queue and claim around it p50 ${(1_000 * percentile(around, 50)).toFixed(0)} ms`,
      `event loop p99 in the median scrape ${(1_000 * percentile(of.lags, 50)).toFixed(0)} ms, at most ${(1_000 * Math.max(...of.lags)).toFixed(0)} ms, memory at most ${(of.memory / 2 ** 20).toFixed(0)} MB`,
    ].join('; '),
  );
  return makespan;
}

test('a night of a fleet', async () => {
  const offices: Office[] = [];
  for (let index = 0; index < TENANTS; index += 1)
    offices.push(await startOffice(index < GIANTS ? { notes: NOTES_OF_GIANTS } : {}));
  const makespans: number[] = [];
  for (const workers of WORKERS) makespans.push(await night(offices, workers));
  expect(makespans).toHaveLength(WORKERS.length);
  const [first = 0] = makespans;
  for (const [index, makespan] of makespans.entries()) {
    const workers = WORKERS[index] ?? 1;
    const ideal = (first * (WORKERS[0] ?? 1)) / workers;
    tell(`${workers} workers: scaling efficiency ${(ideal / makespan).toFixed(2)}`);
  }
  for (const office of offices) await office.close();
});
