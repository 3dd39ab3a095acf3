import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openPostgres, type TestDatabase } from '../database.ts';
import { EMAIL, leaksInFolder, TOKEN } from '../canary/canary.ts';
import { type Running, startCommand } from './command.ts';
import type { Ended } from './ended.ts';
import { runHere } from './run-here.ts';

type Environment = Readonly<Record<string, string>>;

/** An empty directory in which a user works. */
export interface Workplace {
  readonly folder: string;
  /** Says what a command finds in its environment from now on, beside what it is given for itself. */
  readonly environment: Record<string, string>;
  readonly write: (name: string, content: string) => void;
  /** Writes `audit.yaml` and makes it the config. */
  readonly configure: (config: object) => void;
  readonly files: () => readonly string[];
  /** A command to its end, in this process. */
  readonly run: (words: string, extra?: Environment) => Promise<Ended>;
  /** The same with something typed in, or piped. */
  readonly type: (words: string, input: string, extra?: Environment) => Promise<Ended>;
  /** A command as a process of its own. */
  readonly start: (words: string, extra?: Environment) => Running;
  readonly clear: () => void;
}

/** The token lies in TOKEN; no database is named, so it would be the embedded one. */
export function openWorkplace(): Workplace {
  const folder = mkdtempSync(join(tmpdir(), 'audit-command-'));
  const environment: Record<string, string> = { TOKEN };
  const place = (extra: Environment = {}) => ({ cwd: folder, environment: { ...environment, ...extra } });
  const given = new Set<string>();
  const write = (name: string, content: string): void => {
    given.add(join(folder, name));
    writeFileSync(join(folder, name), content);
  };
  return {
    folder,
    environment,
    write,
    configure: (config) => {
      // As people write it: a setting that several tenants share stands there several times.
      write('audit.yaml', stringify({ version: 1, ...config }, { aliasDuplicateObjects: false }));
      environment['AUDIT_CONFIG'] = 'audit.yaml';
    },
    files: () => readdirSync(folder).toSorted(),
    run: (words, extra) => runHere(words.split(' '), place(extra)),
    type: (words, input, extra) => runHere(words.split(' '), { ...place(extra), input }),
    start: (words, extra) => startCommand(words.split(' '), place(extra)),
    clear() {
      const { leaks } = leaksInFolder(folder, { except: given });
      rmSync(folder, { recursive: true, force: true });
      if (leaks.length > 0) throw new Error(`The program wrote a secret: ${leaks.join(', ')}`);
    },
  };
}

export interface Desk extends Workplace, AsyncDisposable {
  readonly database: TestDatabase;
}

/** A workplace with a fresh Postgres database, which starts faster than the embedded one. */
export async function openDesk(): Promise<Desk> {
  const workplace = openWorkplace();
  const { close, ...database } = await openPostgres();
  workplace.environment['DATABASE_URL'] = database.url ?? '';
  return {
    ...workplace,
    database,
    [Symbol.asyncDispose]: async () => {
      workplace.clear();
      await close();
    },
  };
}

/** A tenant that signs in as the tests do. */
export const tenant = (id: string, site: string, more: object = {}): object => ({
  id,
  site,
  auth: { type: 'basic', email: EMAIL, token: { env: 'TOKEN' } },
  ...more,
});
