import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import pLimit from 'p-limit';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { type ResolvedConfig, loadConfig } from '../config/load.ts';
import { notYet } from '../config/not-yet.ts';
import { invalidSettings, type Problem } from '../config/problem.ts';
import type { RegisteredTenant } from '../config/registered.ts';
import type { AuditDeps, Order } from './audit/claim.ts';
import { refused } from './audit/refused.ts';
import { runAudit } from './audit/run-audit.ts';
import { connectTenant } from './confluence/connect-tenant.ts';
import { FLEET } from './domain/act.ts';
import type { AuditResult } from './domain/audit-result.ts';
import { ruleCatalogue } from './domain/catalogue.ts';
import type { Rule } from './domain/rule.ts';
import { openExchange, openSignIn } from './exchange.ts';
import { loadRules } from './rules/load-rules.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './runtime/log.ts';
import { createActing } from './runtime/operator.ts';
import type { Progress } from './runtime/progress.ts';
import { createRandom } from './runtime/random.ts';
import { createBodyScans } from './scan/scan-body.ts';
import { recordAct } from './store/acts.ts';
import type { Store } from './store/db.ts';
import { openStore } from './store/open-store.ts';
import { readRegistrations, type Registration } from './store/registry.ts';
import { syncTenants, type TenantSettings as TenantRow } from './store/tenants.ts';

/** What the house is built on: the street's environment and the machine. */
export interface Ground {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly progress: Progress;
  /** Stops every night at its next step. */
  readonly signal: AbortSignal;
  /** When lists of what changed are worth their blind spots; small sites of tests have another measure. */
  readonly listing?: AuditDeps['listing'];
}

/** Tenants audited at the same time. Each keeps to its own site's pace, so this bounds memory, not rates. */
export const TENANTS_AT_ONCE = 4;

export interface Settings {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly config: ResolvedConfig;
}

/**
 * The rules and the settings that speak of them, with the tenants of the registry where they are given. Throws `config-invalid` with all
 * mistakes at once.
 */
export async function readSettings(
  ground: Pick<Ground, 'environment' | 'cwd'>,
  registered?: readonly RegisteredTenant[],
): Promise<Settings> {
  const read = await trySettings(ground, registered);
  if (Array.isArray(read)) throw invalidSettings(read);
  return read;
}

/** The same, with the mistakes as a list for whoever knows of more. */
export async function trySettings(
  ground: Pick<Ground, 'environment' | 'cwd'>,
  registered?: readonly RegisteredTenant[],
): Promise<Settings | Problem[]> {
  const rules = await loadRules();
  const catalogue = ruleCatalogue(rules.values());
  const loaded = loadConfig({ env: ground.environment, cwd: ground.cwd, catalogue, registered });
  return loaded.ok ? { rules, config: loaded.config } : [...loaded.problems];
}

/** The settings of the files before the database is open: mistakes are told at once, and what the registry may hold is not missed. */
export const readFileSettings = (ground: Pick<Ground, 'environment' | 'cwd'>): Promise<Settings> =>
  readSettings(ground, registryMayExist(ground) ? [] : undefined);

/** All settings: of the files and of the registry. Nothing at all is a mistake. */
export async function readAllSettings(ground: Pick<Ground, 'environment' | 'cwd'>, store: Store): Promise<Settings> {
  const registered = (await store.withFleet(readRegistrations)).map(asRegisteredTenant);
  return readSettings(ground, registered.length === 0 ? undefined : registered);
}

/** A row of the registry as the settings take it. */
export const asRegisteredTenant = ({ tenantId, settings }: Registration): RegisteredTenant => ({
  settings,
  place: `the tenant ${tenantId} of the registry`,
});

/** False where there is no database yet that could hold a registry. */
export function registryMayExist(ground: Pick<Ground, 'environment' | 'cwd'>): boolean {
  const read = readEnvironment(ground.environment);
  // Mistakes in the environment are told together with those in the files.
  if (!read.ok) return false;
  const { databaseUrl, dataDir } = read.environment;
  return databaseUrl !== null || existsSync(resolve(ground.cwd, dataDir));
}

/** The database that the environment names, prepared and proved; whoever's command changed its tables is on record. */
export async function openDatabase(
  ground: Pick<Ground, 'environment' | 'clock'>,
): Promise<Store & { readonly applied: readonly string[] }> {
  const { databaseUrl, databaseAdminUrl, dataDir } = environmentOf(ground);
  const store = await openStore(
    databaseUrl === null
      ? { dataDir }
      : { databaseUrl, ...(databaseAdminUrl === null ? {} : { adminUrl: databaseAdminUrl }) },
  );
  try {
    const { applied } = store;
    if (applied.length > 0) {
      const act = { action: 'migrate', detail: { applied: applied.join(', ') } } as const;
      await store.withTenant(FLEET, (tx) => recordAct(tx, createActing(ground.clock), act));
    }
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** What the environment says. Throws `config-invalid`. */
export function environmentOf(ground: Pick<Ground, 'environment'>): Environment {
  const read = readEnvironment(ground.environment);
  if (!read.ok) throw invalidSettings(read.problems);
  return read.environment;
}

/** The house: the database, the rules and the pacers that all nights of this process share. */
export interface House {
  readonly store: Store;
  /** Those that it was opened with. */
  readonly settings: Settings;
  /** Audits many tenants, a few at a time; what happens to one is in its result and touches no other. */
  audit(orders: readonly Order[]): Promise<readonly AuditResult[]>;
  /** Takes changed settings over: the registry follows the configuration. */
  register(settings: Settings): Promise<void>;
}

/** Reads all settings, opens the database that the environment names and composes the house over it; disposing closes both. */
export async function openHouse(ground: Ground): Promise<House & AsyncDisposable> {
  await readFileSettings(ground);
  const store = await openDatabase(ground);
  try {
    const house = await composeHouse(ground, await readAllSettings(ground, store), store);
    return { ...house, [Symbol.asyncDispose]: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Registers the tenants and composes everything over a store that is open; the only place where the rooms meet. */
export async function composeHouse(ground: Ground, { rules, config }: Settings, store: Store): Promise<House> {
  const { clock, log } = ground;
  const random = createRandom(clock);
  const register = async (settings: Settings): Promise<void> => {
    await syncTenants(store, tenantRows(settings));
    announce(log, settings);
  };
  await register({ rules, config });
  const signIn = openSignIn(ground, { config }, store);
  const exchange = openExchange(ground, { config }, signIn, store);
  const deps: AuditDeps = {
    store,
    rules,
    log,
    now: clock.now,
    newId: random.id,
    signal: ground.signal,
    owner: random.id(),
    scanFor: createBodyScans({ key: random.key() }),
    ...(ground.listing === undefined ? {} : { listing: ground.listing }),
    connect: (tenant, line) => connectTenant(exchange, tenant, line),
    progress: (tenant, unit, done, total) => ground.progress.step(tenant, { unit, done, total }),
  };
  const one = async (order: Order): Promise<AuditResult> => {
    const result = await runAudit(deps, order).catch((error: unknown) => refused(deps, order, error));
    ground.progress.finish(
      order.settings.id,
      result.reason === null ? result.outcome : `${result.outcome}: ${result.reason}`,
    );
    return result;
  };
  const atOnce = pLimit(TENANTS_AT_ONCE);
  return {
    store,
    settings: { rules, config },
    register,
    audit: (orders) => Promise.all(orders.map((order) => atOnce(() => one(order)))),
  };
}

/** One line for what is configured and has no effect yet, and one for each note. */
function announce(log: Log, { config, rules }: Settings): void {
  for (const note of config.notes) log.info('A note on the settings', { detail: note });
  const waiting = notYet(config, new Set(rules.keys()));
  if (waiting.length > 0) log.warn('Configured, but not yet of effect in this version', { detail: waiting.join('; ') });
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
