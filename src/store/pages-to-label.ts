import { type SQL, sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import { looked } from './ancestry.ts';
import { list } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import { OWNED } from './ledger.ts';
import type { RunClaim } from './runs.ts';
import { CHANGED_WALKS, LABEL_WALKS, seenIn, seenPages } from './seen-pages.ts';

type RunId = Pick<RunClaim, 'runId'>;

/** A page, post or folder whose labels and restrictions are wanted. */
export interface PageToLabel {
  readonly pageId: string;
  readonly spaceId: string;
  readonly contentType: ContentType | 'folder';
}

/** Every page of the run in these spaces that no list of labels has shown yet. */
export async function pagesToLabelIn(
  tx: TenantTx,
  run: RunId,
  spaceIds: readonly string[],
): Promise<readonly PageToLabel[]> {
  if (spaceIds.length === 0) return [];
  return inBulk(tx, () =>
    tx.rows<PageToLabel>(sql`
    select page_id as "pageId", space_id as "spaceId", content_type as "contentType" from page
    where tenant_id = ${tx.tenantId} and gone_at is null and space_id = any(${list(spaceIds)})
      and page_id in ${seenPages(tx, run)} and ${unread(tx, run)}
    order by page_id`),
  );
}

/**
 * What has to be read of the other pages, and no list of labels has shown yet: runbooks and what lies above them, pages with a label of
 * ours, pages that had a label of interest and may have lost it, and what was listed as changed.
 */
export const watchedPages = (
  tx: TenantTx,
  run: RunId,
  {
    interest,
    above,
    changed,
    foldersOf,
  }: {
    readonly interest: readonly string[];
    readonly above: boolean;
    readonly changed: boolean;
    /** Of these spaces every folder, not only those above a runbook. */
    readonly foldersOf: readonly string[];
  },
): Promise<PageToLabel[]> =>
  inBulk(tx, () =>
    tx.rows(sql`
    with recursive own as (
      select page_id, parent_id, is_runbook and not exempt as judged from page
      where tenant_id = ${tx.tenantId} and gone_at is null and page_id in ${seenPages(tx, run)} and (is_runbook
        or page_id in (select page_id from page_write where tenant_id = ${tx.tenantId} and ${OWNED})
        or (${changed} and page_id in ${seenIn(tx, run, CHANGED_WALKS)})
        or exists (select 1 from jsonb_array_elements(labels) l where lower(l ->> 'name') = any(${list(interest)})))
    ), up(page_id, parent_id) as (
      select page_id, parent_id from own where judged
      union
      select p.page_id, p.parent_id from up ${looked(tx, sql`up.parent_id`)} where p.gone_at is null
    )
    select page_id as "pageId", space_id as "spaceId", content_type as "contentType" from page
    where tenant_id = ${tx.tenantId} and ${unread(tx, run)}
      and (page_id in (select page_id from own)
        or (${above} and page_id in (select page_id from up))
        or (content_type = 'folder' and gone_at is null and space_id = any(${list(foldersOf)})))
    order by page_id`),
  );

const unread = (tx: TenantTx, run: RunId): SQL =>
  sql`not exists (select 1 from ${seenIn(tx, run, LABEL_WALKS)} as l(id) where l.id = page_id)`;
