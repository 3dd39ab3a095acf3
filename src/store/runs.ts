import { type SQL, sql } from './sql.ts';
import { AuditError } from '../domain/errors.ts';
import type { Outcome, Reason } from '../domain/outcome.ts';
import { recount } from './counts.ts';
import type { TenantTx } from './db.ts';

/** What a worker holds while it audits. Every transaction that writes for a run begins or ends with `assertFence`. */
export interface RunClaim {
  readonly runId: string;
  readonly owner: string;
  /** Rises with every takeover, so that a worker which slept through its lease cannot write any more. */
  readonly fence: number;
}

export type Job = 'audit' | 'apply' | 'undo';

export interface RunRequest {
  readonly runId: string;
  /** Names one process for one claim; a restarted process is another owner. */
  readonly owner: string;
  /** An audit walks; the others carry out a plan, or take back what a run did. */
  readonly job: Job;
  readonly mode: 'audit' | 'plan' | 'apply';
  readonly trigger: 'schedule' | 'manual' | 'demo';
  readonly full: boolean;
  /** Space keys; null for all in scope. */
  readonly onlySpaces: readonly string[] | null;
  readonly planId: string | null;
  readonly configHash: string;
}

export interface RunCounters {
  readonly spaces: number;
  readonly pagesSeen: number;
  readonly pagesChanged: number;
  readonly requests: number;
  readonly estimatedRequests: number | null;
  readonly throttled: number;
  readonly waitedMs: number;
  readonly points: number;
  readonly findingsNew: number;
  readonly findingsResolved: number;
  readonly writesWanted: number | null;
  readonly writesPlanned: number;
  readonly writesDone: number;
  /** Requests a second that the pacer believes the site to allow. */
  readonly estimatedRate: number | null;
}

export interface Run extends RunClaim, RunRequest, RunCounters {
  readonly startedAt: string;
}

export type Claimed =
  /**
   * `resumed`: the unfinished run of a worker whose lease ended. It keeps its id, scope, counters and checkpoint; of the two modes it
   * has the one that does less.
   */
  | { readonly claimed: true; readonly run: Run; readonly resumed: boolean }
  /** Another worker's lease holds until then. */
  | { readonly claimed: false; readonly until: string };

const columns =
  sql.raw(`run_id as "runId", lease_owner as owner, fence, job, mode, trigger, "full", plan_id as "planId",
  only_spaces as "onlySpaces", config_hash as "configHash", started_at as "startedAt", spaces, requests, throttled, points,
  estimated_requests as "estimatedRequests",
  pages_seen as "pagesSeen", pages_changed as "pagesChanged", waited_ms::float8 as "waitedMs",
  findings_new as "findingsNew", findings_resolved as "findingsResolved", writes_wanted as "writesWanted", writes_planned as "writesPlanned",
  writes_done as "writesDone", estimated_rate as "estimatedRate"`);

/**
 * Begins a run of the tenant, or takes over its unfinished one if the lease has ended. One statement decides. Only an audit goes on where
 * an audit stopped: what carries out a plan goes by the ledger, so its run is closed and another one begins.
 */
export async function claimRun(tx: TenantTx, wanted: RunRequest & { leaseSeconds: number }): Promise<Claimed> {
  await tx.rows(sql`
    update run set outcome = 'partial', reason = 'interrupted', detail = 'Its worker stopped.', finished_at = ${tx.now}
    where tenant_id = ${tx.tenantId} and outcome is null and lease_until <= ${tx.now} and not (job = 'audit' and ${wanted.job} = 'audit')`);
  const onlySpaces = wanted.onlySpaces && JSON.stringify(wanted.onlySpaces);
  const [run] = await tx.rows<Run>(sql`
    insert into run (tenant_id, run_id, job, mode, trigger, "full", only_spaces, plan_id, config_hash, started_at,
      lease_owner, lease_until)
    values (${tx.tenantId}, ${wanted.runId}, ${wanted.job}, ${wanted.mode}, ${wanted.trigger}, ${wanted.full}, ${onlySpaces}::jsonb,
      ${wanted.planId}, ${wanted.configHash}, ${tx.now}, ${wanted.owner}, ${leaseEnd(tx, wanted.leaseSeconds)})
    on conflict (tenant_id) where outcome is null do update
      set lease_owner = excluded.lease_owner, lease_until = excluded.lease_until, fence = run.fence + 1,
        -- Whoever takes over asked for no more than this.
        mode = case
          when 'audit' in (run.mode, excluded.mode) then 'audit' when 'plan' in (run.mode, excluded.mode) then 'plan' else run.mode
        end
      where run.lease_until <= ${tx.now}
    returning ${columns}`);
  if (run) return { claimed: true, run, resumed: run.runId !== wanted.runId };
  const until = await leaseEndOf(tx);
  // It may have finished between the two statements: then it is free already.
  return { claimed: false, until: until ?? '1970-01-01T00:00:00Z' };
}

/** When the lease of the tenant's unfinished run ends; null where none is unfinished. */
export async function leaseEndOf(tx: TenantTx): Promise<string | null> {
  const [held] = await tx.rows<{ until: string }>(
    sql`select lease_until as until from run where tenant_id = ${tx.tenantId} and outcome is null`,
  );
  return held?.until ?? null;
}

/**
 * Throws `lease-lost` unless the run is still this worker's, and keeps it so until the transaction ends: a takeover (and
 * this run's other writers) wait for it. The first statement of every transaction that writes for a run, or the last one.
 */
export async function assertFence(tx: TenantTx, run: RunClaim): Promise<void> {
  const held = await tx.rows(sql`select 1 from run where ${isHeldBy(tx, run)} for no key update`);
  if (held.length === 0) throw lost(tx, run);
}

/** Prolongs the lease and saves how far the run is; false where another worker has taken the run over. */
export async function heartbeat(
  tx: TenantTx,
  run: RunClaim,
  { leaseSeconds, counters = {} }: { leaseSeconds: number; counters?: Partial<RunCounters> },
): Promise<boolean> {
  const held = await tx.rows(sql`
    update run set lease_until = ${leaseEnd(tx, leaseSeconds)}, ${setCounters(counters)}
    where ${isHeldBy(tx, run)} returning 1`);
  return held.length === 1;
}

/** Ends the run and counts what reports show of the tenant. Throws `lease-lost` where it is not this worker's any more. */
export async function finishRun(
  tx: TenantTx,
  run: RunClaim,
  end: { outcome: Outcome; reason: Reason | null; detail: string | null; counters: Partial<RunCounters> },
): Promise<void> {
  const held = await tx.rows(sql`
    update run set outcome = ${end.outcome}, reason = ${end.reason}, detail = ${end.detail}, finished_at = ${tx.now},
      lease_until = ${tx.now}, ${setCounters(end.counters)}
    where ${isHeldBy(tx, run)} returning 1`);
  if (held.length === 0) throw lost(tx, run);
  await recount(tx);
}

const isHeldBy = (tx: TenantTx, { runId, owner, fence }: RunClaim): SQL =>
  sql`tenant_id = ${tx.tenantId} and run_id = ${runId} and lease_owner = ${owner} and fence = ${fence} and outcome is null`;

const leaseEnd = (tx: TenantTx, seconds: number): SQL => sql`${tx.now} + make_interval(secs => ${seconds}::float8)`;

/** A counter that is not given keeps its value. */
function setCounters(counters: Partial<RunCounters>): SQL {
  return sql.join(
    [
      keepOr('spaces', counters.spaces),
      keepOr('pages_seen', counters.pagesSeen),
      keepOr('pages_changed', counters.pagesChanged),
      keepOr('requests', counters.requests),
      keepOr('estimated_requests', counters.estimatedRequests),
      keepOr('throttled', counters.throttled),
      keepOr('waited_ms', counters.waitedMs && Math.round(counters.waitedMs)),
      keepOr('points', counters.points),
      keepOr('findings_new', counters.findingsNew),
      keepOr('findings_resolved', counters.findingsResolved),
      keepOr('writes_wanted', counters.writesWanted),
      keepOr('writes_planned', counters.writesPlanned),
      keepOr('writes_done', counters.writesDone),
      keepOr('estimated_rate', counters.estimatedRate),
    ],
    sql`, `,
  );
}

const keepOr = (column: string, value: number | null | undefined): SQL =>
  sql`${sql.identifier(column)} = coalesce(${value ?? null}, ${sql.identifier(column)})`;

const lost = (tx: TenantTx, { runId }: RunClaim): AuditError =>
  new AuditError('lease-lost', `The run ${runId} is not this worker's any more.`, {
    fields: { tenant: tx.tenantId, run: runId },
  });
