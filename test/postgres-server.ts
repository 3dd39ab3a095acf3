import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from './free-port.ts';
import { findPostgres, type Identity } from './postgres-binaries.ts';

const NOBODY = 65_534;

export interface Server {
  /** As the superuser. */
  readonly url: string;
  stop(): Promise<void>;
  /** Ends it as an administrator would, connections and all, and starts it again on the same port. */
  restart(): Promise<void>;
  /** What the server wrote into its log so far; null where it is not ours. */
  log(): string | null;
}

type Settings = Readonly<Record<string, string>>;

/** Nothing outlives the server, so nothing has to reach the disk. */
const FORGETFUL: Settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' };

/** Starts a Postgres of our own in a temporary directory, which never outlives this process. Measurements want one as it comes. */
export async function startServer(given: Settings = FORGETFUL): Promise<Server> {
  // Postgres refuses to run as root.
  const who: Identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const scratch = mkdtempSync(join(tmpdir(), 'audit-test-postgres-'));
  chmodSync(scratch, 0o700);
  if (who.uid !== undefined) chownSync(scratch, NOBODY, NOBODY);
  const cleanUp = (): void => rmSync(scratch, { recursive: true, force: true });
  try {
    const bin = await findPostgres({ who, scratch });
    const data = join(scratch, 'data');
    initialise({ bin, data, who });
    for (let attempt = 1; ; attempt++) {
      const port = await freePort();
      let server = await launch({ bin, data, scratch, who, port, given });
      if (server === null) {
        if (attempt === 3) throw new Error('The Postgres of the tests did not start in three attempts.');
        continue;
      }
      const { url, log } = server;
      return {
        url,
        log,
        stop: async () => {
          await server?.stop();
          cleanUp();
        },
        restart: async () => {
          await server?.stop();
          server = await launch({ bin, data, scratch, who, port, given });
          if (server === null) throw new Error('The Postgres of the tests did not come back.');
        },
      };
    }
  } catch (error) {
    cleanUp();
    throw error;
  }
}

const environment = () => ({ PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' });

function initialise({ bin, data, who }: { bin: string; data: string; who: Identity }): void {
  const common = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions'];
  // A linguistic order shows where a statement relies on the order of bytes; C hides it.
  const linguistic = ['--locale=C', '--locale-provider=icu', '--icu-locale=en-US'];
  const run = (locale: string[]) =>
    spawnSync(join(bin, 'initdb'), [...common, ...locale], { ...who, cwd: '/', env: environment(), encoding: 'utf8' });
  if (run(linguistic).status === 0) return;
  const plain = run(['--locale=C']);
  if (plain.status !== 0) throw new Error(`initdb: ${plain.stderr}`);
}

async function launch({
  bin,
  data,
  scratch,
  who,
  port,
  given,
}: {
  bin: string;
  data: string;
  scratch: string;
  who: Identity;
  port: number;
  given: Settings;
}): Promise<Omit<Server, 'restart'> | null> {
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
  const stop = async (): Promise<void> => {
    process.off('exit', kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  };
  for (let i = 0; i < 400 && child.exitCode === null; i++) {
    if (await answers(url)) return { url, stop, log: () => readFileSync(logFile, 'utf8') };
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
