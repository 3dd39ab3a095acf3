import { sql } from './sql.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';

/** One call to Atlassian as the audit trail keeps it: whom it was made as, what for, and how it went; never what it said. */
export interface CallRow {
  readonly callId: string;
  readonly at: string;
  readonly method: string;
  readonly endpoint: string;
  /** Null where no answer came. */
  readonly status: number | null;
  readonly attempts: number;
  readonly waitedMs: number;
  readonly durationMs: number;
  readonly throttled: number;
  readonly points: number;
  readonly requestId: string | null;
}

/** Adds calls to the audit trail. */
export async function saveApiCalls(
  tx: TenantTx,
  run: RunClaim,
  accountId: string | null,
  calls: readonly CallRow[],
): Promise<void> {
  await tx.rows(sql`
    insert into api_call (tenant_id, at, call_id, run_id, method, endpoint, status, attempts, waited_ms, duration_ms, throttled, points,
      request_id, account_id)
    select ${tx.tenantId}, x.at, x."callId", ${run.runId}, x.method, x.endpoint, x.status, x.attempts, x."waitedMs", x."durationMs",
      x.throttled, x.points, x."requestId", ${accountId}
    from jsonb_to_recordset(${batch(calls.map((call) => ({ ...call, waitedMs: Math.round(call.waitedMs), durationMs: Math.round(call.durationMs) })))})
      as x("callId" text, at timestamptz, method text, endpoint text, status int, attempts int, "waitedMs" int, "durationMs" int,
        throttled int, points int, "requestId" text)`);
}

export interface CallTotals {
  /** Every attempt counts. */
  readonly requests: number;
  readonly throttled: number;
  readonly waitedMs: number;
  readonly points: number;
}

/** What a run has asked of Atlassian so far. */
export async function callTotals(tx: TenantTx, run: RunClaim): Promise<CallTotals> {
  const [totals] = await tx.rows<CallTotals>(sql`
    select coalesce(sum(attempts), 0)::int as requests, coalesce(sum(throttled), 0)::int as throttled, coalesce(sum(points), 0)::int as points,
      coalesce(sum(waited_ms), 0)::float8 as "waitedMs"
    from api_call where tenant_id = ${tx.tenantId} and run_id = ${run.runId}`);
  return totals ?? { requests: 0, throttled: 0, waitedMs: 0, points: 0 };
}
