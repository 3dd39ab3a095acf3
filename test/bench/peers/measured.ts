import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const USAGE = fileURLToPath(new URL('usage.ts', import.meta.url));
const LONGEST_MS = 3_000_000;

export interface Taken {
  /** From the start of the process to its end. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMb: number;
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program of Node as a process of its own and says what that took. */
export async function measured(
  words: readonly string[],
  { cwd, environment }: { readonly cwd: string; readonly environment: Readonly<Record<string, string>> },
): Promise<Taken> {
  const usage = join(cwd, 'usage.json');
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', USAGE, ...words], {
    cwd,
    env: { PATH: process.env['PATH'], PEER_USAGE: usage, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  const seconds = (performance.now() - startedAt) / 1_000;
  if (!existsSync(usage)) throw new Error(`${words[0]} ended with ${code} and left no account of itself:\n${stderr}`);
  const taken = JSON.parse(readFileSync(usage, 'utf8')) as Pick<Taken, 'cpuSeconds' | 'peakMb'>;
  rmSync(usage);
  return { seconds, ...taken, code, stdout, stderr };
}
