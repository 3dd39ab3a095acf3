import { sql } from './sql.ts';
import type { Account } from '../domain/inventory.ts';
import { batch, list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** Saves people and apps, closed accounts without their name. Their rows are rewritten only where they changed or were last asked for over a day before. */
export async function upsertAccounts(tx: TenantTx, accounts: readonly Account[]): Promise<void> {
  await tx.rows(sql`
    insert into account (tenant_id, account_id, display_name, type, status, seen_at)
    select ${tx.tenantId}, x.id, case x.status when 'closed' then '' else x."displayName" end, x.type, x.status, ${tx.now}
    from jsonb_to_recordset(${batch(accounts)}) as x(id text, "displayName" text, type text, status text)
    on conflict (tenant_id, account_id) do update set display_name = excluded.display_name, type = excluded.type,
      status = excluded.status, seen_at = excluded.seen_at
    where (account.display_name, account.type, account.status)
      is distinct from (excluded.display_name, excluded.type, excluded.status)
      or account.seen_at < excluded.seen_at - interval '1 day'`);
}

/** Those among the ids that are not known, or were last asked for before `olderThan`. */
export async function missingAccounts(
  tx: TenantTx,
  { ids, olderThan }: { ids: readonly string[]; olderThan: Date },
): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct wanted.id from unnest(${list(ids)} collate "C") as wanted(id)
    where not exists (
      select 1 from account a
      where a.tenant_id = ${tx.tenantId} and a.account_id = wanted.id and a.seen_at >= ${olderThan}
    )
    order by wanted.id`);
  return rows.map(({ id }) => id);
}

/** Everybody that pages in the inventory and their spaces name: authors, owners, editors and readers. */
export async function namedAccounts(tx: TenantTx): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct named.id from page p
    left join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
    cross join lateral unnest(
      array[p.author_id, p.owner_id, p.version_author_id, s.owner_id, p.facts -> 'ownerProperty' ->> 'accountId']
        || p.read_users || p.update_users
    ) as named(id)
    where p.tenant_id = ${tx.tenantId} and p.gone_at is null and named.id is not null
    order by 1`);
  return rows.map(({ id }) => id);
}

/** Accounts by id; those that are not known are absent. */
export async function readAccounts(tx: TenantTx, ids: readonly string[]): Promise<Map<string, Account>> {
  const rows = await tx.rows<Account>(sql`
    select account_id as id, display_name as "displayName", type, status from account
    where tenant_id = ${tx.tenantId} and account_id = any(${list(ids)})`);
  return new Map(rows.map((account) => [account.id, account]));
}
