import { sql } from './sql.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';
import { seenPages } from './seen-pages.ts';

/** Of these pages those that the audit does not see: unknown, gone, or in a space that is not audited. */
export async function unseenPages(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  pageIds: readonly string[],
): Promise<string[]> {
  if (pageIds.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    select wanted.id from unnest(${list(pageIds)}) as wanted(id)
    where not exists (
      select 1 from page p join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
      where p.tenant_id = ${tx.tenantId} and p.page_id = wanted.id and p.gone_at is null
        and (s.state = 'walked' or (s.state = 'partial' and p.page_id in ${seenPages(tx, run)})))
    order by wanted.id`);
  return rows.map(({ id }) => id);
}
