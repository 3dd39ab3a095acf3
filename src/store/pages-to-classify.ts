import { sql } from './sql.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

/** A parent that is its own ancestor would never end otherwise. */
const DEEPEST = 500;

/** What decides whether a page is a runbook, exempt, and under which overrides it falls. */
export interface PageToClassify {
  readonly id: string;
  readonly title: string;
  readonly spaceKey: string;
  /** Names without prefix. */
  readonly labels: readonly string[];
  /** Nearest first; ends where an ancestor is not in the inventory. */
  readonly ancestorIds: readonly string[];
}

/** Those of the pages that are there. */
export const pagesToClassify = (tx: TenantTx, ids: readonly string[]): Promise<PageToClassify[]> =>
  tx.rows(sql`
    with recursive batch as (
      select page_id, parent_id, title, space_id, labels from page
      where tenant_id = ${tx.tenantId} and page_id = any(${list(ids)}) and gone_at is null
    ), up(page_id, ancestor_id, depth) as (
      select page_id, parent_id, 1 from batch where parent_id is not null
      union all
      select up.page_id, p.parent_id, up.depth + 1 from up
        join page p on p.tenant_id = ${tx.tenantId} and p.page_id = up.ancestor_id
      where p.parent_id is not null and up.depth < ${DEEPEST}
    )
    select b.page_id as id, b.title, s.key as "spaceKey",
      coalesce((select jsonb_agg(l ->> 'name') from jsonb_array_elements(b.labels) l), '[]') as labels,
      array(select ancestor_id from up where up.page_id = b.page_id order by depth) as "ancestorIds"
    from batch b join space s on s.tenant_id = ${tx.tenantId} and s.space_id = b.space_id
    order by b.page_id`);
