import { sql } from './sql.ts';
import type { BodyLink } from '../domain/facts.ts';
import type { Attachment, InlineComment } from '../domain/inventory.ts';
import type { RestrictedNode } from '../domain/rule.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

const DEEPEST = 500;

/** The links of bodies, by page and in the order of the body. */
export async function readLinks(tx: TenantTx, pageIds: readonly string[]): Promise<Map<string, BodyLink[]>> {
  const rows = await tx.rows<{ pageId: string; link: BodyLink }>(sql`
    select page_id as "pageId",
      case kind
        when 'page' then jsonb_build_object('kind', kind, 'title', title, 'spaceKey', space_key, 'anchor', anchor)
        when 'include' then jsonb_build_object('kind', kind, 'title', title, 'spaceKey', space_key)
        when 'anchor' then jsonb_build_object('kind', kind, 'anchor', anchor)
        when 'url' then jsonb_build_object('kind', kind, 'url', url)
        else jsonb_build_object('kind', kind, 'accountId', account_id)
      end as link
    from page_link where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)})
    order by page_id, ord`);
  return grouped(rows, ({ link }) => link);
}

/** The attachments that are there, by page and by id. */
export async function readAttachments(tx: TenantTx, pageIds: readonly string[]): Promise<Map<string, Attachment[]>> {
  const rows = await tx.rows<
    Omit<Attachment, 'version'> & { n: number; at: string; by: string | null; minor: boolean }
  >(
    sql`
      select attachment_id as id, page_id as "pageId", title, media_type as "mediaType", file_size::float8 as "fileSize",
        status, version_number as n, version_at as at, author_id as by, version_minor as minor
      from attachment where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)}) and gone_at is null
      order by page_id, attachment_id`,
  );
  return grouped(rows, ({ n, at, by, minor, ...attachment }) => ({
    ...attachment,
    version: { number: n, createdAt: at, authorId: by, minorEdit: minor },
  }));
}

/** The comments that are there, by page, oldest first. */
export async function readComments(tx: TenantTx, pageIds: readonly string[]): Promise<Map<string, InlineComment[]>> {
  const rows = await tx.rows<InlineComment & { pageId: string }>(sql`
    select comment_id as id, page_id as "pageId", resolution, created_at as "createdAt" from comment
    where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)}) and gone_at is null
    order by page_id, created_at, comment_id`);
  return grouped(rows, ({ id, resolution, createdAt }) => ({ id, resolution, createdAt }));
}

interface Chain {
  readonly chain: readonly RestrictedNode[];
  readonly chainComplete: boolean;
}

/**
 * For each page the nodes with a list of their own on the way to the root, the page itself first. The chain is complete
 * where the way ends at a root and every ancestor's lists are known; it is not where an ancestor is not in the inventory,
 * be it invisible or gone.
 */
export async function readChains(tx: TenantTx, pageIds: readonly string[]): Promise<Map<string, Chain>> {
  const rows = await tx.rows<{ pageId: string; chain: RestrictedNode[]; chainComplete: boolean }>(sql`
    with recursive way as (
      select page_id as start, page_id, parent_id, 0 as depth from page
      where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)})
      union all
      select way.start, p.page_id, p.parent_id, way.depth + 1 from way
      join page p on p.tenant_id = ${tx.tenantId} and p.page_id = way.parent_id and p.gone_at is null
      where way.depth < ${DEEPEST}
    )
    select way.start as "pageId",
      bool_or(way.parent_id is null) and bool_and(way.depth = 0 or p.restrictions_known) as "chainComplete",
      coalesce(jsonb_agg(jsonb_build_object('pageId', p.page_id, 'title', p.title,
        'read', jsonb_build_object('users', p.read_users, 'groups', p.read_groups),
        'update', jsonb_build_object('users', p.update_users, 'groups', p.update_groups)) order by way.depth)
        filter (where cardinality(p.read_users || p.read_groups || p.update_users || p.update_groups) > 0), '[]') as chain
    from way
    join page p on p.tenant_id = ${tx.tenantId} and p.page_id = way.page_id
    group by way.start`);
  return new Map(rows.map(({ pageId, chain, chainComplete }) => [pageId, { chain, chainComplete }]));
}

function grouped<Row extends { pageId: string }, Item>(rows: readonly Row[], item: (row: Row) => Item) {
  const groups = new Map<string, Item[]>();
  for (const row of rows) {
    const group = groups.get(row.pageId);
    if (group) group.push(item(row));
    else groups.set(row.pageId, [item(row)]);
  }
  return groups;
}
