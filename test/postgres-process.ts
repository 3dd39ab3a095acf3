import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { Identity } from './postgres-binaries.ts';

interface Process {
  /** As the superuser. */
  readonly url: string;
  readonly stop: () => Promise<void>;
  readonly crash: () => Promise<void>;
  readonly log: () => string;
}

/** All that the programs of Postgres see of ours. */
export const environment = () => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' });

export type Settings = Readonly<Record<string, string>>;

/** Nothing outlives the server, so nothing has to reach the disk. */
export const FORGETFUL: Settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/** Starts a server over a directory that is ready; null where it did not come up, as where the port is taken. */
export async function launch({
  bin,
  data,
  scratch,
  who,
  port,
  given = FORGETFUL,
}: {
  bin: string;
  data: string;
  scratch: string;
  who: Identity;
  port: number;
  given?: Settings;
}): Promise<Process | null> {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: scratch,
    max_connections: '100',
    ...given,
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const logFile = join(scratch, 'log');
  const child = spawnBound(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...options], who, logFile);
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const end = async (signal: 'SIGINT' | 'SIGKILL'): Promise<void> => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  const stop = (): Promise<void> => end('SIGINT');
  for (let i = 0; i < 400 && child.exitCode === null; i++) {
    if (await answers(url)) return { url, stop, crash: () => end('SIGKILL'), log: () => readFileSync(logFile, 'utf8') };
    await sleep(25);
  }
  await stop();
  return null;
}

/** Where the kernel can, it ends Postgres when this process dies, however that happens. */
function spawnBound(program: string, args: string[], who: Identity, logFile: string): ChildProcess {
  const identity = who.uid === undefined ? [] : [`--reuid=${who.uid}`, `--regid=${who.gid}`, '--clear-groups'];
  const bound = ['--pdeathsig', 'INT', ...identity, '--'];
  const log = openSync(logFile, 'a');
  const options = { cwd: '/', env: environment(), stdio: ['ignore', log, log] as ['ignore', number, number] };
  const canBind = spawnSync('setpriv', [...bound, 'true'], { cwd: '/', env: environment() }).status === 0;
  return canBind
    ? spawn('setpriv', [...bound, program, ...args], options)
    : spawn(program, args, { ...options, ...who });
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
