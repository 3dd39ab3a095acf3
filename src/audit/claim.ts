import type { TenantSettings } from '../../config/settings.ts';
import type { ApiCall, Confluence } from '../confluence/client.ts';
import { AuditError } from '../domain/errors.ts';
import type { Need, Rule } from '../domain/rule.ts';
import type { Log } from '../runtime/log.ts';
import type { Store } from '../store/db.ts';
import { claimRun, heartbeat } from '../store/runs.ts';
import { provenAccount } from '../store/tenants.ts';
import type { Mode, Night } from './night.ts';

/** A dead worker's tenant is free again after this; three heartbeats may be missed before. */
export const LEASE_SECONDS = 45;
const HEARTBEAT_MS = 10_000;

/** What every night of this process shares. */
export interface AuditDeps {
  readonly store: Store;
  readonly rules: ReadonlyMap<string, Rule>;
  /** Names this process in leases. */
  readonly owner: string;
  readonly now: () => Date;
  readonly newId: () => string;
  readonly log: Log;
  /** Stops the night at its next step when it fires. */
  readonly signal: AbortSignal;
  readonly connect: (tenant: TenantSettings, line: Line) => Confluence;
  readonly progress: (tenantId: string, step: string, done: number) => void;
}

/** What a connection reports to and stops for. */
export interface Line {
  readonly signal: AbortSignal;
  readonly onCall: (call: ApiCall) => void;
  readonly accountId: string | null;
}

/** What is asked of one night. */
export interface Order {
  readonly settings: TenantSettings;
  readonly mode: Mode;
  readonly trigger: 'schedule' | 'manual' | 'demo';
  readonly full: boolean;
  readonly onlySpaces: readonly string[] | null;
}

/**
 * Opens a run under a lease, or takes over the run of a worker that died. Throws `lease-held` while another worker lives. A run that
 * an earlier one left unfinished at a limit goes on in the same pass, so nothing is walked twice.
 */
export async function claim(deps: AuditDeps, order: Order): Promise<Night> {
  const { settings } = order;
  const runId = deps.newId();
  const [claimed, accountId] = await deps.store.withTenant(settings.id, async (tx) => [
    await claimRun(tx, {
      tenantId: settings.id,
      runId,
      owner: deps.owner,
      leaseSeconds: LEASE_SECONDS,
      mode: order.mode,
      trigger: order.trigger,
      full: order.full,
      onlySpaces: order.onlySpaces,
      configHash: settings.hash,
    }),
    await provenAccount(tx, settings.id),
  ] as const);
  if (!claimed.claimed) {
    throw new AuditError('lease-held', `Tenant ${settings.id} is being audited by another worker until ${claimed.until}.`);
  }
  const { run } = claimed;
  const log = deps.log.child({ tenant: settings.id, run: run.runId });
  if (claimed.resumed) log.warn('Took over the run of a worker that stopped');

  const lost = new AbortController();
  const beat = setInterval(() => void keepLease(), HEARTBEAT_MS);
  beat.unref();
  const keepLease = async () => {
    const held = await deps.store.withTenant(settings.id, (tx) => heartbeat(tx, run, LEASE_SECONDS)).catch((error: unknown) => {
      // The lease outlives a few failed beats; writes check it themselves.
      log.warn('The lease could not be renewed', { error: error instanceof Error ? error.name : 'unknown' });
      return true;
    });
    if (!held) lost.abort(new AuditError('lease-lost', `Another worker took over the run of tenant ${settings.id}.`));
  };

  const calls: ApiCall[] = [];
  const rules = new Map([...deps.rules].filter(([id]) => anywhereOn(settings, id)));
  const confluence = deps.connect(settings, {
    signal: AbortSignal.any([deps.signal, lost.signal]),
    onCall: (call) => void calls.push(call),
    accountId,
  });
  return {
    settings,
    mode: order.mode,
    onlySpaces: order.onlySpaces,
    full: order.full,
    store: deps.store,
    confluence,
    run,
    accountId,
    rules,
    needs: new Set([...rules.values()].flatMap((rule): readonly Need[] => rule.needs)),
    now: deps.now,
    newId: deps.newId,
    log,
    progress: (step, done) => deps.progress(settings.id, step, done),
    calls,
    shortfalls: [],
    counts: {
      spaces: 0,
      pagesSeen: 0,
      pagesChanged: 0,
      findingsNew: { critical: 0, high: 0, medium: 0, low: 0, info: 0 },
      findingsResolved: 0,
      writesPlanned: 0,
      writesDeferred: 0,
      writesDone: 0,
    },
    close: async () => {
      clearInterval(beat);
      await confluence.close();
    },
  };
}

/** Whether a rule is on for the tenant or for some of its pages. */
const anywhereOn = (settings: TenantSettings, ruleId: string): boolean =>
  (settings.rules[ruleId] ?? null) !== null || settings.pageOverrides.some((override) => (override.rules[ruleId] ?? null) !== null);
