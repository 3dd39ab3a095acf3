import { type SQL, sql } from './sql.ts';
import type { BodyFacts } from '../domain/facts.ts';
import type { ContentType } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { batch } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import type { RunClaim } from './runs.ts';
import { seenPages } from './seen-pages.ts';

export interface PageFacts {
  readonly pageId: string;
  /** The version of the page whose body was read. */
  readonly versionNumber: number;
  readonly facts: BodyFacts;
}

/**
 * Whether the facts of a page are of this version, and of the present version of the page. A version without answers to probes
 * (`3`) is fulfilled by one with answers (`3:…`): what was asked beside does no harm.
 */
export const factsFit = (version: number | string): SQL => {
  const wanted = String(version);
  const had = wanted.includes(':') ? sql`facts_version` : sql`split_part(facts_version, ':', 1)`;
  return sql`((${had}, facts_of_version) is not distinct from (${wanted}, version_number))`;
};

/**
 * Pages or blog posts of this run whose body was not read at their present version by this extractor, runbooks first; all with `again`, exempt
 * ones with `exempt`. As many as fit in one request together, each group as a line of ids with blanks between: a million ids are ten
 * megabytes then, and sixty as values of their own.
 */
export async function pagesNeedingBodies(
  tx: TenantTx,
  run: Pick<RunClaim, 'runId'>,
  {
    contentType,
    factsVersion,
    again,
    exempt,
  }: { contentType: ContentType; factsVersion: number | string; again: boolean; exempt: boolean },
): Promise<string[]> {
  const rows = await inBulk(tx, () =>
    tx.rows<{ ids: string }>(sql`
    select string_agg(page_id, ' ' order by place) as ids
    from (
      select page_id, row_number() over (order by is_runbook desc, version_at desc, page_id) as place from page
      where tenant_id = ${tx.tenantId} and gone_at is null and (${exempt} or not exempt) and content_type = ${contentType} and page_id in ${seenPages(tx, run)}
        and (${again} or not ${factsFit(factsVersion)})
    ) as wanted
    group by (place - 1) / ${ROWS.list} order by min(place)`),
  );
  return rows.map(({ ids }) => ids);
}

/** Saves what was drawn from bodies; links become rows of their own, in the order of the body. */
export async function saveFacts(
  tx: TenantTx,
  { factsVersion, rows }: { factsVersion: number | string; rows: readonly PageFacts[] },
): Promise<void> {
  const facts = rows.map((row) => ({ ...row, facts: { ...row.facts, links: undefined } }));
  await tx.rows(sql`
    update page p set facts = x.facts, facts_version = ${String(factsVersion)}, facts_of_version = x."versionNumber"
    from jsonb_to_recordset(${batch(facts)}) as x("pageId" text, "versionNumber" integer, facts jsonb)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId"`);

  const links = rows.flatMap(({ pageId, facts: body }) => body.links.map((link, ord) => ({ pageId, ord, ...link })));
  const pageIds = rows.map(({ pageId }) => ({ pageId }));
  await tx.rows(sql`
    delete from page_link l using jsonb_to_recordset(${batch(pageIds)}) as x("pageId" text)
    where l.tenant_id = ${tx.tenantId} and l.page_id = x."pageId"`);
  await tx.rows(sql`
    insert into page_link (tenant_id, page_id, ord, kind, title, space_key, anchor, url, account_id)
    select ${tx.tenantId}, x."pageId", x.ord, x.kind, x.title, x."spaceKey", x.anchor, x.url, x."accountId"
    from jsonb_to_recordset(${batch(links)}) as x("pageId" text, ord integer, kind text, title text, "spaceKey" text,
      anchor text, url text, "accountId" text)`);
}
