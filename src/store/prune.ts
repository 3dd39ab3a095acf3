import { sql } from './sql.ts';
import { AuditError } from '../domain/errors.ts';
import type { TenantTx, Tx } from './db.ts';
import { sqlState } from './unreachable.ts';

/** How many days of each kind of history are kept; null keeps it for ever. */
export interface Retention {
  readonly trailDays: number;
  readonly findingDays: number | null;
}

/** A partition that is due: a month that lies wholly beyond its retention, or the default one with rows from then. */
export interface AgedPart {
  readonly part: string;
  readonly keepDays: number;
}

/** Rows of one transaction; whoever waits for the tenant waits for no more than that. */
const BATCH = 5_000;
// https://www.postgresql.org/docs/15/errcodes-appendix.html
const LOCK_TIMEOUT = '55P03';

/** What is due to be dropped, the oldest months first. Changes nothing. */
export const agedParts = (tx: Tx, { trailDays, findingDays }: Retention): Promise<AgedPart[]> =>
  tx.rows<AgedPart>(sql`
    select p.relname::text as part, k.days as "keepDays"
    from (values ('api_call', ${trailDays}::int), ('admin_act', ${trailDays}::int), ('finding_event', ${findingDays}::int)) as k(name, days)
      join pg_catalog.pg_inherits i on i.inhparent = to_regclass('audit.' || k.name)
      join pg_catalog.pg_class p on p.oid = i.inhrelid
    where k.days is not null and case
      -- What came while no month was prepared. Usually nothing, and only who drops it can look into it.
      when p.relname = k.name || '_rest' then pg_relation_size(p.oid) > 0
      else (to_date(right(p.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= now() - make_interval(days => k.days)
    end
    order by right(p.relname, 7), part`);

/**
 * Drops one month whole; of the default partition one batch of what is due. Returns the rows of that batch. Throws `database-busy`
 * where somebody else holds the table: waiting longer would let everybody else wait.
 */
export async function dropPart(tx: TenantTx, { part, keepDays }: AgedPart): Promise<number> {
  try {
    const [dropped] = await tx.rows<{ rows: string }>(sql`select audit.drop_history(${part}, ${keepDays}) as rows`);
    return Number(dropped?.rows ?? 0);
  } catch (error) {
    if (sqlState(error) !== LOCK_TIMEOUT) throw error;
    throw new AuditError('database-busy', `${part} could not be locked within five seconds.`);
  }
}

/**
 * Deletes one batch of the checkpoints of runs that ended, which nothing goes on from after two days; returns how many. The last run
 * of a tenant drops those of the ones before it, so this is for tenants that are audited no more.
 */
export async function pruneSteps(tx: TenantTx): Promise<number> {
  const gone = await tx.rows(sql`
    delete from walk_step where (tenant_id, run_id, walk, step) in (
      select s.tenant_id, s.run_id, s.walk, s.step from walk_step s
        join run r on r.tenant_id = s.tenant_id and r.run_id = s.run_id
      where s.tenant_id = ${tx.tenantId} and r.finished_at < ${tx.now} - interval '2 days'
      limit ${BATCH})
    returning 1`);
  return gone.length;
}

/** Deletes one batch of writes that a later plan took the place of and that were never tried; returns how many. */
export async function pruneSuperseded(tx: TenantTx, days: number): Promise<number> {
  const gone = await tx.rows(sql`
    delete from page_write where (tenant_id, write_id) in (
      select tenant_id, write_id from page_write
      where tenant_id = ${tx.tenantId} and state = 'superseded' and attempts = 0
        and planned_at < ${tx.now} - make_interval(days => ${days})
      limit ${BATCH})
    returning 1`);
  return gone.length;
}

/** Deletes one batch of the plans of that age of which no write is left; returns how many. */
export async function pruneEmptyPlans(tx: TenantTx, days: number): Promise<number> {
  const gone = await tx.rows(sql`
    delete from plan where (tenant_id, plan_id) in (
      select p.tenant_id, p.plan_id from plan p
      where p.tenant_id = ${tx.tenantId} and p.created_at < ${tx.now} - make_interval(days => ${days})
        and not exists (select 1 from page_write w where w.tenant_id = p.tenant_id and w.plan_id = p.plan_id)
      limit ${BATCH})
    returning 1`);
  return gone.length;
}

/** Deletes one batch of the alerts of that age that were delivered or given up; returns how many. */
export async function pruneAlerts(tx: TenantTx, days: number): Promise<number> {
  const gone = await tx.rows(sql`
    delete from alert where (tenant_id, alert_id) in (
      select tenant_id, alert_id from alert
      where tenant_id = ${tx.tenantId} and state <> 'waiting' and settled_at < ${tx.now} - make_interval(days => ${days})
      limit ${BATCH})
    returning 1`);
  return gone.length;
}

/** Deletes one batch of a tenant's points of hours that are over, which no quota looks at any more; returns how many. */
export async function prunePoints(tx: TenantTx): Promise<number> {
  const gone = await tx.rows(sql`
    delete from app_points where (tenant_id, app_id, hour) in (
      select tenant_id, app_id, hour from app_points
      where tenant_id = ${tx.tenantId} and hour < ${tx.now} - interval '2 days'
      limit ${BATCH})
    returning 1`);
  return gone.length;
}

/** Deletes one batch of the apps' hours that are over, unless an app is still shut from one; returns how many. */
export async function pruneHours(tx: Tx): Promise<number> {
  const gone = await tx.rows(sql`
    delete from fleet.app_hour where (app_id, hour) in (
      select app_id, hour from fleet.app_hour
      where hour < ${tx.now} - interval '2 days' and coalesce(closed_until, hour) < ${tx.now}
      limit ${BATCH})
    returning 1`);
  return gone.length;
}

/** Deletes one batch of paces that nobody has used for a month: a limit so old is found anew; returns how many. */
export async function prunePaces(tx: Tx): Promise<number> {
  const gone = await tx.rows(sql`
    delete from fleet.pace where pace_key in (
      select pace_key from fleet.pace where updated_at < ${tx.now} - interval '30 days' limit ${BATCH})
    returning 1`);
  return gone.length;
}
