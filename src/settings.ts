import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileStamp } from '../config/file-stamp.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import type { ResolvedConfig } from '../config/load.ts';
import { invalidSettings, type Problem } from '../config/problem.ts';
import type { RegisteredTenant } from '../config/registered.ts';
import { ruleCatalogue } from './domain/catalogue.ts';
import type { Rule } from './domain/rule.ts';
import type { Store } from './store/db.ts';
import { readRegistrations, type Registration } from './store/registry.ts';
import type { TenantSettings as TenantRow } from './store/tenants.ts';

/** Where settings are looked up. */
interface Street {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

export interface Settings {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly config: ResolvedConfig;
  /** Changes whenever a file of a rule does. */
  readonly rulesFingerprint: string;
}

/**
 * The rules and the settings that speak of them, with the tenants of the registry where they are given. Throws `config-invalid` with all
 * mistakes at once.
 */
export async function readSettings(ground: Street, registered?: readonly RegisteredTenant[]): Promise<Settings> {
  const read = await trySettings(ground, registered);
  if (Array.isArray(read)) throw invalidSettings(read);
  return read;
}

/** The same, with the mistakes as a list for whoever knows of more. */
export async function trySettings(
  ground: Street,
  registered?: readonly RegisteredTenant[],
): Promise<Settings | Problem[]> {
  // The schemas of all settings and rules are much to load for a command that reads none.
  const [{ readCustomRules }, { loadConfig }, { loadRules }] = await Promise.all([
    import('../config/custom-rules.ts'),
    import('../config/load.ts'),
    import('./rules/load-rules.ts'),
  ]);
  const source = { env: ground.environment, cwd: ground.cwd };
  const custom = readCustomRules(source);
  const rules = new Map([...(await loadRules()), ...custom.rules.map((rule) => [rule.id, rule] as const)]);
  const loaded = loadConfig({ ...source, catalogue: ruleCatalogue(rules.values()), registered });
  const problems = [...custom.problems, ...(loaded.ok ? [] : loaded.problems)];
  return loaded.ok && problems.length === 0
    ? { rules, config: loaded.config, rulesFingerprint: custom.fingerprint }
    : problems;
}

/** The settings of the files before the database is open: mistakes are told at once, and what the registry may hold is not missed. */
export const readFileSettings = (ground: Street): Promise<Settings> =>
  readSettings(ground, registryMayExist(ground) ? [] : undefined);

/** All settings: of the files and of the registry. Nothing at all is a mistake. */
export async function readAllSettings(ground: Street, store: Store): Promise<Settings> {
  const registered = (await store.withFleet(readRegistrations)).map(asRegisteredTenant);
  return readSettings(ground, registered.length === 0 ? undefined : registered);
}

/** Changes whenever what `readAllSettings` reads does; takes a few milliseconds where that takes seconds. */
export async function settingsStamp(
  { environment, cwd }: Street,
  store: Store,
  { includes }: Pick<ResolvedConfig, 'includes'>,
): Promise<string> {
  const registered = await store.withFleet(readRegistrations);
  return `${fileStamp({ env: environment, cwd }, includes)}\n${JSON.stringify(registered)}`;
}

/** A row of the registry as the settings take it. */
export const asRegisteredTenant = ({ tenantId, settings }: Registration): RegisteredTenant => ({
  settings,
  place: `the tenant ${tenantId} of the registry`,
});

/** False where there is no database yet that could hold a registry. */
export function registryMayExist(ground: Street): boolean {
  const read = readEnvironment(ground.environment);
  // Mistakes in the environment are told together with those in the files.
  if (!read.ok) return false;
  const { databaseUrl, dataDir } = read.environment;
  return databaseUrl !== null || existsSync(resolve(ground.cwd, dataDir));
}

/** What the environment says. Throws `config-invalid`. */
export function environmentOf(ground: Pick<Street, 'environment'>): Environment {
  const read = readEnvironment(ground.environment);
  if (!read.ok) throw invalidSettings(read.problems);
  return read.environment;
}

/** What the database keeps of each tenant's settings. */
export const tenantRows = ({ config }: Pick<Settings, 'config'>): readonly TenantRow[] =>
  config.tenants.map(({ id, site, enabled, tags, auth, schedule }) => ({
    tenantId: id,
    site,
    enabled,
    tags,
    authType: auth.type,
    tokenExpiresAt: auth.expires === null ? null : `${auth.expires}T00:00:00Z`,
    cron: schedule.cron,
    timezone: schedule.timezone,
    registered: config.registered.has(id),
  }));
