import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { inject, vi } from 'vitest';
import { leaksIn } from '../canary/canary.ts';

const RUN = fileURLToPath(new URL('../../jobs/run.ts', import.meta.url));
const LONGEST_MS = 85_000;
// A process takes a second or two, and more where other work is going on.
vi.setConfig({ testTimeout: 90_000 });

type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** The log lines of stderr; anything else there fails the test. */
  readonly log: readonly LogLine[];
  readonly seconds: number;
}

export interface Running {
  /** Its input waits to be written to, or ended. */
  readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly ended: Promise<Ended>;
  /** Resolves when the log has a line with this message. */
  readonly logged: (message: string) => Promise<void>;
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
    const leaks = leaksIn(said.stdout + said.stderr);
    if (leaks.length > 0) throw new Error(`${words.join(' ')} told a secret: ${leaks.join(', ')}`);
    return { ...said, code, log: logLines(said.stderr), seconds: (performance.now() - startedAt) / 1000 };
  };
  return {
    child,
    ended: end(),
    logged: (message) =>
      vi.waitFor(
        () => {
          if (child.exitCode !== null) throw new Error(`It ended before "${message}":\n${said.stderr}`);
          if (!said.stderr.includes(`"msg":"${message}"`)) throw new Error(`It did not log "${message}" in time.`);
        },
        { timeout: longestMs, interval: 20 },
      ),
  };
}

/** The same, to its end. */
export const runCommand = (words: readonly string[], place: Place): Promise<Ended> => startCommand(words, place).ended;

const logLines = (stderr: string): LogLine[] =>
  stderr
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      try {
        return JSON.parse(line) as LogLine;
      } catch {
        throw new Error(`A line on stderr is no log line: ${line}`);
      }
    });

/** What a command that was refused said: the only line of its log, without a stack and with nothing on stdout. */
export function refusalOf({ stdout, log }: Ended): string {
  const [line, ...more] = log;
  if (stdout !== '' || line === undefined || more.length > 0) {
    throw new Error(`Not one line of refusal but ${JSON.stringify({ stdout, log })}`);
  }
  if ('stack' in line || /\n\s+at /.test(line.msg)) throw new Error(`A stack for a mistake: ${JSON.stringify(line)}`);
  return line.msg;
}
