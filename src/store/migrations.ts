import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

interface Migration {
  readonly tag: string;
  readonly madeAt: number;
  readonly hash: string;
  readonly statements: readonly string[];
}

/** Everything that `drizzle/` says about the database, in the order in which it is applied. */
export interface Migrations {
  readonly before: string;
  readonly steps: readonly Migration[];
  readonly after: string;
  /** Changes whenever any text of the folder does. */
  readonly hash: string;
  /** When the newest migration was made; a database that knows a later one is newer than the program. */
  readonly newest: number;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Reads the folder once; `journal.entries` is drizzle-kit's own list of what it generated. */
export function readMigrations(folder: URL = new URL('../../drizzle/', import.meta.url)): Migrations {
  const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
  const journal = JSON.parse(read('meta/_journal.json')) as { entries: { tag: string; when: number }[] };
  const steps = journal.entries.map(({ tag, when }) => {
    const text = read(`${tag}.sql`);
    return { tag, madeAt: when, hash: sha256(text), statements: text.split('--> statement-breakpoint') };
  });
  const before = read('before.sql');
  const views = readdirSync(new URL('report/', folder)).toSorted();
  const after = [read('after.sql'), ...views.map((name) => read(`report/${name}`))].join('\n');
  return {
    before,
    steps,
    after,
    hash: sha256(JSON.stringify([before, steps.map(({ hash }) => hash), after])),
    newest: Math.max(...steps.map(({ madeAt }) => madeAt)),
  };
}
