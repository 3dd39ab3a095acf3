import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { findPostgres, type Identity } from './postgres-binaries.ts';
import { environment, FORGETFUL, launch, type Settings } from './postgres-process.ts';
import { type Standby, startStandby } from './postgres-standby.ts';

const NOBODY = 65_534;

interface Server {
  /** As the superuser. */
  readonly url: string;
  stop(): Promise<void>;
  /** Ends it as an administrator would, connections and all, and starts it again on the same port. */
  restart(): Promise<void>;
  /** What the server wrote into its log so far; null where it is not ours. */
  log(): string | null;
}

/** A server of which a standby can be made. */
export interface Primary extends Server {
  /** Ends it as a loss of power does. */
  crash(): Promise<void>;
  /** Copies it while it runs and starts the copy, which follows it and answers reads. */
  standby(): Promise<Standby>;
}

/** Starts a Postgres of our own in a temporary directory, which never outlives this process. Measurements want one as it comes. */
export async function startServer(given: Settings = FORGETFUL): Promise<Primary> {
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
        crash: async () => server?.crash(),
        standby: () => startStandby({ bin, data, scratch, who, primary: url }),
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
