import { sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';
import { OWNED } from './ledger.ts';
import type { Run } from './runs.ts';
import { seenPages } from './seen-pages.ts';

interface OwnedLabel {
  readonly writeId: string;
  readonly pageId: string;
  readonly contentType: ContentType;
  readonly action: 'add-label';
  readonly mark: string;
  /** It may be on its way to the ways of reading it. */
  readonly justAdded: boolean;
}

/** A label may take so long to show on every way of reading it; Confluence states no figure, a minute and more was seen. */
const SHOWS_AFTER = sql.raw(`interval '10 minutes'`);

/** Labels of ours on pages that were read in this pass and did not show them. */
export const ownedButUnseen = (tx: TenantTx, run: Run): Promise<OwnedLabel[]> =>
  tx.rows(sql`
    select w.write_id as "writeId", w.page_id as "pageId", w.action, w.mark, p.content_type as "contentType",
      w.executed_at > ${tx.now} - ${SHOWS_AFTER} as "justAdded"
    from page_write w join page p on p.tenant_id = w.tenant_id and p.page_id = w.page_id
    where w.tenant_id = ${tx.tenantId} and ${OWNED} and w.action = 'add-label'
      and p.gone_at is null and p.page_id in ${seenPages(tx, run)} and not p.labels @> jsonb_build_array(jsonb_build_object('name', w.mark))
    order by w.write_id`);

/** The inventory learns a label that is on the page although the search index does not show it yet. */
export const addSeenLabel = (tx: TenantTx, { pageId, mark }: Pick<OwnedLabel, 'pageId' | 'mark'>) =>
  tx.rows(sql`
    update page set labels = labels || ${batch([{ prefix: 'global', name: mark }])}
    where tenant_id = ${tx.tenantId} and page_id = ${pageId}`);

/**
 * What we put on a page that was archived or deleted since stays with it: Confluence takes no label off an archived page, and there is
 * nothing to be gained. It is said once, never tried, and ours again when the page comes back.
 */
export async function strandMarks(tx: TenantTx, run: Run): Promise<void> {
  await tx.rows(sql`
    update page_write w set state = 'done', outcome = 'The page came back, and what we had put there with it.'
    from page p
    where w.tenant_id = ${tx.tenantId} and w.state = 'stranded' and w.undone_at is null
      and w.action in ('add-label', 'add-property', 'add-comment')
      and p.tenant_id = w.tenant_id and p.page_id = w.page_id and p.gone_at is null and p.page_id in ${seenPages(tx, run)}`);
  await tx.rows(sql`
    update page_write w set state = 'stranded',
      outcome = case p.gone_because when 'archived' then 'The page was archived' when 'trashed' then 'The page was deleted'
        else 'The page is not visible any more' end || '; what we had put there stays with it.'
    from page p
    where w.tenant_id = ${tx.tenantId} and ${OWNED} and p.tenant_id = w.tenant_id and p.page_id = w.page_id
      and p.gone_at is not null and p.gone_because <> 'out-of-scope'`);
}
