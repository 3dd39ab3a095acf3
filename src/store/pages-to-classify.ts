import { sql } from './sql.ts';
import { DEEPEST, looked, upwards } from './ancestry.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { PageVerdict } from './verdicts.ts';

/** What decides whether a page is a runbook, exempt, and under which overrides it falls. */
export interface PageToClassify {
  readonly id: string;
  readonly title: string;
  readonly spaceKey: string;
  /** Names without prefix. */
  readonly labels: readonly string[];
  /** Nearest first; ends where an ancestor is not in the inventory. Empty where nobody asks for them. */
  readonly ancestorIds: readonly string[];
  /** What is stored of it so far. */
  readonly stored: StoredVerdict;
}

/** What the settings made of a page when it was last worked out. */
interface StoredVerdict extends Omit<PageVerdict, 'profileId'> {
  /** Null where it never was. */
  readonly profileId: string | null;
}

interface Row extends Omit<PageToClassify, 'labels' | 'ancestorIds' | 'stored'>, StoredVerdict {
  readonly parentId: string | null;
  readonly labels: readonly { readonly name: string }[];
}

/** Those of the pages that are there. */
export async function pagesToClassify(
  tx: TenantTx,
  ids: readonly string[],
  { withAncestors }: { readonly withAncestors: boolean },
): Promise<PageToClassify[]> {
  const rows = await tx.rows<Row>(sql`
    select p.page_id as id, p.title, p.labels, p.parent_id as "parentId",
      -- Joined, some dozen spaces count as one for the planner, and all pages are looked up again for each of them.
      (select s.key from space s where s.tenant_id = ${tx.tenantId} and s.space_id = p.space_id) as "spaceKey",
      p.is_runbook as "isRunbook", p.exempt, p.profile_id as "profileId"
    from page p
    where p.tenant_id = ${tx.tenantId} and p.page_id = any(${list(ids)}) and p.gone_at is null order by p.page_id`);
  const parents = withAncestors ? await parentsAbove(tx, ids) : new Map<string, string>();
  return rows.map(({ id, title, spaceKey, labels, parentId, isRunbook, exempt, profileId }) => ({
    id,
    title,
    spaceKey,
    labels: labels.map(({ name }) => name),
    ancestorIds: withAncestors ? wayUp(parents, parentId) : [],
    stored: { isRunbook, exempt, profileId },
  }));
}

/** The parents of these pages and of everything above them, by the id of the child. */
async function parentsAbove(tx: TenantTx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ id: string; parentId: string }>(sql`
    with recursive way(page_id) as (${upwards(tx, list(ids), sql`true`)})
    select p.page_id as id, p.parent_id as "parentId" from way ${looked(tx, sql`way.page_id`)} where p.parent_id is not null`);
  return new Map(rows.map(({ id, parentId }) => [id, parentId]));
}

/** Parents that form a ring would never end. */
function wayUp(parents: ReadonlyMap<string, string>, parentId: string | null): string[] {
  const way: string[] = [];
  for (let id = parentId ?? undefined; id !== undefined && way.length < DEEPEST; id = parents.get(id)) way.push(id);
  return way;
}
