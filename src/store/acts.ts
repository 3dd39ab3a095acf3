import { sql } from './sql.ts';
import { type Act, type Acting, FLEET } from '../domain/act.ts';
import { batch } from './batch.ts';
import type { TenantTx, Tx } from './db.ts';

/**
 * Adds an administrative act to the audit trail of the transaction's tenant, or of the installation where that is `FLEET`. In the
 * transaction of the deed itself neither is there without the other.
 */
export async function recordAct(tx: TenantTx, { actor, newId }: Acting, act: Act): Promise<void> {
  const row = { id: newId(), actor, subject: null, reason: null, detail: {}, ...act };
  await tx.rows(sql`
    insert into admin_act (tenant_id, at, act_id, actor, action, subject, reason, detail)
    select ${tx.tenantId}, ${tx.now}, x.id, x.actor, x.action, x.subject, x.reason, x.detail
    from jsonb_to_recordset(${batch([row])})
      as x(id text, actor text, action text, subject text, reason text, detail jsonb)`);
}

/** Every tenant of which an act is on record, removed ones too: what people did with them outlives them. */
export async function tenantsOnRecord(tx: Tx): Promise<readonly string[]> {
  const rows = await tx.rows<{ tenantId: string }>(sql`
    select distinct tenant_id as "tenantId" from admin_act where tenant_id <> ${FLEET}`);
  return rows.map(({ tenantId }) => tenantId);
}
