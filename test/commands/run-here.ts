import { EventEmitter } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { main } from '../../jobs/frame/main.ts';
import { type Ended, ended } from './ended.ts';

const JOBS = new URL('../../jobs/', import.meta.url);

interface Place {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What is typed; without it the input stays open and says nothing. */
  readonly input?: string | undefined;
}

/**
 * Runs a command to its end through the door that `jobs/run.ts` goes through, in this process: what it does, says and exits with is the
 * same, and starting Node is spared. What is about processes (signals, locks, two at once) takes `startCommand`.
 */
export async function runHere(words: readonly string[], { cwd, environment, input }: Place): Promise<Ended> {
  const startedAt = performance.now();
  const said = { stdout: '', stderr: '' };
  const stream = (name: keyof typeof said): Writable =>
    new Writable({
      decodeStrings: false,
      write(text: string, _, done) {
        said[name] += text;
        done();
      },
    });
  const stdin = new PassThrough();
  if (input !== undefined) stdin.end(input);
  const host = Object.assign(new EventEmitter(), {
    stdin,
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: () => cwd,
    exit: (code?: number | string | null): never => {
      throw new Error(`The command ended the process with ${code}: ${said.stderr}`);
    },
  });
  const code = await main({
    argv: words,
    environment: { PATH: process.env['PATH'], ...environment },
    jobs: JOBS,
    host: host as never,
  });
  return ended(words, { ...said, code, seconds: (performance.now() - startedAt) / 1000 });
}
