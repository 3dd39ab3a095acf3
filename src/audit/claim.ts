import type { TenantSettings } from '../../config/settings.ts';
import type { Confluence } from '../confluence/client.ts';
import type { MayAsk } from '../confluence/may-ask.ts';
import type { ApiCall } from '../confluence/request.ts';
import { AuditError } from '../domain/errors.ts';
import { FACTS_VERSION } from '../domain/body-facts.ts';
import { createProbes, factsVersionWith } from '../domain/probes.ts';
import type { Rule } from '../domain/rule.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Log } from '../runtime/log.ts';
import type { BodyScan } from '../scan/scan-body.ts';
import type { Store } from '../store/db.ts';
import type { CallRow } from '../store/api-calls.ts';
import { claimRun, type Job } from '../store/runs.ts';
import { carryWalk } from '../store/carry-walk.ts';
import { isEnabled, readTenants } from '../store/tenants.ts';
import { keepLease, LEASE_SECONDS } from './keep-lease.ts';
import { neededBy } from './needed-by.ts';
import type { Mode, Night } from './night.ts';
import { hashOf } from './settings-hash.ts';
import { disabled, watchSwitch } from './watch-switch.ts';

/** What every night of this process shares. */
export interface AuditDeps {
  readonly store: Store;
  readonly rules: ReadonlyMap<string, Rule>;
  /** Names this process in leases. */
  readonly owner: string;
  readonly now: () => Date;
  readonly sleep: Clock['sleep'];
  readonly monotonic: () => number;
  readonly every: Clock['every'];
  readonly breathe: Clock['breathe'];
  readonly newId: () => string;
  readonly log: Log;
  /** Stops the night at its next step when it fires. */
  readonly signal: AbortSignal;
  /** A tenant's search for secrets; equal secrets of different tenants have different hashes. */
  readonly scanFor: (tenantId: string) => BodyScan;
  readonly listing?: Night['listing'];
  readonly connect: (tenant: TenantSettings, line: Line) => Confluence;
  readonly progress: (tenantId: string, step: string, done: number, total: number | null) => void;
}

/** What a connection reports to and stops for. */
interface Line {
  readonly signal: AbortSignal;
  readonly onCall: (call: ApiCall) => void;
  /** Of the site, when it was last looked up. */
  readonly cloudId: string | null;
  /** Asked before each request. */
  readonly mayAsk: MayAsk | undefined;
}

/** What is asked of one night. */
export interface Order {
  readonly settings: TenantSettings;
  readonly mode: Mode;
  readonly trigger: 'schedule' | 'manual' | 'demo';
  readonly full: boolean;
  readonly onlySpaces: readonly string[] | null;
  /** Why the breaker is not to be followed this time. */
  readonly overrideBreaker?: string;
  /** An audit unless this says otherwise; the plan that is carried out, where there is one already. */
  readonly job?: Job;
  readonly planId?: string;
}

/**
 * Opens a run under a lease, or takes over the run of a worker that died. Throws `lease-held` while another worker lives, and
 * `tenant-disabled`. A run that
 * an earlier one left unfinished at a limit goes on in the same pass, so nothing is walked twice.
 */
export async function claim(deps: AuditDeps, order: Order): Promise<Night> {
  const { settings } = order;
  const tenantId = settings.id;
  const runId = deps.newId();
  const { claimed, carried, accountId, cloudId } = await deps.store.withTenant(tenantId, async (tx) => {
    const { mode, trigger, full, onlySpaces } = order;
    if (!(await isEnabled(tx))) throw disabled(tenantId);
    const opened = await claimRun(tx, {
      runId,
      job: order.job ?? 'audit',
      mode,
      trigger,
      full,
      onlySpaces,
      planId: order.planId ?? null,
      owner: deps.owner,
      leaseSeconds: LEASE_SECONDS,
      configHash: hashOf(settings, neededBy(settings, deps.rules).rules),
    });
    const [tenant] = await readTenants(tx);
    return {
      claimed: opened,
      carried: opened.claimed && opened.run.job === 'audit' && !opened.resumed && (await carryWalk(tx, opened.run)),
      accountId: tenant?.accountId ?? null,
      cloudId: tenant?.cloudId ?? null,
    };
  });
  if (!claimed.claimed)
    throw new AuditError(
      'lease-held',
      `Tenant ${tenantId} is being worked on by another process until ${claimed.until}.`,
    );
  const { run } = claimed;
  const log = deps.log.child({ tenant: settings.id, run: run.runId });
  if (claimed.resumed) log.warn('Took over the run of a worker that stopped');
  if (carried) log.info('Goes on where the run before stopped');

  const onOff = watchSwitch(deps.store, tenantId);
  const lease = keepLease({ ...deps, tenantId, run, log, beside: onOff.look });
  const mayAsk: MayAsk = async (about) => {
    await onOff.mayAsk(about);
    // A process that stood still may wake up right here, with its tenant in other hands.
    if (about.write) await lease.assertHeld();
  };

  const calls: CallRow[] = [];
  const signal = AbortSignal.any([deps.signal, lease.signal, onOff.signal]);
  const { rules, needs } = neededBy(settings, deps.rules);
  const confluence = deps.connect(settings, {
    signal,
    onCall: (call) => void calls.push({ ...call, callId: deps.newId(), at: call.at.toISOString() }),
    cloudId,
    mayAsk,
  });
  return {
    settings,
    mode: run.mode,
    onlySpaces: run.onlySpaces,
    full: run.full,
    overrideBreaker: order.overrideBreaker ?? null,
    scheduled: order.trigger === 'schedule',
    store: deps.store,
    confluence,
    listing: deps.listing ?? {},
    scanBody: deps.scanFor(settings.id),
    signal,
    run,
    accountId,
    rules,
    coverageRule: deps.rules.get('coverage-dropped') ?? null,
    ...askedOfBodies(rules),
    needs,
    now: deps.now,
    sleep: deps.sleep,
    breathe: deps.breathe,
    newId: deps.newId,
    log,
    progress: (step, done, total) => deps.progress(settings.id, step, done, total ?? null),
    calls,
    shortfalls: [],
    held: { reason: null, refusal: null },
    degraded: new Map(),
    doubtful: new Set(),
    counts: {
      planId: null,
      estimate: null,
      spaces: 0,
      pagesSeen: 0,
      pagesChanged: 0,
      writesWanted: null,
      writesPlanned: 0,
      writesDeferred: 0,
      mutesUnused: null,
    },
    close: async () => {
      lease.stop();
      await confluence.close();
    },
  };
}

/** Without probes the facts are those that are always drawn. */
function askedOfBodies(rules: ReadonlyMap<string, Rule>): Pick<Night, 'probes' | 'factsVersion'> {
  const asked = [...rules.values()].flatMap(({ probes }) => probes ?? []);
  const probes = asked.length === 0 ? null : createProbes(asked);
  return { probes, factsVersion: factsVersionWith(FACTS_VERSION, asked) };
}
