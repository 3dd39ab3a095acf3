import { sql } from 'drizzle-orm';
import type { Label } from '../domain/inventory.ts';
import type { Tx } from './db.ts';
import type { RunRow } from './runs.ts';
import { seenPages } from './walk.ts';

const BATCH = 1000;

/** What decides whether a page is a runbook, exempt, and under which overrides it falls. */
export interface PageToClassify {
  readonly pageId: string;
  readonly title: string;
  readonly spaceKey: string;
  readonly labels: readonly Label[];
  /** Nearest first; ends where an ancestor is not in the inventory. */
  readonly ancestorIds: readonly string[];
}

/** The next pages of this pass in order of id; `next` is null after the last. */
export async function pagesToClassify(tx: Tx, run: RunRow, after: string): Promise<{ pages: PageToClassify[]; next: string | null }> {
  const pages = await tx.rows<PageToClassify>(sql`
    with recursive batch as (
      select page_id, parent_id, title, space_id, labels from page
      where tenant_id = ${run.tenantId} and page_id > ${after} and gone_at is null and page_id in (${seenPages(run)})
      order by page_id limit ${BATCH}
    ), up(page_id, ancestor_id, depth) as (
      select page_id, parent_id, 1 from batch where parent_id is not null
      union all
      select up.page_id, p.parent_id, up.depth + 1 from up
        join page p on p.tenant_id = ${run.tenantId} and p.page_id = up.ancestor_id
      where p.parent_id is not null and up.depth < 500
    )
    select b.page_id as "pageId", b.title, s.key as "spaceKey", b.labels,
      array(select ancestor_id from up where up.page_id = b.page_id order by depth) as "ancestorIds"
    from batch b join space s on s.tenant_id = ${run.tenantId} and s.space_id = b.space_id
    order by b.page_id`);
  return { pages, next: pages.length < BATCH ? null : (pages.at(-1)?.pageId ?? null) };
}

export interface PageClass {
  readonly pageId: string;
  readonly isRunbook: boolean;
  readonly exempt: boolean;
  readonly profileId: string;
}

/** Stores the classes of a batch and the rule profiles they name; rows that do not change are not rewritten. */
export async function saveClasses(tx: Tx, run: RunRow, classes: readonly PageClass[], profiles: ReadonlyMap<string, unknown>): Promise<void> {
  await tx.rows(sql`
    insert into rule_profile (tenant_id, profile_id, rules)
    select ${run.tenantId}, profile_id, rules
    from jsonb_to_recordset(${JSON.stringify([...profiles].map(([profileId, rules]) => ({ profile_id: profileId, rules })))}::jsonb)
      as n(profile_id text, rules jsonb)
    on conflict (tenant_id, profile_id) do nothing`);
  await tx.rows(sql`
    update page p set is_runbook = n."isRunbook", exempt = n.exempt, profile_id = n."profileId"
    from jsonb_to_recordset(${JSON.stringify(classes)}::jsonb) as n("pageId" text, "isRunbook" boolean, exempt boolean, "profileId" text)
    where p.tenant_id = ${run.tenantId} and p.page_id = n."pageId"
      and (p.is_runbook, p.exempt, p.profile_id) is distinct from (n."isRunbook", n.exempt, n."profileId")`);
}
