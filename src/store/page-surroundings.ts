import { sql } from './sql.ts';
import type { Attachment, InlineComment } from '../domain/inventory.ts';
import type { RestrictedNode } from '../domain/rule.ts';
import { list } from './batch.ts';
import { DEEPEST, looked, upwards } from './ancestry.ts';
import type { TenantTx } from './db.ts';

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
 * be it invisible or gone. Each node is read once, however many of the pages lie below it.
 */
export async function readChains(tx: TenantTx, pageIds: readonly string[]): Promise<Map<string, Chain>> {
  if (pageIds.length === 0) return new Map();
  const rows = await tx.rows<Node>(sql`
    with recursive way(page_id) as (${upwards(tx, list(pageIds), sql`p.gone_at is null`)})
    select p.page_id as id, p.parent_id as "parentId", p.restrictions_known as known, p.gone_at is not null as gone,
      case when cardinality(p.read_users || p.read_groups || p.update_users || p.update_groups) > 0
        then jsonb_build_object('pageId', p.page_id, 'title', p.title,
          'read', jsonb_build_object('users', p.read_users, 'groups', p.read_groups),
          'update', jsonb_build_object('users', p.update_users, 'groups', p.update_groups)) end as restricted
    from way ${looked(tx, sql`way.page_id`)}`);
  const nodes = new Map(rows.map((row) => [row.id, row]));
  return new Map(pageIds.flatMap((id) => (nodes.has(id) ? [[id, chainOf(nodes, id)] as const] : [])));
}

interface Node {
  readonly id: string;
  readonly parentId: string | null;
  readonly known: boolean;
  readonly gone: boolean;
  readonly restricted: RestrictedNode | null;
}

function chainOf(nodes: ReadonlyMap<string, Node>, start: string): Chain {
  const chain: RestrictedNode[] = [];
  let known = true;
  let parentId: string | null = start;
  for (let depth = 0; parentId !== null && depth <= DEEPEST; depth += 1) {
    const node = nodes.get(parentId);
    // Not in the inventory, or gone, or the way leads in a ring.
    if (node === undefined || (depth > 0 && (node.gone || node.id === start))) return { chain, chainComplete: false };
    known &&= depth === 0 || node.known;
    if (node.restricted !== null) chain.push(node.restricted);
    parentId = node.parentId;
  }
  return { chain, chainComplete: known && parentId === null };
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
