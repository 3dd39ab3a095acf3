import { cpuUsage, cwd, env, memoryUsage, resourceUsage } from 'node:process';
import { openHouse } from '../../../src/app.ts';
import { createClock } from '../../../src/runtime/clock.ts';
import { keepHeapSmall } from '../../../src/runtime/heap.ts';
import { createLog } from '../../../src/runtime/log.ts';

/** What one step of a night took, from its first sign of progress to its last. */
interface StepTaken {
  readonly done: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** What a night in a process of its own took. */
export interface NightTaken {
  readonly outcome: string;
  readonly reason: string | null;
  readonly pagesSeen: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  /** Resident memory each time another tenth of the pages was listed or judged. */
  readonly rssMb: readonly number[];
  readonly steps: Readonly<Record<string, StepTaken>>;
  /** From the end of the walks to the end of the run. */
  readonly judgedSeconds: number;
}

const now = (): number => performance.now() / 1_000;
const cpu = (): number => {
  const { user, system } = cpuUsage();
  return (user + system) / 1e6;
};

const write = (line: string): void => void process.stderr.write(line);

keepHeapSmall();

/** One audit by the program itself, at no limit: waits for the pace end at once. Its parent gets what it took. */
async function night(pages: number): Promise<NightTaken> {
  const steps: Record<string, { done: number; from: number; to: number; cpuFrom: number; cpuTo: number }> = {};
  const rssMb: number[] = [];
  let sampled = 0;
  let judging = Number.NaN;
  const step = (_tenant: string, { unit, done }: { unit: string; done: number }): void => {
    const at = { to: now(), cpuTo: cpu() };
    const before = steps[unit] ?? { done: 0, from: at.to, cpuFrom: at.cpuTo };
    steps[unit] = { ...before, ...at, done: unit === 'attachments' ? before.done + done : done };
    if (unit === 'judged' && Number.isNaN(judging)) judging = at.to;
    sampled += unit === 'attachments' ? 0 : 250;
    if (sampled < pages / 10) return;
    sampled = 0;
    rssMb.push(Math.round(memoryUsage().rss / 2 ** 20));
  };
  const clock = createClock();
  const startedAt = now();
  await using house = await openHouse({
    environment: env,
    cwd: cwd(),
    clock: { ...clock, sleep: async (_ms, signal) => signal?.throwIfAborted() },
    log: createLog({ level: 'warn', format: 'json', now: clock.now, write }),
    progress: { step, finish: () => undefined, line: write, [Symbol.dispose]: () => undefined },
    signal: new AbortController().signal,
    listing: { worthRequests: Number.POSITIVE_INFINITY },
  });
  const [result] = await house.audit(
    house.settings.config.tenants.map((settings) => ({
      settings,
      mode: 'audit',
      trigger: 'manual',
      full: false,
      onlySpaces: null,
    })),
  );
  const endedAt = now();
  const taken = Object.entries(steps).map(([name, { done, from, to, cpuFrom, cpuTo }]) => [
    name,
    { done, seconds: to - from, cpuSeconds: cpuTo - cpuFrom },
  ]);
  return {
    outcome: result?.outcome ?? 'none',
    reason: result?.detail ?? null,
    pagesSeen: result?.pagesSeen ?? 0,
    seconds: endedAt - startedAt,
    cpuSeconds: cpu(),
    peakMb: Math.round(resourceUsage().maxRSS / 1024),
    rssMb,
    steps: Object.fromEntries(taken) as NightTaken['steps'],
    judgedSeconds: endedAt - judging,
  };
}

const taken = await night(Number(env['BENCH_NIGHT_PAGES']));
if (process.send === undefined) process.stdout.write(`${JSON.stringify(taken, null, 1)}\n`);
else process.send(taken);
