import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CANARY } from '../../src/simulator/canary.ts';

/** The credential of the sites of commands. */
export const EMAIL = 'auditor@example.com';
export const TOKEN = `${CANARY}-token-93ba71`;
/** The password of databases that cannot be reached. */
export const PASSWORD = `${CANARY}-password-5d02`;
/** A key that seals credentials, in base64; the canary is in its bytes. */
export const SEALING_KEY = Buffer.from(CANARY.padEnd(32, '.')).toString('base64');

/** What the canary looks like in base64, wherever in a text it stands: three bytes make four letters, so there are three ways. */
const inBase64 = [0, 1, 2].map((before) => {
  const letters = Buffer.from(`${' '.repeat(before)}${CANARY}`).toString('base64');
  return letters.slice(Math.ceil((before * 4) / 3), Math.floor(((before + CANARY.length) * 4) / 3));
});
const inHex = Buffer.from(CANARY).toString('hex');

/** The pattern of the canary in every form in which a secret may leave; of POSIX and of JavaScript. */
const ANY_FORM = [CANARY, ...inBase64, inHex].join('|');

const FORMS = {
  'in clear': new RegExp(CANARY, 'i'),
  'in base64': new RegExp(inBase64.join('|')),
  'in hex': new RegExp(inHex, 'i'),
};

/** The forms in which a text holds a secret. */
export const leaksIn = (text: string): string[] =>
  Object.entries(FORMS).flatMap(([form, pattern]) => (pattern.test(text) ? form : []));

/** The files below a folder that hold a secret, and how many files were read; `except` are what a test itself put there. */
export function leaksInFolder(
  folder: string,
  { except = new Set() }: { except?: ReadonlySet<string> } = {},
): { readonly files: number; readonly leaks: readonly string[] } {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !except.has(path));
  const leaks = paths.flatMap((path) => leaksIn(readFileSync(path, 'latin1')).map((form) => `${path}: ${form}`));
  return { files: paths.length, leaks };
}

type Ask = (text: string) => Promise<Record<string, unknown>[]>;

/** The tables of a database that hold a secret, past every policy, and how many rows were read. */
export async function leaksInDatabase({
  superuser,
}: {
  readonly superuser: Ask;
}): Promise<{ readonly rows: number; readonly leaks: readonly string[] }> {
  const tables = await superuser(
    `select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const each = tables.map(
    ({
      name,
    }) => `select '${String(name)}' as name, count(*)::int as rows, count(*) filter (where t::text ~ '${ANY_FORM}')::int as leaks
      from only ${String(name)} t`,
  );
  const found = await superuser(each.join(' union all '));
  return {
    rows: found.reduce((sum, { rows }) => sum + Number(rows), 0),
    leaks: found.flatMap(({ name, leaks }) => (Number(leaks) > 0 ? String(name) : [])),
  };
}

/** Throws where a database holds a secret; for whoever closes one. */
export async function expectNoLeak(database: { readonly superuser: Ask }): Promise<void> {
  const { leaks } = await leaksInDatabase(database);
  if (leaks.length > 0) throw new Error(`The database holds a secret in ${leaks.join(', ')}.`);
}
