import cliProgress from 'cli-progress';
import { plainLine } from '../domain/plain-text.ts';

interface ProgressStep {
  /** What is counted: `spaces`, `pages`, `attachments`, … */
  readonly unit: string;
  readonly done: number;
  /** Null while nobody knows. */
  readonly total: number | null;
}

/** What a person at a terminal sees while tenants are audited; silent on anything that is no terminal. */
export interface Progress extends Disposable {
  readonly step: (tenant: string, step: ProgressStep) => void;
  /** Takes the tenant's bar away and leaves `note` in its place. */
  readonly finish: (tenant: string, note: string) => void;
  /** Writes one line without damaging the bars; log lines go through here. */
  readonly line: (text: string) => void;
}

/** More bars than this would push each other off the screen; further tenants get theirs when one is finished. */
const MOST_BARS = 6;
const BAR_WIDTH = 24;
const NAME_WIDTH = 20;

interface Stream extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
}

/** Bars for a terminal; elsewhere only `line` writes anything. */
export function createProgress({ stream }: { stream: Stream }): Progress {
  const write = (text: string): void => void stream.write(withLineEnd(text));
  if (stream.isTTY !== true) return { step: () => {}, finish: () => {}, line: write, [Symbol.dispose]: () => {} };

  const running = new Map<string, cliProgress.SingleBar>();
  let bars: cliProgress.MultiBar | null = null;

  const stop = (): void => {
    bars?.stop();
    bars = null;
    running.clear();
  };
  const line = (text: string): void => {
    if (bars === null) {
      write(text);
    } else {
      bars.log(withLineEnd(text));
      // A logged line waits for the next redraw otherwise, and is lost when the bars stop before it.
      bars.update();
    }
  };

  return {
    step(tenant, step) {
      bars ??= createBars(stream);
      let bar = running.get(tenant);
      if (bar === undefined) {
        if (running.size >= MOST_BARS) return;
        bar = bars.create(0, 0, { tenant: plainLine(tenant), ...step });
        running.set(tenant, bar);
      }
      bar.setTotal(step.total ?? 0);
      bar.update(step.done, step);
    },
    finish(tenant, note) {
      const bar = running.get(tenant);
      running.delete(tenant);
      if (bars !== null && bar !== undefined) bars.remove(bar);
      if (running.size === 0) stop();
      line(`${plainLine(tenant).padEnd(NAME_WIDTH)}  ${plainLine(note)}`);
    },
    line,
    [Symbol.dispose]: stop,
  };
}

const withLineEnd = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

function createBars(stream: Stream): cliProgress.MultiBar {
  return new cliProgress.MultiBar({
    stream,
    format: (_options, { progress }, { tenant, unit, done, total }: ProgressStep & { tenant: string }) => {
      const full = total === null ? 0 : Math.round(Math.min(1, progress) * BAR_WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
      return `${tenant.slice(0, NAME_WIDTH).padEnd(NAME_WIDTH)}  ${bar}  ${unit} ${done}${total === null ? '' : `/${total}`}`;
    },
    hideCursor: true,
    clearOnComplete: true,
    emptyOnZero: true,
    // Stop signals belong to the shutdown alone.
    gracefulExit: false,
    forceRedraw: true,
  });
}
