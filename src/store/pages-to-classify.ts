import { sql } from 'drizzle-orm';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';
import { seenPages } from './seen-pages.ts';

const BATCH = 1000;

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

/** The next pages of this pass in order of id; `next` is null after the last. */
export async function pagesToClassify(
  tx: TenantTx,
  run: Run,
  after: string,
): Promise<{ pages: PageToClassify[]; next: string | null }> {
  const pages = await tx.rows<PageToClassify>(sql`
    with recursive batch as (
      select page_id, parent_id, title, space_id, labels from page
      where tenant_id = ${tx.tenantId} and page_id > ${after} and gone_at is null and page_id in ${seenPages(tx, run)}
      order by page_id limit ${BATCH}
    ), up(page_id, ancestor_id, depth) as (
      select page_id, parent_id, 1 from batch where parent_id is not null
      union all
      select up.page_id, p.parent_id, up.depth + 1 from up
        join page p on p.tenant_id = ${tx.tenantId} and p.page_id = up.ancestor_id
      where p.parent_id is not null and up.depth < 500
    )
    select b.page_id as id, b.title, s.key as "spaceKey",
      coalesce((select jsonb_agg(l ->> 'name') from jsonb_array_elements(b.labels) l), '[]') as labels,
      array(select ancestor_id from up where up.page_id = b.page_id order by depth) as "ancestorIds"
    from batch b join space s on s.tenant_id = ${tx.tenantId} and s.space_id = b.space_id
    order by b.page_id`);
  return { pages, next: pages.length < BATCH ? null : (pages.at(-1)?.id ?? null) };
}
