import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readSettings, type Settings } from '../../src/settings.ts';
import type { Driver } from '../../src/store/driver.ts';
import { CANARY } from '../../src/simulator/canary.ts';
import { prepareDatabase } from './prepared.ts';

export type Ask = (text: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;

/** What all seeds of a process share, because it is dear: one migrated database in memory, as new for each seed, and the settings. */
export interface Theatre {
  readonly driver: Driver;
  /** Past every policy. */
  readonly superuser: Ask;
  readonly empty: () => Promise<void>;
  /** Of tenants with these names, each with its own site and credential. */
  readonly settingsFor: (
    names: readonly string[],
  ) => Promise<{ settings: Settings; environment: Record<string, string> }>;
  readonly close: () => Promise<void>;
}

export const originOf = (name: string): string => `https://${name}.atlassian.net`;

export async function openTheatre(snapshot: Blob): Promise<Theatre> {
  const pglite = await PGlite.create({ loadDataDir: snapshot });
  const folder = await mkdtemp(join(tmpdir(), 'audit-chaos-'));
  const database = await prepareDatabase(pglite);
  const { driver } = database;
  const superuser: Ask = async (text, values = []) => (await database.query(text, values)).rows;
  const known = new Map<string, Awaited<ReturnType<Theatre['settingsFor']>>>();
  return {
    driver,
    superuser,
    empty: database.rewind,
    async settingsFor(names) {
      const key = names.join();
      const prepared = known.get(key) ?? (await prepare(folder, names));
      known.set(key, prepared);
      return prepared;
    },
    async close() {
      await pglite.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const variable = (name: string): string => `${name.replaceAll('-', '_').toUpperCase()}_TOKEN`;

async function prepare(folder: string, names: readonly string[]) {
  const file = join(folder, `${names.join('-')}.yaml`);
  const tenants = names.map((name) => ({
    id: name,
    site: originOf(name),
    mode: 'apply',
    // A witness signs in as the tenant whose site it looks at.
    auth: { type: 'basic', email: `auditor@${wikiOf(name)}.example`, token: { env: variable(name) } },
    readers: { onCallGroups: ['sre-oncall'] },
    limits: { writesPercent: 100 },
    rules: { 'broken-page-link': {}, 'duplicate-title': {}, 'unresolved-comments': 'off' },
  }));
  await writeFile(file, JSON.stringify({ version: 1, tenants }));
  const tokens = names.map((name) => [variable(name), `${CANARY}-${wikiOf(name)}-token`] as const);
  const environment = { AUDIT_CONFIG: file, ...Object.fromEntries(tokens) };
  return { settings: await readSettings({ environment, cwd: folder }), environment };
}

export const witnessOf = (name: string): string => `${name}-witness`;
/** Whose wiki a tenant looks at. */
export const wikiOf = (tenant: string): string => tenant.replace(/-witness$/, '');
