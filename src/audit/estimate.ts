import { FACTS_VERSION } from '../domain/body-facts.ts';
import type { Space } from '../domain/inventory.ts';
import { type Expected, estimateRequests } from '../domain/request-estimate.ts';
import { type KnownContent, knownContent, knownSurroundings } from '../store/expectations.ts';
import { readSpaces } from '../store/spaces.ts';
import { type Night, read } from './night.ts';
import { staleAccounts } from './read-people.ts';

/**
 * Says how much the night is going to ask of the site, from the inventory of last time and the spaces that are there now, before their
 * content is listed. It is only said: the budget is what limits.
 */
export async function estimate(night: Night, chosen: readonly Space[]): Promise<void> {
  const expected = await expectedOf(night, chosen);
  const estimated = estimateRequests(expected, night.needs);
  night.counts.estimate = estimated;
  const { requests, points, contentKnown } = estimated;
  if (contentKnown) night.log.info('Estimated what this run asks of the site', { requests, points });
  else
    night.log.info('A first night: this run asks for at least so much, its pages are not known', { requests, points });
}

async function expectedOf(night: Night, chosen: readonly Space[]): Promise<Expected> {
  const { content, readers } = night.settings;
  const spaceIds = chosen.map((space) => space.id);
  const { known, around, accounts, saved } = await read(night, async (tx) => ({
    known: await knownContent(tx, { spaceIds, factsVersion: FACTS_VERSION, exempt: night.needs.has('links') }),
    around: await knownSurroundings(tx, spaceIds),
    accounts: await staleAccounts(night, tx),
    saved: await readSpaces(tx),
  }));
  const here = saved.filter((space) => spaceIds.includes(space.id));
  const asked = known.filter(({ contentType }) => content.includes(contentType));
  const total = (count: (of: KnownContent) => number): number => asked.reduce((sum, each) => sum + count(each), 0);
  return {
    visibleSpaces: saved.filter(({ state }) => state !== 'gone').length,
    spaces: spaceIds.map((id) =>
      content.map(
        (kind) => asked.find(({ spaceId, contentType }) => spaceId === id && contentType === kind)?.pages ?? 0,
      ),
    ),
    contentKnown: chosen.length === 0 || here.some(({ state }) => state === 'walked' || state === 'partial'),
    labels: total(({ labels }) => labels),
    principals: total(({ principals }) => principals),
    degraded: here.reduce((sum, { degraded }) => sum + degraded, 0),
    folders: { visible: around.visibleFolders, hidden: around.hiddenFolders },
    attachments: around.attachments,
    comments: around.comments,
    accounts: accounts.length,
    permissions: here.map(({ permissionRows }) => permissionRows),
    shelved: around.shelved,
    bodies: content.map((kind) =>
      asked
        .filter(({ contentType }) => contentType === kind)
        .reduce((sum, each) => sum + bodiesOf(each, night.full), 0),
    ),
    onCallGroups: readers.onCallGroups.length,
  };
}

/** What was left unread, and a night's share of what is edited in a week. */
const bodiesOf = ({ unread, edited, readable }: KnownContent, full: boolean): number =>
  full ? readable : Math.max(unread, Math.round(edited / 7));
