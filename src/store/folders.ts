import { sql } from './sql.ts';
import type { Folder } from '../domain/inventory.ts';
import { looked } from './ancestry.ts';
import { batch, list } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';
import { FOLDER_WALK, seenIn, seenPages } from './seen-pages.ts';

/** A parent that no page list shows, with the space of a page below it. */
export interface UnknownParent {
  readonly id: string;
  readonly spaceId: string;
}

/**
 * The folders on the way up from the pages of this run (from its runbooks, with `onlyRunbooks`) that it has not read yet; a folder in a
 * folder appears with the next call. One that is known is read again where all of its space is listed.
 */
export const foldersToRead = (
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  { listed, onlyRunbooks }: { listed: readonly string[]; onlyRunbooks: boolean },
): Promise<UnknownParent[]> =>
  inBulk(tx, () =>
    tx.rows(sql`
    with recursive up(page_id, parent_id, parent_type, space_id) as (
      select page_id, parent_id, parent_type, space_id from page
      where tenant_id = ${tx.tenantId} and gone_at is null and page_id in ${seenPages(tx, run)}
        and (not ${onlyRunbooks} or (is_runbook and not exempt))
      union
      select p.page_id, p.parent_id, p.parent_type, p.space_id from up ${looked(tx, sql`up.parent_id`)} where p.gone_at is null
    )
    select parent_id as id, min(space_id) as "spaceId" from up
    where parent_type = 'folder' and parent_id not in ${seenIn(tx, run, FOLDER_WALK)}
      and (space_id = any(${list(listed)}) or not exists (
        select 1 from page f where f.tenant_id = ${tx.tenantId} and f.page_id = up.parent_id and f.content_type = 'folder' and f.gone_at is null))
    group by parent_id order by parent_id`),
  );

/** Saves folders as nodes of the tree. They are in no list of a run, so no rule judges them. */
export async function upsertFolders(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  folders: readonly (Folder & { readonly spaceId: string })[],
): Promise<void> {
  await tx.rows(sql`
    insert into page as p (tenant_id, page_id, space_id, content_type, status, title, parent_id, parent_type, created_at, version_number,
      version_at, version_minor, first_seen_at, run_id_changed)
    select ${tx.tenantId}, x.id, x."spaceId", 'folder', 'current', x.title, x."parentId", x."parentType", ${tx.now}, 1, ${tx.now}, false,
      ${tx.now}, ${run.runId}
    from jsonb_to_recordset(${batch(folders)}) as x(id text, "spaceId" text, title text, "parentId" text, "parentType" text)
    on conflict (tenant_id, page_id) do update set space_id = excluded.space_id, title = excluded.title, parent_id = excluded.parent_id,
      parent_type = excluded.parent_type, gone_at = null, gone_because = null, run_id_changed = excluded.run_id_changed
    where p.gone_at is not null or (p.space_id, p.title, p.parent_id, p.parent_type)
      is distinct from (excluded.space_id, excluded.title, excluded.parent_id, excluded.parent_type)`);
}
