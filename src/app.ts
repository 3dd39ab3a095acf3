import pLimit from 'p-limit';
import { loadConfig, type ResolvedConfig } from '../config/load.ts';
import { type Environment, readEnvironment } from '../config/environment.ts';
import { readSecret } from '../config/secrets.ts';
import type { TenantSettings } from '../config/settings.ts';
import type { Order } from './audit/claim.ts';
import { runAudit } from './audit/run-audit.ts';
import { authorizationFor } from './confluence/auth.ts';
import { createConfluence } from './confluence/client.ts';
import { createPacerRegistry } from './confluence/pacer.ts';
import type { AuditResult } from './domain/audit-result.ts';
import { AuditError } from './domain/errors.ts';
import type { Rule } from './domain/rule.ts';
import { loadRules } from './rules/load-rules.ts';
import type { Clock } from './runtime/clock.ts';
import type { Log } from './runtime/log.ts';
import type { Progress } from './runtime/progress.ts';
import { createRandom } from './runtime/random.ts';
import type { Store } from './store/db.ts';
import { openStore } from './store/open-store.ts';
import { upsertTenants } from './store/tenants.ts';

/** What every command gets from the street and the house is built on. */
export interface Ground {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Tenants audited at the same time; each keeps to its own site's pace, so this bounds memory, not rates. */
const TENANTS_AT_ONCE = 4;

/** The settings of this installation with the rules they speak of. Throws `config-invalid` with all mistakes at once. */
export async function readSettings(ground: Pick<Ground, 'environment' | 'cwd'>): Promise<{ config: ResolvedConfig; rules: ReadonlyMap<string, Rule> }> {
  const rules = await loadRules();
  const loaded = await loadConfig({ env: ground.environment, cwd: ground.cwd, rules });
  if (!loaded.ok) {
    throw new AuditError('config-invalid', loaded.problems.map(({ where, message, hint }) => `${where}: ${message} ${hint}`).join('\n'));
  }
  return { config: loaded.config, rules };
}

/** The database that the environment names. */
export async function openDatabase(ground: Pick<Ground, 'environment' | 'cwd'>): Promise<Store> {
  const environment: Environment = readEnvironment(ground.environment, ground.cwd);
  return openStore(
    environment.databaseUrl === null
      ? { dataDir: environment.dataDir }
      : { databaseUrl: environment.databaseUrl, ...(environment.databaseAdminUrl === null ? {} : { adminUrl: environment.databaseAdminUrl }) },
  );
}

export interface House extends AsyncDisposable {
  readonly store: Store;
  /** Audits one tenant; what happens to it is in the result, not thrown. */
  audit(order: Order): Promise<AuditResult>;
  /** Audits many, a few at a time; one tenant's failure touches no other. */
  auditAll(orders: readonly Order[]): Promise<readonly AuditResult[]>;
}
