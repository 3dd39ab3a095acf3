import { sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import { looked } from './ancestry.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';
import { factsFit } from './facts.ts';
import type { RunClaim } from './runs.ts';

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
  /** Edited since a moment before now, where one was asked about. */
  readonly recent: number;
}

/** By space and kind of content: how much there was. Spaces without any are absent. */
export const knownContent = (
  tx: TenantTx,
  {
    spaceIds,
    factsVersion,
    since,
    exempt,
  }: { spaceIds: readonly string[]; factsVersion: number | string; since: Date | null; exempt: boolean },
): Promise<KnownContent[]> =>
  tx.rows(sql`
    select space_id as "spaceId", content_type as "contentType", count(*)::int as pages,
      sum(jsonb_array_length(labels))::int as labels,
      sum(cardinality(read_users || read_groups || update_users || update_groups))::int as principals,
      (count(*) filter (where (${exempt} or not exempt)
        and not ${factsFit(factsVersion)}))::int as unread,
      (count(*) filter (where (${exempt} or not exempt) and version_at > ${tx.now} - interval '7 days'))::int as edited,
      (count(*) filter (where (${exempt} or not exempt)))::int as readable,
      (count(*) filter (where version_at >= ${since?.toISOString() ?? null}::timestamptz))::int as recent
    from page
    where tenant_id = ${tx.tenantId} and space_id = any(${list(spaceIds)}) and gone_at is null
      and content_type in ('page', 'blogpost')
    group by space_id, content_type order by space_id, content_type`);

/** Whether the tenant has had no run before this one, and this one has listed nothing yet. */
export async function isFirstRun(tx: TenantTx, { runId }: Pick<RunClaim, 'runId'>): Promise<boolean> {
  const before = await tx.rows(sql`
    select 1 from run where tenant_id = ${tx.tenantId} and run_id <> ${runId} and job = 'audit' and (outcome is null or outcome <> 'skipped')
    union all
    select 1 from walk_step where tenant_id = ${tx.tenantId} and run_id = ${runId} limit 1`);
  return before.length === 0;
}

interface KnownSurroundings {
  /** Runbooks and what lies above them, and those of them that are folders. */
  readonly watched: number;
  readonly folders: number;
  /** Folders above runbooks in spaces that are listed in full, so that they are read again. */
  readonly foldersToRead: number;
  readonly hiddenFolders: number;
  /** Pages with a label that decides something. */
  readonly ofInterest: number;
  readonly attachments: number;
  readonly comments: number;
  /** Archived and trashed pages of the spaces that are listed in full. */
  readonly shelved: number;
}

/** What lies around the pages of these spaces, and how much of the whole site's attachments and comments is known. */
export async function knownSurroundings(
  tx: TenantTx,
  q: { spaceIds: readonly string[]; listed: readonly string[]; interest: readonly string[] },
): Promise<KnownSurroundings> {
  const [row] = await tx.rows<KnownSurroundings>(sql`
    with recursive here as (
      select page_id, parent_id, parent_type, is_runbook and not exempt as judged,
        exists (select 1 from jsonb_array_elements(labels) l where lower(l ->> 'name') = any(${list(q.interest)})) as marked, is_runbook
      from page where tenant_id = ${tx.tenantId} and space_id = any(${list(q.spaceIds)}) and gone_at is null and content_type <> 'folder'
    ), up(id, parent_type) as (
      select parent_id, parent_type from here where judged and parent_id is not null
      union
      select p.parent_id, p.parent_type from up ${looked(tx, sql`up.id`)} where p.gone_at is null and p.parent_id is not null
    ), above as (
      select up.id, up.parent_type = 'folder' as folder, p.page_id is null as hidden, p.space_id = any(${list(q.listed)}) as listed,
        coalesce(here.marked or here.is_runbook, false) as counted
      from up left join page p on p.tenant_id = ${tx.tenantId} and p.page_id = up.id and p.gone_at is null
        left join here on here.page_id = up.id
    )
    select (select count(*)::int from here where is_runbook and not marked)
        + (select count(*)::int from above where not hidden and not counted) as watched,
      (select count(*)::int from above where folder and not hidden) as folders,
      (select count(*)::int from above where folder and not hidden and listed) as "foldersToRead",
      (select count(*)::int from above where folder and hidden) as "hiddenFolders",
      (select count(*)::int from here where marked) as "ofInterest",
      (select count(*)::int from attachment where tenant_id = ${tx.tenantId} and gone_at is null) as attachments,
      (select count(*)::int from comment where tenant_id = ${tx.tenantId} and gone_at is null) as comments,
      (select count(*)::int from page where tenant_id = ${tx.tenantId} and space_id = any(${list(q.listed)})
        and gone_because in ('archived', 'trashed')) as shelved`);
  const none = {
    watched: 0,
    folders: 0,
    foldersToRead: 0,
    hiddenFolders: 0,
    ofInterest: 0,
    attachments: 0,
    comments: 0,
    shelved: 0,
  };
  return row ?? none;
}
