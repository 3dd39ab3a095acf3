import pLimit from 'p-limit';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { type ResolvedConfig, loadConfig } from '../config/load.ts';
import { notYet } from '../config/not-yet.ts';
import { invalidSettings } from '../config/problem.ts';
import { readSecret } from '../config/secrets.ts';
import type { TenantSettings } from '../config/settings.ts';
import type { AuditDeps, Line, Order } from './audit/claim.ts';
import { refused } from './audit/refused.ts';
import { runAudit } from './audit/run-audit.ts';
import { createAuthorize } from './confluence/auth.ts';
import { type Confluence, createConfluence } from './confluence/client.ts';
import { createPacerRegistry } from './confluence/pacer.ts';
import type { AuditResult } from './domain/audit-result.ts';
import { ruleCatalogue } from './domain/catalogue.ts';
import type { Credential } from './domain/credential.ts';
import type { Rule } from './domain/rule.ts';
import { loadRules } from './rules/load-rules.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './runtime/log.ts';
import type { Progress } from './runtime/progress.ts';
import { createRandom } from './runtime/random.ts';
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
}

/** Tenants audited at the same time. Each keeps to its own site's pace, so this bounds memory, not rates. */
export const TENANTS_AT_ONCE = 4;

export interface Settings {
  readonly rules: ReadonlyMap<string, Rule>;
  readonly config: ResolvedConfig;
}

/** The rules and the settings that speak of them. Throws `config-invalid` with all mistakes at once. */
export async function readSettings(ground: Pick<Ground, 'environment' | 'cwd'>): Promise<Settings> {
  const rules = await loadRules();
  const loaded = loadConfig({ env: ground.environment, cwd: ground.cwd, catalogue: ruleCatalogue(rules.values()) });
  if (!loaded.ok) throw invalidSettings(loaded.problems);
  return { rules, config: loaded.config };
}

/** The database that the environment names, prepared and proved. */
export function openDatabase(
  ground: Pick<Ground, 'environment'>,
): Promise<Store & { readonly applied: readonly string[] }> {
  const { databaseUrl, databaseAdminUrl, dataDir } = readSurroundings(ground);
  if (databaseUrl === null) return openStore({ dataDir });
  return openStore({ databaseUrl, ...(databaseAdminUrl === null ? {} : { adminUrl: databaseAdminUrl }) });
}

/** What the environment says. Throws `config-invalid`. */
export function readSurroundings(ground: Pick<Ground, 'environment'>): Environment {
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
export async function composeHouse(ground: Ground, { rules, config }: Settings, store: Store): Promise<House> {
  const { clock, log } = ground;
  const base = { ground, folder: config.folder };
  const random = createRandom(clock);
  const register = async (settings: Settings): Promise<void> => {
    await syncTenants(store, settings.config.tenants.map(registered));
    announce(log, settings);
  };
  await register({ rules, config });
  const pacers = createPacerRegistry({ steadyNow: clock.monotonic, sleep: clock.sleep });
  const deps: AuditDeps = {
    store,
    rules,
    log,
    now: clock.now,
    newId: random.id,
    signal: ground.signal,
    owner: random.id(),
    connect: (tenant, line) => connect(base, { tenant, line, pacers, roll: random.roll }),
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
    audit: (orders) => Promise.all(orders.map((order) => atOnce(() => one(order)))),
  };
}

interface Base {
  readonly ground: Ground;
  /** Where relative paths of secrets start. */
  readonly folder: string;
}

interface Wiring {
  readonly tenant: TenantSettings;
  readonly line: Line;
  readonly pacers: ReturnType<typeof createPacerRegistry>;
  readonly roll: () => number;
}

/** A tenant's Confluence. The secret is read at the first request and stays in a closure. */
function connect(base: Base, { tenant, line, pacers, roll }: Wiring): Confluence {
  const { clock } = base.ground;
  const { limits, auth } = tenant;
  let authorize: Promise<() => Promise<string>> | null = null;
  return createConfluence({
    site: tenant.site,
    authorize: async () => {
      authorize ??= credentialOf(base, tenant).then(createAuthorize);
      return (await authorize)();
    },
    pacer: pacers.pacerFor({
      site: tenant.site,
      account: 'email' in auth ? auth.email : tenant.id,
      share: limits.share,
    }),
    budget: { requests: limits.requestsPerRun, until: new Date(clock.now().getTime() + limits.minutesPerRun * 60_000) },
    now: clock.now,
    random: roll,
    sleep: clock.sleep,
    maxConcurrency: limits.maxConcurrency,
    signal: line.signal,
    onCall: line.onCall,
  });
}

/** The tenant's credential with its secret, for as long as the connection lives. */
async function credentialOf({ ground, folder }: Base, { id, auth }: TenantSettings): Promise<Credential> {
  const place = { whose: `tenant ${id}`, env: ground.environment, folder };
  switch (auth.type) {
    case 'basic':
    case 'scoped':
      return { type: auth.type, email: auth.email, token: await readSecret(auth.token, place) };
    case 'bearer':
      return { type: 'bearer', token: await readSecret(auth.token, place) };
    case 'oauth':
    case 'client-credentials':
      return { type: auth.type, app: auth.app };
  }
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
