import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';

export interface PermissionQuestion {
  readonly pageId: string;
  readonly operation: 'read' | 'update';
  readonly subject: { readonly type: 'group' | 'user'; readonly id: string };
  /** Changes whenever a restriction list on the way to the root does. */
  readonly restrictionHash: string;
}

/** What Confluence answered last time, while the restrictions are still the same; else null. */
export async function rememberedAnswer(tx: TenantTx, ask: PermissionQuestion): Promise<'allowed' | 'denied' | null> {
  const [row] = await tx.rows<{ answer: boolean }>(sql`
    select answer from permission_check
    where tenant_id = ${tx.tenantId} and page_id = ${ask.pageId} and subject_type = ${ask.subject.type}
      and subject_id = ${ask.subject.id} and operation = ${ask.operation} and restriction_hash = ${ask.restrictionHash}`);
  if (row === undefined) return null;
  return row.answer ? 'allowed' : 'denied';
}

/** Keeps an answer until the restrictions change. */
export const rememberAnswer = (tx: TenantTx, ask: PermissionQuestion, answer: 'allowed' | 'denied') =>
  tx.rows(sql`
    insert into permission_check (tenant_id, page_id, subject_type, subject_id, operation, restriction_hash, answer, at)
    values (${tx.tenantId}, ${ask.pageId}, ${ask.subject.type}, ${ask.subject.id}, ${ask.operation}, ${ask.restrictionHash},
      ${answer === 'allowed'}, ${tx.now})
    on conflict (tenant_id, page_id, subject_type, subject_id, operation)
      do update set restriction_hash = excluded.restriction_hash, answer = excluded.answer, at = excluded.at`);
