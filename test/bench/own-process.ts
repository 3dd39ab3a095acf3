import { fork } from 'node:child_process';
import { once } from 'node:events';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** A process of ours, a file below this folder, that tells something through its channel. */
export async function told(file: string, words: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const child = fork(here(file), words, {
    env: { PATH: env['PATH'], BENCH_ROUNDS: env['BENCH_ROUNDS'], ...environment },
    execArgv:
      environment['BENCH_PROFILE'] === undefined
        ? []
        : ['--cpu-prof', `--cpu-prof-dir=${environment['BENCH_PROFILE']}`],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const message = await Promise.race([
    once(child, 'message'),
    ended.then(([code]) => Promise.reject(new Error(`${file} ended with ${code}`))),
  ]);
  return { child, ended, message: (message as readonly unknown[])[0] };
}
