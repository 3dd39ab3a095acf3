import { sql } from './sql.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** The versions of these pages that our own writes made; no sign that anybody looked at them. */
export async function readOwnVersions(
  tx: TenantTx,
  pageIds: readonly string[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const rows = await tx.rows<{ pageId: string; versions: number[] }>(sql`
    select page_id as "pageId", jsonb_agg(distinct made_version) as versions from page_write
    where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)}) and made_version is not null and state = 'done'
    group by page_id`);
  return new Map(rows.map(({ pageId, versions }) => [pageId, versions]));
}
