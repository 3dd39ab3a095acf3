import { sql } from 'drizzle-orm';
import type { FreshBecause } from '../domain/freshness.ts';
import type { Account, Page, Version } from '../domain/inventory.ts';
import type { PageView } from '../domain/rule.ts';
import { readAccounts } from './accounts.ts';
import { list } from './batch.ts';
import type { Store, TenantTx } from './db.ts';
import { readAttachments, readChains, readLinks } from './page-surroundings.ts';

/** What the store knows of a page: a `PageView` but for its freshness, which the audit works out, and what helps with that. */
export interface PageMaterial extends Omit<PageView, 'freshness'> {
  readonly spaceId: string;
  readonly profileId: string | null;
  readonly exempt: boolean;
  /** The last version that a person made, as worked out for `ofVersion`; null where that was not done. */
  readonly human: { readonly version: Version | null; readonly ofVersion: number } | null;
  readonly fresh: { readonly at: string; readonly because: FreshBecause } | null;
}

export interface PageBatch {
  readonly pages: readonly PageMaterial[];
  /** Everybody whom these pages name and who is known: authors, owners, editors, readers. */
  readonly accounts: ReadonlyMap<string, Account>;
}

export interface PageFilter {
  /** Facts of another version of the extractor do not count. */
  readonly factsVersion: string;
  readonly spaceIds?: readonly string[];
  readonly onlyRunbooks?: boolean;
}

/** All pages of a tenant that are there, in batches by id. Each batch is read in a transaction that is over when it is yielded. */
export async function* streamPages(
  store: Store,
  { tenantId, size = 500, ...filter }: PageFilter & { tenantId: string; size?: number },
): AsyncGenerator<PageBatch> {
  let after = '';
  for (;;) {
    const batch = await store.withTenant(tenantId, (tx) => readPages(tx, { ...filter, after, limit: size }));
    if (batch.pages.length > 0) yield batch;
    const last = batch.pages.at(-1);
    if (last === undefined || batch.pages.length < size) return;
    after = last.page.id;
  }
}

interface Row extends Omit<Page, 'version' | 'body'> {
  readonly version: Omit<Version, 'createdAt'>;
  readonly versionAt: string;
  readonly spaceKey: string;
  readonly labels: PageView['labels'];
  readonly known: boolean;
  readonly facts: Omit<NonNullable<PageView['facts']>, 'links'> | null;
  readonly humanVersion: Version | null;
  readonly humanOfVersion: number | null;
  readonly isRunbook: boolean;
  readonly exempt: boolean;
  readonly profileId: string | null;
  readonly freshAt: string | null;
  readonly freshBecause: FreshBecause | null;
}

/** One batch: the pages after an id, with all that rules see around them. */
export async function readPages(
  tx: TenantTx,
  { after, limit, factsVersion, spaceIds, onlyRunbooks }: PageFilter & { after: string; limit: number },
): Promise<PageBatch> {
  const rows = await tx.rows<Row>(sql`
    select p.page_id as id, p.space_id as "spaceId", coalesce(s.key, '') as "spaceKey", p.content_type as "contentType",
      p.status, p.subtype, p.title, p.parent_id as "parentId", p.parent_type as "parentType", p.author_id as "authorId",
      p.owner_id as "ownerId", p.created_at as "createdAt", p.webui, p.labels, p.restrictions_known as known,
      jsonb_build_object('number', p.version_number, 'authorId', p.version_author_id, 'minorEdit', p.version_minor) as version,
      p.version_at as "versionAt", p.human_version as "humanVersion", p.human_of_version as "humanOfVersion",
      case when p.facts_version = ${factsVersion} and p.facts_of_version = p.version_number then p.facts end as facts,
      p.is_runbook as "isRunbook", p.exempt, p.profile_id as "profileId", p.fresh_at as "freshAt",
      p.fresh_because as "freshBecause"
    from page p
    left join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
    where p.tenant_id = ${tx.tenantId} and p.page_id > ${after} and p.gone_at is null
      ${spaceIds === undefined ? sql`` : sql`and p.space_id = any(${list(spaceIds)})`}
      ${onlyRunbooks ? sql`and p.is_runbook` : sql``}
    order by p.page_id limit ${limit}`);
  const ids = rows.map(({ id }) => id);
  const links = await readLinks(tx, ids);
  const attachments = await readAttachments(tx, ids);
  const chains = await readChains(tx, ids);

  const pages = rows.map((row): PageMaterial => {
    const { chain, chainComplete } = chains.get(row.id) ?? { chain: [], chainComplete: false };
    return {
      page: pageOf(row),
      spaceId: row.spaceId,
      spaceKey: row.spaceKey,
      isRunbook: row.isRunbook,
      labels: row.labels,
      attachments: attachments.get(row.id) ?? [],
      facts: row.facts && { ...row.facts, links: links.get(row.id) ?? [] },
      restrictions: { chain, chainComplete, known: row.known },
      profileId: row.profileId,
      exempt: row.exempt,
      human: row.humanOfVersion === null ? null : { version: row.humanVersion, ofVersion: row.humanOfVersion },
      fresh: row.freshAt && row.freshBecause ? { at: row.freshAt, because: row.freshBecause } : null,
    };
  });
  return { pages, accounts: await readAccounts(tx, pages.flatMap(accountsOf)) };
}

const pageOf = (row: Row): Page => ({
  id: row.id,
  spaceId: row.spaceId,
  contentType: row.contentType,
  status: row.status,
  subtype: row.subtype,
  title: row.title,
  parentId: row.parentId,
  parentType: row.parentType,
  authorId: row.authorId,
  ownerId: row.ownerId,
  createdAt: row.createdAt,
  version: { ...row.version, createdAt: row.versionAt },
  webui: row.webui,
});

const accountsOf = ({ page, human, restrictions }: PageMaterial): string[] => [
  ...[page.authorId, page.ownerId, page.version.authorId, human?.version?.authorId ?? null].filter((id) => id !== null),
  ...restrictions.chain.flatMap(({ read, update }) => [...read.users, ...update.users]),
];
