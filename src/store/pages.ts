import { type SQL, sql } from './sql.ts';
import type { LabelsAndRestrictions, Page } from '../domain/inventory.ts';
import { batch, eachOnce, list } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { PageVerdict } from './verdicts.ts';

/**
 * Saves what the page lists say. A row that did not change is not rewritten (marking every row doubled a large table);
 * `changed` counts the others. A page that was gone and is seen again is back. A new row begins with `guess`, what its list alone lets
 * expect of it: where that turns out right nobody has to rewrite it.
 */
export async function upsertPages(
  tx: TenantTx,
  { runId, pages, guess }: { runId: string; pages: readonly Page[]; guess?: (page: Page) => PageVerdict },
): Promise<{ seen: number; changed: number }> {
  const changed = await tx.rows(sql`
    insert into page (tenant_id, page_id, space_id, content_type, status, subtype, title, parent_id, parent_type,
      author_id, owner_id, created_at, version_number, version_at, version_author_id, version_minor, webui,
      is_runbook, exempt, profile_id, first_seen_at, run_id_changed)
    select ${tx.tenantId}, x.id, x."spaceId", x."contentType", x.status, x.subtype, x.title, x."parentId", x."parentType",
      x."authorId", x."ownerId", x."createdAt", (x.version ->> 'number')::integer, (x.version ->> 'createdAt')::timestamptz,
      x.version ->> 'authorId', (x.version ->> 'minorEdit')::boolean, x.webui,
      coalesce(x."isRunbook", false), coalesce(x.exempt, false), x."profileId", ${tx.now}, ${runId}
    from jsonb_to_recordset(${batch(eachOnce(pages).map((page) => ({ ...page, body: undefined, ...guess?.(page) })))}) as x(id text, "spaceId" text,
      "contentType" text, status text, subtype text, title text, "parentId" text, "parentType" text, "authorId" text,
      "ownerId" text, "createdAt" timestamptz, version jsonb, webui text, "isRunbook" boolean, exempt boolean, "profileId" text)
    on conflict (tenant_id, page_id) do update set ${assignAll}, gone_at = null, gone_because = null,
      run_id_changed = excluded.run_id_changed
    where page.gone_at is not null or (${columnsOf('page')}) is distinct from (${columnsOf('excluded')})
    returning 1`);
  return { seen: pages.length, changed: changed.length };
}

const LISTED =
  `space_id content_type status subtype title parent_id parent_type author_id owner_id created_at version_number
  version_at version_author_id version_minor webui`.split(/\s+/);
const columnsOf = (table: string): SQL => sql.raw(LISTED.map((column) => `${table}.${column}`).join(', '));
const assignAll = sql.raw(LISTED.map((column) => `${column} = excluded.${column}`).join(', '));

/** Saves labels and the pages' own lists of readers and editors. Returns how many rows changed. */
export async function saveLabelsAndRestrictions(
  tx: TenantTx,
  { runId, rows }: { runId: string; rows: readonly LabelsAndRestrictions[] },
): Promise<number> {
  const flat = rows.map(({ pageId, labels, read, update, truncated }) => ({
    pageId,
    labels: labels.map(({ prefix, name }) => ({ prefix, name })).toSorted(byLabel),
    readUsers: read.users.toSorted(),
    readGroups: read.groups.toSorted(),
    updateUsers: update.users.toSorted(),
    updateGroups: update.groups.toSorted(),
    known: !truncated,
  }));
  const changed = await tx.rows(sql`
    update page p set labels = x.labels, read_users = x."readUsers", read_groups = x."readGroups",
      update_users = x."updateUsers", update_groups = x."updateGroups", restrictions_known = x.known,
      run_id_changed = ${runId}
    from jsonb_to_recordset(${batch(flat)}) as x("pageId" text, labels jsonb, "readUsers" text[],
      "readGroups" text[], "updateUsers" text[], "updateGroups" text[], known boolean)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"
      and (p.labels, p.read_users, p.read_groups, p.update_users, p.update_groups, p.restrictions_known)
        is distinct from (x.labels, x."readUsers", x."readGroups", x."updateUsers", x."updateGroups", x.known)
    returning 1`);
  return changed.length;
}

const byLabel = (a: { prefix: string; name: string }, b: { prefix: string; name: string }): number =>
  `${a.prefix}:${a.name}` < `${b.prefix}:${b.name}` ? -1 : 1;

/** Marks pages whose lists could not be read, so that no rule takes the old ones for granted. */
export async function forgetRestrictions(tx: TenantTx, pageIds: readonly string[]): Promise<void> {
  await tx.rows(sql`
    update page set restrictions_known = false
    where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)}) and restrictions_known`);
}

/** Pages of these spaces that complete walks of this run did not see; `seen` is `seenIds(…)` of exactly these walks. */
export async function absentPages(
  tx: TenantTx,
  { spaceIds, contentType, seen }: { spaceIds: readonly string[]; contentType: Page['contentType']; seen: SQL },
): Promise<{ pageId: string; spaceId: string; title: string }[]> {
  if (spaceIds.length === 0) return [];
  return tx.rows(sql`
    select page_id as "pageId", space_id as "spaceId", title from page
    where tenant_id = ${tx.tenantId} and space_id = any(${list(spaceIds)}) and content_type = ${contentType}
      and gone_at is null and not exists (select 1 from ${seen} as s(id) where s.id = page_id)
    order by page_id`);
}

/** Marks pages as gone and returns how many were not before. Their rows stay, for the findings that name them. */
export async function markGone(
  tx: TenantTx,
  { runId, pageIds, because }: { runId: string; pageIds: readonly string[]; because: string },
): Promise<number> {
  if (pageIds.length === 0) return 0;
  const gone = await tx.rows(sql`
    update page set gone_at = ${tx.now}, gone_because = ${because}, run_id_changed = ${runId}
    where tenant_id = ${tx.tenantId} and page_id = any(${list(pageIds)}) and gone_at is null
    returning 1`);
  return gone.length;
}
