import { sql } from 'drizzle-orm/sql';
import type { ContentType } from '../domain/inventory.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** What the inventory of last time holds of one kind of content in one space. */
export interface KnownContent {
  readonly spaceId: string;
  readonly contentType: ContentType;
  readonly pages: number;
  readonly labels: number;
  readonly principals: number;
  /** Bodies that were not read at their present version by this extractor. */
  readonly unread: number;
  /** Edited within the seven days before now. */
  readonly edited: number;
  readonly readable: number;
}

/** By space and kind of content: how much there was. Spaces without any are absent. */
export const knownContent = (
  tx: TenantTx,
  { spaceIds, factsVersion, exempt }: { spaceIds: readonly string[]; factsVersion: number; exempt: boolean },
): Promise<KnownContent[]> =>
  tx.rows(sql`
    select space_id as "spaceId", content_type as "contentType", count(*)::int as pages,
      sum(jsonb_array_length(labels))::int as labels,
      sum(cardinality(read_users || read_groups || update_users || update_groups))::int as principals,
      (count(*) filter (where (${exempt} or not exempt)
        and (facts_version, facts_of_version) is distinct from (${String(factsVersion)}, version_number)))::int as unread,
      (count(*) filter (where (${exempt} or not exempt) and version_at > ${tx.now} - interval '7 days'))::int as edited,
      (count(*) filter (where (${exempt} or not exempt)))::int as readable
    from page
    where tenant_id = ${tx.tenantId} and space_id = any(${list(spaceIds)}) and gone_at is null
      and content_type in ('page', 'blogpost')
    group by space_id, content_type order by space_id, content_type`);

/** What lies around the pages of these spaces, and how much of the whole site's attachments and comments is known. */
export async function knownSurroundings(
  tx: TenantTx,
  spaceIds: readonly string[],
): Promise<{ visibleFolders: number; hiddenFolders: number; attachments: number; comments: number; shelved: number }> {
  const [row] = await tx.rows<Awaited<ReturnType<typeof knownSurroundings>>>(sql`
    with above as (
      select distinct p.parent_id as id from page p
      where p.tenant_id = ${tx.tenantId} and p.space_id = any(${list(spaceIds)}) and p.gone_at is null and p.parent_type = 'folder'
    )
    select (count(f.page_id))::int as "visibleFolders", (count(above.id) - count(f.page_id))::int as "hiddenFolders",
      (select count(*)::int from attachment where tenant_id = ${tx.tenantId} and gone_at is null) as attachments,
      (select count(*)::int from comment where tenant_id = ${tx.tenantId} and gone_at is null) as comments,
      (select count(*)::int from page where tenant_id = ${tx.tenantId} and space_id = any(${list(spaceIds)})
        and gone_because in ('archived', 'trashed')) as shelved
    from above left join page f
      on f.tenant_id = ${tx.tenantId} and f.page_id = above.id and f.content_type = 'folder' and f.restrictions_known`);
  return row ?? { visibleFolders: 0, hiddenFolders: 0, attachments: 0, comments: 0, shelved: 0 };
}
