import { inBulk } from './bulk.ts';
import { type SQL, sql } from './sql.ts';
import type { TenantTx } from './db.ts';

/**
 * Counts anew what the reports of fleets show of the tenant, so that nobody has to read its findings, pages and calls for it. Every change
 * of a finding, and every call, is followed by this in the same transaction or by the end of its run. Only rows that differ are written.
 */
export async function recount(tx: TenantTx): Promise<void> {
  // Whoever counts later sees what was counted before: two at a time would each miss what the other knows.
  const [counted] = await tx.rows<{ since: string }>(sql`
    select coalesce(date_trunc('day', counted_at, 'UTC') - ${CLOCK_SLACK}, '-infinity') as since
    from tenant where tenant_id = ${tx.tenantId} for no key update`);
  if (counted === undefined) return;
  const { since } = counted;
  await inBulk(tx, async () => {
    for (const each of [SPACES, DAYS, usageSince(since)]) await replace(tx, each);
  });
  await tx.rows(sql`update tenant set counted_at = audit.moment() where tenant_id = ${tx.tenantId}`);
}

/** Lets the reports count the rows of the tenant until a run has counted them again. */
export async function forgetCounts(tx: TenantTx): Promise<void> {
  for (const table of ['space_count', 'finding_day', 'usage_day'])
    await tx.rows(sql`delete from ${sql.identifier(table)} where tenant_id = ${tx.tenantId}`);
  await tx.rows(sql`update tenant set counted_at = null where tenant_id = ${tx.tenantId}`);
}

/** A clock may be set back; and the calls of a worker that died are older than the run that went on. */
const CLOCK_SLACK = sql.raw(`interval '7 days'`);

interface Count {
  readonly table: string;
  /** The function that says what the table ought to hold. */
  readonly from: string;
  readonly since?: string;
  readonly key: readonly string[];
  readonly values: readonly string[];
}

const SPACES: Count = {
  table: 'space_count',
  from: 'count_spaces',
  key: ['space_key'],
  values: ['pages', 'runbooks', 'healthy', 'runbooks_then', 'healthy_then'],
};
// All of them each time: with the severity of a finding its past changes as well.
const DAYS: Count = {
  table: 'finding_day',
  from: 'count_days',
  key: ['day', 'severity'],
  values: ['open', 'opened', 'resolved'],
};
// Calls are only ever added, and there are many of them.
const usageSince = (since: string): Count => ({
  table: 'usage_day',
  from: 'count_usage',
  since,
  key: ['day'],
  values: ['requests', 'throttled', 'points', 'busiest_minute', 'estimated_rate'],
});

/** Makes the rows of the tenant what the function says. */
function replace(tx: TenantTx, { table, from, since, key, values }: Count): Promise<unknown> {
  const asked = since === undefined ? sql`${tx.tenantId}` : sql`${tx.tenantId}, ${since}::timestamptz`;
  const name = sql.identifier(table);
  return tx.rows(sql`
    with counted as materialized (select * from ${sql.identifier(from)}(${asked})), gone as (
      delete from ${name} k where k.tenant_id = ${tx.tenantId} and ${since === undefined ? sql`true` : isOver(tx, since)}
        and not exists (select 1 from counted c where (${columns(key, 'c.')}) = (${columns(key, 'k.')}))
    )
    insert into ${name} as k (tenant_id, ${columns([...key, ...values])})
    select ${tx.tenantId}, ${columns([...key, ...values])} from counted
    on conflict (tenant_id, ${columns(key)}) do update set (${columns(values)}) = row(${columns(values, 'excluded.')})
    where (${columns(values, 'k.')}) is distinct from (${columns(values, 'excluded.')})`);
}

const columns = (names: readonly string[], of = ''): SQL => sql.raw(names.map((name) => `${of}${name}`).join(', '));

/** Days that were counted again, and those of calls that are kept no more. */
const isOver = (tx: TenantTx, since: string): SQL => sql`(
  k.day >= (${since}::timestamptz at time zone 'UTC')::date
  or k.day < coalesce((select (min(a.at) at time zone 'UTC')::date from api_call a where a.tenant_id = ${tx.tenantId}), 'infinity'))`;
