import { sql } from './sql.ts';
import { type Digest, withoutName } from '../domain/alert.ts';
import { storageText } from '../domain/owner-comment.ts';
import { keepDigest } from './alerts.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** Somebody whose name is stored. */
export interface NamedAccount {
  readonly accountId: string;
  /** When the name was last looked up. */
  readonly updatedAt: string;
  /** Not to be reported before; null for one who never was. */
  readonly dueAt: string | null;
}

/**
 * Whose names are stored, the account that audits included; apps have none of their own, and closed accounts have none any more. Who
 * stands in two places comes twice.
 */
export const namedPeople = (tx: TenantTx): Promise<NamedAccount[]> =>
  tx.rows<NamedAccount>(sql`
    select account_id as "accountId", seen_at as "updatedAt", report_due_at as "dueAt" from account
    where tenant_id = ${tx.tenantId} and display_name <> '' and type <> 'app'
    union all
    select account_id, updated_at, account_report_due_at from tenant
    where tenant_id = ${tx.tenantId} and account_id is not null and account_name <> ''
    order by 1`);

/** Remembers that these were reported, where they are known. */
export async function noteReported(tx: TenantTx, ids: readonly string[], dueAt: Date): Promise<void> {
  await tx.rows(sql`
    update account set report_due_at = ${dueAt} where tenant_id = ${tx.tenantId} and account_id = any(${list(ids)})`);
  await tx.rows(sql`
    update tenant set account_report_due_at = ${dueAt}
    where tenant_id = ${tx.tenantId} and account_id = any(${list(ids)})`);
}

/**
 * Takes a person's name out of everything that is stored of the tenant: of a closed account for good, of an updated one until an audit
 * looks it up again. `spelt` is how reasons of findings spell a name.
 */
export async function erasePerson(
  tx: TenantTx,
  { accountId, status }: { readonly accountId: string; readonly status: 'closed' | 'updated' },
  spelt: (name: string) => string,
): Promise<void> {
  const known = await tx.rows<{ name: string }>(sql`
    select display_name as name from account
    where tenant_id = ${tx.tenantId} and account_id = ${accountId} and display_name <> ''
    union
    select account_name from tenant
    where tenant_id = ${tx.tenantId} and account_id = ${accountId} and account_name <> ''`);
  for (const { name } of known) await eraseName(tx, name, spelt);
  await tx.rows(sql`
    update tenant set account_name = null where tenant_id = ${tx.tenantId} and account_id = ${accountId}`);
  await tx.rows(
    status === 'closed'
      ? sql`update account set display_name = '', status = 'closed' where tenant_id = ${tx.tenantId} and account_id = ${accountId}`
      : sql`delete from account where tenant_id = ${tx.tenantId} and account_id = ${accountId}`,
  );
}

/** Puts "somebody" in place of a name, also in what was found and written long ago and in alerts that are still to be sent. */
export async function eraseName(tx: TenantTx, name: string, spell: (name: string) => string): Promise<void> {
  const spelt = spell(name);
  for (const table of ['finding', 'unjudged', 'page_write']) {
    await tx.rows(sql`
      update ${sql.raw(table)} set reason = replace(reason, ${spelt}, 'somebody')
      where tenant_id = ${tx.tenantId} and position(${spelt} in reason) > 0`);
  }
  // Comments quote reasons, in the markup of the site.
  const inComment = storageText(spelt);
  await tx.rows(sql`
    update page_write set content = replace(content, ${inComment}, 'somebody')
    where tenant_id = ${tx.tenantId} and position(${inComment} in content) > 0`);
  const kept = await tx.rows<{ digest: Digest }>(sql`
    select digest from alert where tenant_id = ${tx.tenantId} and digest is not null for update`);
  for (const { digest } of kept) await keepDigest(tx, withoutName(digest, { name, spelt }));
}

/** Forgets whom no audit asked for in a month: whoever a page still names is looked up every week. */
export async function forgetAccounts(tx: TenantTx): Promise<number> {
  const gone = await tx.rows(sql`
    delete from account where tenant_id = ${tx.tenantId} and seen_at < ${tx.now} - interval '30 days' returning 1`);
  return gone.length;
}
