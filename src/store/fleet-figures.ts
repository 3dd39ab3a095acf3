import { sql } from './sql.ts';
import type { Tx } from './db.ts';

/** What an operator of many tenants watches, as the database knows it now: any process that asks gets the same. */
export interface FleetFigures {
  /** The moment of the database. */
  readonly at: string;
  /** Those that are enabled. */
  readonly tenants: readonly TenantFigures[];
  /** Runs that began within the last 24 hours and have ended. */
  readonly runs: readonly RunFigures[];
  /** Runs under a lease that holds, and those that nobody has taken over yet. */
  readonly underway: number;
  readonly orphaned: number;
  /** Takeovers of runs that began within the last 24 hours. */
  readonly takeovers: number;
}

export interface TenantFigures {
  readonly tenantId: string;
  readonly tokenExpiresAt: string | null;
  /** When the latest complete audit of all of the tenant ended. */
  readonly lastSuccess: string | null;
  /** From when on nights count, as `pastNights` has it. */
  readonly since: string;
}

interface RunFigures {
  readonly outcome: string;
  readonly reason: string | null;
  readonly count: number;
}

/** Reads a few index entries of each tenant, however long its history; gives up after a few seconds. */
export async function readFleetFigures(tx: Tx): Promise<FleetFigures> {
  await tx.rows(sql`select set_config('statement_timeout', '4s', true)`);
  // The latest by its beginning, so that the index finds it; of one tenant no two runs overlap.
  const tenants = await tx.rows<TenantFigures>(sql`
    select t.tenant_id as "tenantId", t.token_expires_at as "tokenExpiresAt", good.at as "lastSuccess",
      greatest(coalesce(good.at, (select min(started_at) from run where tenant_id = t.tenant_id and job = 'audit')), t.updated_at) as since
    from tenant t left join lateral (
      select finished_at as at from run
      where tenant_id = t.tenant_id and job = 'audit' and outcome = 'complete' and only_spaces is null
      order by started_at desc limit 1
    ) good on true
    where t.enabled order by t.tenant_id`);
  const runs = await tx.rows<RunFigures & { takeovers: number }>(sql`
    select r.outcome, r.reason, count(*)::int as count, sum(r.fence - 1)::int as takeovers
    from tenant t join run r on r.tenant_id = t.tenant_id and r.job = 'audit' and r.started_at > ${tx.now} - interval '24 hours'
    group by 1, 2 order by 1, 2`);
  const [open] = await tx.rows<{ at: string; underway: number; orphaned: number }>(sql`
    select ${tx.now} as at, count(*) filter (where lease_until > ${tx.now})::int as underway,
      count(*) filter (where lease_until <= ${tx.now})::int as orphaned
    from run where outcome is null`);
  if (open === undefined) throw new Error('An aggregate has one row.');
  return {
    ...open,
    tenants,
    runs: runs.filter(({ outcome }) => outcome !== null),
    takeovers: runs.reduce((sum, { takeovers }) => sum + takeovers, 0),
  };
}
