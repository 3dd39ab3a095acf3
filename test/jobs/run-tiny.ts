import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const TINY = fileURLToPath(new URL('./tiny/run.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a real process of this Node; `meet` may act on it while it runs. */
export async function runProcess(
  argv: readonly string[],
  {
    environment = { LOG_FORMAT: 'pretty' },
    meet = () => {},
  }: { environment?: Record<string, string>; meet?: (child: ChildProcess, stdout: string) => void } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, argv, {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 20_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    meet(child, stdout);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** One of the tiny commands, through the same frame as the real ones. */
export const runTiny = (argv: readonly string[], options?: Parameters<typeof runProcess>[1]): Promise<Ended> =>
  runProcess([TINY, ...argv], options);
