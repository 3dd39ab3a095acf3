import pLimit from 'p-limit';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { readCustomRules } from '../config/custom-rules.ts';
import { type ResolvedConfig, loadConfig } from '../config/load.ts';
import { notYet } from '../config/not-yet.ts';
import { invalidSettings } from '../config/problem.ts';
import type { TenantSettings } from '../config/settings.ts';
import type { AuditDeps, Order } from './audit/claim.ts';
import { refused } from './audit/refused.ts';
import { runAudit } from './audit/run-audit.ts';
import { type Tried, tryRule } from './audit/try-rule.ts';
import { connectTenant } from './confluence/connect-tenant.ts';
import type { AuditResult } from './domain/audit-result.ts';
import { ruleCatalogue } from './domain/catalogue.ts';
import type { PageRule, Rule } from './domain/rule.ts';
import { openExchange, openSignIn } from './exchange.ts';
import { loadRules } from './rules/load-rules.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './runtime/log.ts';
import type { Progress } from './runtime/progress.ts';
import { createRandom } from './runtime/random.ts';
import { createBodyScans } from './scan/scan-body.ts';
import type { Store } from './store/db.ts';
import { openStore } from './store/open-store.ts';
import { syncTenants } from './store/tenants.ts';

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
  /** Changes whenever a file of a rule does. */
  readonly rulesFingerprint: string;
}

/** The rules and the settings that speak of them. Throws `config-invalid` with all mistakes at once. */
export async function readSettings(ground: Pick<Ground, 'environment' | 'cwd'>): Promise<Settings> {
  const source = { env: ground.environment, cwd: ground.cwd };
  const custom = readCustomRules(source);
  const rules = new Map([...(await loadRules()), ...custom.rules.map((rule) => [rule.id, rule] as const)]);
  const loaded = loadConfig({ ...source, catalogue: ruleCatalogue(rules.values()) });
  const problems = [...custom.problems, ...(loaded.ok ? [] : loaded.problems)];
  if (!loaded.ok || problems.length > 0) throw invalidSettings(problems);
  return { rules, config: loaded.config, rulesFingerprint: custom.fingerprint };
}

/** The database that the environment names, prepared and proved. */
export function openDatabase(
  ground: Pick<Ground, 'environment'>,
): Promise<Store & { readonly applied: readonly string[] }> {
  const { databaseUrl, databaseAdminUrl, dataDir } = environmentOf(ground);
  if (databaseUrl === null) return openStore({ dataDir });
  return openStore({ databaseUrl, ...(databaseAdminUrl === null ? {} : { adminUrl: databaseAdminUrl }) });
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
  /** Audits many tenants, a few at a time; what happens to one is in its result and touches no other. */
  audit(orders: readonly Order[]): Promise<readonly AuditResult[]>;
  /** Takes changed settings over: the registry follows the configuration. */
  register(settings: Settings): Promise<void>;
  /** What a rule would find on a tenant's pages; nothing is stored. */
  tryRule(settings: TenantSettings, rule: PageRule): Promise<Tried>;
}

/** Opens the database that the environment names and composes the house over it; disposing closes both. */
export async function openHouse(ground: Ground, settings: Settings): Promise<House & AsyncDisposable> {
  const store = await openDatabase(ground);
  try {
    const house = await composeHouse(ground, settings, store);
    return { ...house, [Symbol.asyncDispose]: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** Registers the tenants and composes everything over a store that is open; the only place where the rooms meet. */
export async function composeHouse(ground: Ground, settings: Settings, store: Store): Promise<House> {
  const { clock, log } = ground;
  const random = createRandom(clock);
  const { config } = settings;
  let { rules } = settings;
  const register = async (latest: Settings): Promise<void> => {
    await syncTenants(store, latest.config.tenants.map(registered));
    rules = latest.rules;
    announce(log, latest);
  };
  await register(settings);
  const signIn = openSignIn(ground, { config }, store);
  const exchange = openExchange(ground, { config }, (tenant) => signIn.accessToken(tenant), store);
  const deps: AuditDeps = {
    store,
    // Those of the files as they are now.
    get rules() {
      return rules;
    },
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
    register,
    tryRule: (tenant, rule) => tryRule(deps, tenant, rule),
    audit: (orders) => Promise.all(orders.map((order) => atOnce(() => one(order)))),
  };
}

/** One line for what is configured and has no effect yet, and one for each note. */
function announce(log: Log, { config, rules }: Settings): void {
  for (const note of config.notes) log.info('A note on the settings', { detail: note });
  const waiting = notYet(config, new Set(rules.keys()));
  if (waiting.length > 0) log.warn('Configured, but not yet of effect in this version', { detail: waiting.join('; ') });
}

const registered = ({ id, site, enabled, tags, auth, schedule }: TenantSettings) => ({
  tenantId: id,
  site,
  enabled,
  tags,
  authType: auth.type,
  tokenExpiresAt: auth.expires === null ? null : `${auth.expires}T00:00:00Z`,
  cron: schedule.cron,
  timezone: schedule.timezone,
});
