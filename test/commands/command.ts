import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import { type Ended, ended as asEnded } from './ended.ts';

const RUN = fileURLToPath(new URL('../../jobs/run.ts', import.meta.url));
const LONGEST_MS = 85_000;
// A process takes a second or two, and more where other work is going on.
vi.setConfig({ testTimeout: 90_000 });

export interface Running {
  /** Its input waits to be written to, or ended. */
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** Resolves when the log has a line with this message. */
  readonly logged: (message: string) => Promise<void>;
  /** What it has written so far. */
  readonly told: () => { readonly stdout: string; readonly stderr: string };
}

interface Place {
  readonly cwd: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Killed after this. */
  readonly longestMs?: number;
}

/** Starts `node jobs/run.ts …` as a real process that has no more of our environment than PATH. */
export function startCommand(
  words: readonly string[],
  { cwd, environment = {}, longestMs = LONGEST_MS }: Place,
): Running {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [RUN, ...words], {
    cwd,
    env: {
      PATH: process.env['PATH'],
      // Spares each process the compiling of what the one before has compiled.
      NODE_COMPILE_CACHE: join(inject('scratch'), 'compile-cache'),
      ...environment,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: longestMs,
    killSignal: 'SIGKILL',
  });
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  }
  const end = async (): Promise<Ended> => {
    const [code] = (await once(child, 'close')) as [number | null];
    return asEnded(words, { ...said, code, seconds: (performance.now() - startedAt) / 1000 });
  };
  return {
    child,
    ended: end(),
    told: () => said,
    logged: async (message) => {
      const isSaid = (): boolean => said.stderr.includes(`"msg":"${message}"`);
      await vi.waitUntil(() => isSaid() || child.exitCode !== null, { timeout: longestMs, interval: 20 });
      if (!isSaid()) throw new Error(`It ended before "${message}":\n${said.stderr}`);
    },
  };
}
