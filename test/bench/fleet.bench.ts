import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { startCommand } from '../commands/command.ts';
import { AT_ONCE, makeDue } from '../commands/fleet.ts';
import { type Office, startOffice } from '../commands/office.ts';
import { type Desk, openDesk, tenant } from '../commands/workplace.ts';
import { freePort } from '../free-port.ts';
import { samplesOf } from '../metrics/samples.ts';
import { given, givenList, percentile, tell } from './figures.ts';

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

/** The largest delay of the event loop that any scrape saw, and the memory, of one worker. */
async function watch(
  ports: readonly number[],
  seen: { lag: number; memory: number },
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (const port of ports) {
      const page = await fetch(`http://127.0.0.1:${port}/metrics`).then(
        (answer) => answer.text(),
        () => '',
      );
      const samples = samplesOf(page);
      seen.lag = Math.max(seen.lag, samples['nodejs_eventloop_lag_p99_seconds'] ?? 0);
      seen.memory = Math.max(seen.memory, samples['process_resident_memory_bytes'] ?? 0);
    }
    await sleep(2_000);
  }
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
  const seen = { lag: 0, memory: 0 };
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
  const times = await timesOf(desk);
  for (const { child } of [clock, ...crew]) child.kill('SIGTERM');
  await Promise.all([clock, ...crew].map(({ ended }) => ended));
  expect(times).toHaveLength(ids.length);
  return report(times, { workers, ...seen });
}

const s = (seconds: number): string => seconds.toFixed(seconds < 10 ? 2 : 0);

function report(times: readonly Times[], of: { workers: number; lag: number; memory: number }): number {
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
      `event loop p99 at most ${(1_000 * of.lag).toFixed(0)} ms, memory at most ${(of.memory / 2 ** 20).toFixed(0)} MB`,
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
