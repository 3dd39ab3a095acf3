import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDatabase } from '../database.ts';

/** The credential of every site of these tests; the token must show up nowhere. */
export const EMAIL = 'auditor@example.com';
export const TOKEN = 'kingfisher-token-93ba71';
/** The password of databases that cannot be reached. */
export const PASSWORD = 'kingfisher-password-5d02';

const SECRETS: Readonly<Record<string, string>> = {
  token: TOKEN,
  'token in base64': Buffer.from(TOKEN).toString('base64').slice(0, -4),
  'credential in base64': Buffer.from(`${EMAIL}:${TOKEN}`).toString('base64').slice(0, -4),
  password: PASSWORD,
};

/** Which secrets a text holds, by name. */
export const leaksIn = (text: string): string[] =>
  Object.entries(SECRETS).flatMap(([name, secret]) => (text.includes(secret) ? name : []));

/** The files below a folder that hold a secret, and how many files were read. */
export function leaksInFolder(folder: string): { readonly files: number; readonly leaks: readonly string[] } {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const leaks = paths.flatMap((path) => leaksIn(readFileSync(path, 'latin1')).map((name) => `${path}: ${name}`));
  return { files: paths.length, leaks };
}

/** The tables that hold a secret, and how many rows were read. */
export async function leaksInDatabase({
  superuser,
}: Pick<TestDatabase, 'superuser'>): Promise<{ readonly rows: number; readonly leaks: readonly string[] }> {
  const tables = await superuser(
    `select format('%I.%I', schemaname, tablename) as name from pg_catalog.pg_tables
     where schemaname in ('audit', 'fleet')`,
  );
  const leaks: string[] = [];
  let rows = 0;
  for (const { name } of tables) {
    for (const { row } of await superuser(`select t::text as row from ${String(name)} t`)) {
      rows += 1;
      leaks.push(...leaksIn(String(row)).map((secret) => `${String(name)}: ${secret}`));
    }
  }
  return { rows, leaks };
}
