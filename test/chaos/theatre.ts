import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { readSettings, type Settings } from '../../src/settings.ts';
import type { Driver } from '../../src/store/driver.ts';
import { CANARY } from '../../src/simulator/canary.ts';
import { prepareDatabase } from './prepared.ts';
import { OUR_LABEL } from './wiki.ts';

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
    about: { readonly ladder: boolean },
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
    async settingsFor(names, { ladder }) {
      const key = [...names, ladder].join('-');
      const prepared = known.get(key) ?? (await prepare(folder, names, ladder ? { actions: LADDER } : {}));
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

/** All kinds of write. A comment stays as it is until it is settled: what it tells of ages changes every day. */
const LADDER = [
  {
    name: 'stale',
    match: { rule: 'stale-runbook' },
    do: [{ label: OUR_LABEL }, { comment: 'stale-owner', after: '1d', cooldown: '60d' }],
  },
  {
    name: 'broken',
    match: { rule: 'broken-page-link', status: ['fail', 'warn'] },
    do: [{ property: 'docaudit-broken' }, { trash: true, after: '1d' }],
  },
  {
    name: 'pictures',
    match: { rule: 'missing-attachment', status: ['fail', 'warn'] },
    do: [
      { comment: 'findings-owner', cooldown: '60d' },
      { archive: true, after: '1d' },
    ],
  },
];

async function prepare(folder: string, names: readonly string[], about: { readonly actions?: typeof LADDER }) {
  const file = join(folder, `${names.join('-')}${about.actions === undefined ? '' : '-ladder'}.yaml`);
  const tenants = names.map((name) => ({
    ...about,
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
