import { sql } from './sql.ts';
import type { HumanVersion } from '../domain/human-version.ts';
import type { Account, Page } from '../domain/inventory.ts';
import type { RuleSettings } from '../domain/page-settings.ts';
import type { PageView } from '../domain/rule.ts';
import { readAccounts } from './accounts.ts';
import { list } from './batch.ts';
import { commentsRead } from './comments.ts';
import type { Contributors } from './contributors.ts';
import type { TenantTx } from './db.ts';
import { readOwnVersions } from './own-versions.ts';
import { readAttachments, readChains, readComments } from './page-surroundings.ts';
import type { RunClaim } from './runs.ts';
import { readProfiles } from './verdicts.ts';

/** What the store knows of a page: a `PageView` but for its freshness, which the audit works out, and the accounts of its batch. */
export interface PageMaterial extends Omit<PageView, 'freshness' | 'accounts'> {
  readonly spaceId: string;
  readonly exempt: boolean;
  /** The newest version that counts for the clock, as it was last worked out; null where that was never done. */
  readonly humanVersion: HumanVersion | null;
  /** Who wrote the page up to some version, as it was last read; null where it never was. */
  readonly knownContributors: Contributors | null;
  /** Numbers of its versions that this program made. */
  readonly ownVersions: readonly number[];
  /** The rules and options that hold for the page. */
  readonly rules: RuleSettings;
}

export interface PageBatch {
  readonly pages: readonly PageMaterial[];
  /** Everybody whom these pages name and who is known: authors, owners (also of their spaces), editors, readers. */
  readonly accounts: ReadonlyMap<string, Account>;
}

export interface PageFilter {
  /** Facts of another version of the extractor do not count; what they answer beside is looked at by whoever asked. */
  readonly factsVersion: number;
  readonly ids: readonly string[];
  readonly onlyRunbooks: boolean;
  /** Whose chain of restrictions is wanted: no rule looks at those of other pages. */
  readonly chainsOf: 'every page' | 'runbooks';
  /** Its comments count only where it has read them. */
  readonly run: Pick<RunClaim, 'runId'>;
}

interface Row extends Omit<Page, 'version' | 'body'> {
  readonly versionNumber: number;
  readonly versionAuthorId: string | null;
  readonly versionMinor: boolean;
  readonly versionAt: string;
  readonly spaceKey: string;
  readonly spaceOwnerId: string | null;
  readonly labels: PageView['labels'];
  readonly known: boolean;
  readonly facts: PageView['facts'];
  readonly humanVersion: HumanVersion | null;
  readonly knownContributors: Contributors | null;
  readonly marks: PageView['marks'];
  readonly spaceReaders: PageView['spaceReaders'];
  readonly isRunbook: boolean;
  readonly exempt: boolean;
  readonly profileId: string | null;
}

/** Those of the pages that are there, by id, with all that rules see around them. */
export async function readPages(
  tx: TenantTx,
  { ids: wanted, factsVersion, onlyRunbooks, chainsOf, run }: PageFilter,
): Promise<PageBatch> {
  const rows = await tx.rows<Row>(sql`
    select p.page_id as id, p.space_id as "spaceId", coalesce(s.key, '') as "spaceKey", s.owner_id as "spaceOwnerId", p.content_type as "contentType",
      p.status, p.subtype, p.title, p.parent_id as "parentId", p.parent_type as "parentType", p.author_id as "authorId",
      p.owner_id as "ownerId", p.created_at as "createdAt", p.webui, p.labels, p.restrictions_known as known,
      p.version_number as "versionNumber", p.version_author_id as "versionAuthorId", p.version_minor as "versionMinor", p.version_at as "versionAt", p.human_version as "humanVersion", p.contributors as "knownContributors", p.marks,
      case when s.readers_run_id in (${run.runId}, s.listed_run_id) then jsonb_build_object('classes', s.reader_classes, 'groups', s.reader_groups) end as "spaceReaders",
      case when split_part(p.facts_version, ':', 1) = ${String(factsVersion)} and p.facts_of_version = p.version_number then p.facts end as facts,
      p.is_runbook as "isRunbook", p.exempt, p.profile_id as "profileId"
    from page p
    left join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
    where p.tenant_id = ${tx.tenantId} and p.page_id = any(${list(wanted)}) and p.gone_at is null
      ${onlyRunbooks ? sql`and p.is_runbook` : sql``}
    order by p.page_id`);
  const ids = rows.map(({ id }) => id);
  const profiles = await readProfiles(tx, [...new Set(rows.flatMap(({ profileId }) => profileId ?? []))]);
  const attachments = await readAttachments(tx, ids);
  const chained = chainsOf === 'every page' ? rows : rows.filter(({ isRunbook }) => isRunbook);
  const chains = await readChains(
    tx,
    chained.map(({ id }) => id),
  );
  const made = await readOwnVersions(tx, ids);
  const comments = (await commentsRead(tx, run)) ? await readComments(tx, ids) : null;

  const pages = rows.map((row): PageMaterial => {
    const { chain, chainComplete } = chains.get(row.id) ?? { chain: [], chainComplete: false };
    return {
      page: pageOf(row),
      spaceId: row.spaceId,
      spaceKey: row.spaceKey,
      isRunbook: row.isRunbook,
      labels: row.labels,
      attachments: attachments.get(row.id) ?? [],
      comments: comments && (comments.get(row.id) ?? []),
      facts: row.facts,
      restrictions: { chain, chainComplete, known: row.known },
      spaceOwnerId: row.spaceOwnerId,
      humanEditorId: row.humanVersion?.version?.authorId ?? null,
      exempt: row.exempt,
      ownVersions: made.get(row.id) ?? [],
      humanVersion: row.humanVersion,
      knownContributors: row.knownContributors,
      marks: row.marks,
      contributors: row.knownContributors?.upTo === row.versionNumber ? row.knownContributors.ids : null,
      spaceReaders: row.spaceReaders,
      rules: profiles.get(row.profileId ?? '') ?? {},
    };
  });
  return { pages, accounts: await readAccounts(tx, [...new Set(pages.flatMap(accountsOf))]) };
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
  version: {
    number: row.versionNumber,
    createdAt: row.versionAt,
    authorId: row.versionAuthorId,
    minorEdit: row.versionMinor,
  },
  webui: row.webui,
});

const accountsOf = ({
  page,
  humanEditorId,
  knownContributors,
  spaceOwnerId,
  facts,
  restrictions,
}: PageMaterial): string[] => [
  ...[page.authorId, page.ownerId, page.version.authorId, humanEditorId, spaceOwnerId].filter((id) => id !== null),
  ...(knownContributors?.ids ?? []),
  ...(facts?.ownerProperty?.accountId ? [facts.ownerProperty.accountId] : []),
  ...restrictions.chain.flatMap(({ read, update }) => [...read.users, ...update.users]),
];
