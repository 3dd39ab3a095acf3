import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';

interface PastNights {
  /** When the latest complete audit of all of the tenant ended. */
  readonly lastSuccess: string | null;
  /** From when on nights count: that, or the first run, but not before the settings of the tenant changed. */
  readonly since: string;
}

/** What the runs of a tenant say of its nights. */
export async function pastNights(tx: TenantTx): Promise<PastNights> {
  const [row] = await tx.rows<PastNights>(sql`
    select r.success as "lastSuccess", greatest(coalesce(r.success, r.first), t.updated_at) as since
    from tenant t left join lateral (
      select min(started_at) as first,
        max(finished_at) filter (where outcome = 'complete' and only_spaces is null) as success
      from run where tenant_id = t.tenant_id and job = 'audit'
    ) r on true
    where t.tenant_id = ${tx.tenantId}`);
  if (row === undefined) throw new Error(`There is no tenant ${tx.tenantId}.`);
  return row;
}

/** Milliseconds that the tenant's last audit took which came to its end or to a limit; null where there was none. */
export async function lastTook(tx: TenantTx): Promise<number | null> {
  const [row] = await tx.rows<{ ms: number }>(sql`
    select (extract(epoch from finished_at - started_at) * 1000)::float8 as ms from run
    where tenant_id = ${tx.tenantId} and job = 'audit' and outcome in ('complete', 'partial')
    order by started_at desc limit 1`);
  return row?.ms ?? null;
}
