import pLimit from 'p-limit';
import { receiversOf } from '../config/receivers.ts';
import type { TenantSettings } from '../config/settings.ts';
import { type Delivered, deliverAlerts } from './alerts/deliver.ts';
import type { AuditDeps, Order } from './audit/claim.ts';
import { refused } from './audit/refused.ts';
import { runAudit } from './audit/run-audit.ts';
import { type ApplyOrder, runApply, runUndo, type UndoOrder, writesRefused } from './audit/run-writes.ts';
import { type Tried, tryRule } from './audit/try-rule.ts';
import { connectTenant } from './confluence/connect-tenant.ts';
import type { Wire } from './confluence/transport.ts';
import { openDatabase } from './database.ts';
import type { AuditResult } from './domain/audit-result.ts';
import type { PageRule } from './domain/rule.ts';
import type { WriteResult } from './domain/write-result.ts';
import { openExchange, openSignIn } from './exchange.ts';
import { openSend } from './messages.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './runtime/log.ts';
import type { Progress } from './runtime/progress.ts';
import { createRandom, type Random } from './runtime/random.ts';
import { createBodyScans } from './scan/scan-body.ts';
import type { Store } from './store/db.ts';
import { syncTenants } from './store/tenants.ts';
import { readAllSettings, readFileSettings, type Settings, tenantRows } from './settings.ts';

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
  /** The machine's chance unless said otherwise. */
  readonly random?: Random;
  /** How requests meet their answers; over the network unless said otherwise. */
  readonly wire?: Wire;
}

/** Tenants audited at the same time. Each keeps to its own site's pace, so this bounds memory, not rates. */
export const TENANTS_AT_ONCE = 4;

/** The house: the database, the rules and the pacers that all nights of this process share. */
export interface House {
  readonly store: Store;
  /** Those that it was opened with. */
  readonly settings: Settings;
  /** Audits many tenants, a few at a time; what happens to one is in its result and touches no other. */
  audit(orders: readonly Order[]): Promise<readonly AuditResult[]>;
  /** Carries out stored plans, a few tenants at a time. */
  apply(orders: readonly ApplyOrder[]): Promise<readonly WriteResult[]>;
  /** Takes back what a run did to its site. */
  undo(order: UndoOrder): Promise<WriteResult>;
  /** Sends the alerts that are due to their receivers. */
  deliverAlerts(): Promise<Delivered>;
  /** Takes changed settings over: the registry follows the configuration. */
  register(settings: Settings): Promise<void>;
  /** What a rule would find on a tenant's pages; nothing is stored. */
  tryRule(settings: TenantSettings, rule: PageRule): Promise<Tried>;
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
export async function composeHouse(ground: Ground, settings: Settings, store: Store): Promise<House> {
  const { clock, log } = ground;
  const random = ground.random ?? createRandom(clock);
  const { config } = settings;
  let { rules } = settings;
  let latestConfig = config;
  const register = async (latest: Settings): Promise<void> => {
    await syncTenants(store, tenantRows(latest));
    rules = latest.rules;
    latestConfig = latest.config;
    announce(log, latest);
  };
  await register(settings);
  const signIn = openSignIn(ground, { config }, store);
  const exchange = openExchange(ground, { config }, signIn, store);
  const deps: AuditDeps = {
    store,
    // Those of the files as they are now.
    get rules() {
      return rules;
    },
    log,
    now: clock.now,
    sleep: clock.sleep,
    monotonic: clock.monotonic,
    every: clock.every,
    breathe: clock.breathe,
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
  const messages = {
    store,
    log,
    now: clock.now,
    roll: random.roll,
    owner: deps.owner,
    signal: ground.signal,
    receivers: () => receiversOf(latestConfig.notify),
    send: openSend(ground, () => latestConfig),
  };
  const atOnce = pLimit(TENANTS_AT_ONCE);
  return {
    store,
    settings,
    register,
    deliverAlerts: () => deliverAlerts(messages),
    tryRule: (tenant, rule) => tryRule(deps, tenant, rule),
    audit: (orders) => Promise.all(orders.map((order) => atOnce(() => one(order)))),
    apply: (orders) =>
      Promise.all(
        orders.map((order) =>
          atOnce(() => runApply(deps, order).catch((error: unknown) => writesRefused(deps, order, error))),
        ),
      ),
    undo: (order) =>
      runUndo(deps, order).catch((error: unknown) => writesRefused(deps, { ...order, planId: null }, error)),
  };
}

/** One line for each note on the settings. */
function announce(log: Log, { config }: Settings): void {
  for (const note of config.notes) log.info('A note on the settings', { detail: note });
}
