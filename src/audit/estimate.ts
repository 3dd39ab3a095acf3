import { labelsOfInterest } from '../domain/label-interest.ts';
import { SPACES } from '../domain/list-sizes.ts';
import { type Expected, estimateRequests } from '../domain/request-estimate.ts';
import { type KnownContent, isFirstRun, knownContent, knownSurroundings } from '../store/expectations.ts';
import { readSpaces } from '../store/spaces.ts';
import { countSite, type SiteCount } from './count-site.ts';
import { type Night, read } from './night.ts';
import type { Listing } from './plan-listing.ts';
import { staleAccounts } from './read-people.ts';
import { FEW } from './walk-labels.ts';

/**
 * Says how much the night is going to ask of the site, before content is listed: from the inventory of last time and the spaces that are
 * there now, on a first night from what the site says of itself. It is only said: the budget is what limits. Returns the plan with what
 * was learnt.
 */
export async function estimate(night: Night, listing: Listing): Promise<Listing> {
  const { expected, site } = await expectedOf(night, listing);
  const estimated = estimateRequests(expected, night.needs);
  night.counts.estimate = estimated;
  const { requests, points, countedBy } = estimated;
  if (countedBy === 'inventory') night.log.info('Estimated what this run asks of the site', { requests, points });
  else if (countedBy === 'site')
    night.log.info("A first night: this run asks for at least so much, by the site's own count", { requests, points });
  else
    night.log.info('A first night: this run asks for at least so much, its pages are not known', { requests, points });
  if (site === null) return listing;
  // Which space holds how much is not known.
  const each = sum(site.content) / Math.max(1, listing.spaces.length);
  return { ...listing, pagesOf: () => each, attachments: site.attachments };
}

async function expectedOf(night: Night, listing: Listing): Promise<{ expected: Expected; site: SiteCount | null }> {
  const { content, readers } = night.settings;
  const chosen = listing.spaces.map(({ id }) => id);
  const full = chosen.filter((id) => listing.full.has(id));
  const since = listing.changedSince;
  const interest = labelsOfInterest(night.settings, night.rules);
  const exempt = night.needs.has('links');
  const { known, around, accounts, saved, first } = await read(night, async (tx) => ({
    known: await knownContent(tx, { spaceIds: chosen, factsVersion: night.factsVersion, since, exempt }),
    around: await knownSurroundings(tx, { spaceIds: chosen, listed: full, interest: interest ?? [] }),
    accounts: await staleAccounts(night, tx),
    saved: await readSpaces(tx),
    // Asked once: a run that takes over or goes on has a budget to keep.
    first: await isFirstRun(tx, night.run),
  }));
  const here = saved.filter(({ id }) => chosen.includes(id));
  const isKnown = chosen.length === 0 || here.some(({ state }) => state === 'walked' || state === 'partial');
  const site = isKnown || !first ? null : await countSite(night, listing.spaces);
  const asked = known.filter(({ contentType }) => content.includes(contentType));
  const total = (count: (of: KnownContent) => number): number => asked.reduce((sum, each) => sum + count(each), 0);
  const counted = (ids: readonly string[]): number[][] =>
    ids.map((id, index) =>
      content.map((kind, at) =>
        site === null
          ? (asked.find(({ spaceId, contentType }) => spaceId === id && contentType === kind)?.pages ?? 0)
          : share(site.content[at] ?? 0, index, ids.length),
      ),
    );
  const pages = site === null ? total((each) => each.pages) : sum(site.content);
  const few = pages <= (night.listing.few ?? FEW) && chosen.length <= SPACES.perQuery;
  const byInterest = !few && interest !== null && interest.length > 0;
  const watched = few ? around.folders : around.watched;
  const expected: Expected = {
    visibleSpaces: saved.filter(({ state }) => state !== 'gone').length,
    spaces: counted(full),
    changed: {
      spaces: chosen.length - full.length,
      rows: content.map((kind) =>
        sum(asked.filter(({ contentType }) => contentType === kind).map(({ recent }) => recent)),
      ),
    },
    countedBy: isKnown ? 'inventory' : site === null ? null : 'site',
    searched: (few ? counted(chosen) : interest === null ? counted(full) : []).map(sum),
    ofInterest: byInterest ? around.ofInterest : null,
    byId: watched,
    labels: total(({ labels }) => labels),
    principals: total(({ principals }) => principals),
    degraded: sum(here.map(({ degraded }) => degraded)),
    folders: { visible: around.foldersToRead, hidden: around.hiddenFolders },
    attachments: site === null ? (listing.attachmentsSince === null ? around.attachments : 0) : site.attachments,
    comments: around.comments,
    accounts: accounts.length,
    permissions: here.filter(({ id }) => listing.full.has(id)).map(({ permissionRows }) => permissionRows),
    shelved: around.shelved,
    bodies: content.map((kind, at) =>
      site === null
        ? sum(asked.filter(({ contentType }) => contentType === kind).map((each) => bodiesOf(each, night.full)))
        : (site.content[at] ?? 0),
    ),
    onCallGroups: readers.onCallGroups.length,
    counting: site?.requests ?? 0,
  };
  return { expected, site };
}

/** Which space holds how much is not known on a first night: as many in each, and all of them together. */
const share = (total: number, index: number, of: number): number =>
  Math.floor((total * (index + 1)) / of) - Math.floor((total * index) / of);

/** What was left unread, and a night's share of what is edited in a week. */
const bodiesOf = ({ unread, edited, readable }: KnownContent, full: boolean): number =>
  full ? readable : Math.max(unread, Math.round(edited / 7));

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
