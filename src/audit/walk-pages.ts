import { asAuditError } from '../domain/errors.ts';
import type { Confluence } from '../confluence/client.ts';
import type { ListPage } from '../confluence/list.ts';
import type { InSpaces } from '../confluence/pages.ts';
import type { ContentType, Page, Space } from '../domain/inventory.ts';
import { groupSpaces } from '../domain/space-groups.ts';
import { upsertPages } from '../store/pages.ts';
import type { TenantTx } from '../store/db.ts';
import { CHANGED_WALKS, seenBySpace, takeOverKnown } from '../store/seen-pages.ts';
import { setSpaceStates } from '../store/spaces.ts';
import type { PageVerdict } from '../store/verdicts.ts';
import { createClassifier } from './classify.ts';
import { untilOlderThan } from './newest-first.ts';
import { type Night, inRun, read } from './night.ts';
import type { Listing } from './plan-listing.ts';
import { sideBySide } from './side-by-side.ts';
import { toTheEnd, walkList, walkOver } from './walk-list.ts';
import { spaceState } from './walk-spaces.ts';

type List = (confluence: Confluence, q: InSpaces) => Promise<ListPage<Page>>;

/** The name of the walk and its list; the names begin with the mark of walks whose ids are judged. */
const LISTS: Readonly<Record<ContentType, readonly [string, List]>> = {
  page: [
    'pages',
    (confluence, { spaceIds: [first = '', ...others], order, ...at }) =>
      // Alone, a space that cannot be read says so; in a list of many it just adds nothing.
      others.length === 0 && order !== 'newest-first'
        ? confluence.pagesInSpace({ spaceId: first, order, ...at })
        : confluence.pagesInSpaces({ spaceIds: [first, ...others], order, ...at }),
  ],
  blogpost: ['pages:blogposts', (confluence, q) => confluence.blogPostsInSpaces(q)],
};

/** The spaces that were listed to the end tonight, and those of which what changed was. */
export interface Walked {
  readonly full: readonly Space[];
  readonly changed: readonly Space[];
}

/**
 * Lists the current pages of the spaces, and their blog posts where the settings ask for them, metadata only: all of them, or what
 * changed, as the plan of the night says. Of the spaces whose changes are known the whole inventory takes part in the night.
 */
export async function walkPages(night: Night, listing: Listing): Promise<Walked> {
  const inFull = listing.spaces.filter(({ id }) => listing.full.has(id));
  const others = listing.spaces.filter(({ id }) => !listing.full.has(id));
  const since = listing.changedSince ?? new Date(0);
  const walks = async (tasks: readonly (() => Promise<readonly Space[]>)[]): Promise<Space[]> =>
    (await sideBySide(night.settings.limits.maxConcurrency, tasks)).flat();
  const full = await walks(groupSpaces(inFull, listing.pagesOf).map((group) => () => walkGroup(night, group, listing)));
  const changed = await walks(groupSpaces(others, () => 0).map((group) => () => walkChanged(night, group, since)));
  const spaceIds = changed.map(({ id }) => id);
  await inRun(night, (tx) => takeOverKnown(tx, night.run, { spaceIds, content: night.settings.content }));
  return { full, changed };
}

async function walkGroup(
  night: Night,
  group: readonly Space[],
  { pagesOf }: Pick<Listing, 'pagesOf'>,
): Promise<readonly Space[]> {
  const spaceIds = group.map((space) => space.id);
  const rows = group.reduce((sum, space) => sum + pagesOf(space), 0);
  try {
    const whole = await toTheEnd(night, `The pages of ${spaces(group)}`, async () => {
      for (const contentType of night.settings.content) {
        const [walk, list] = LISTS[contentType];
        await walkList(
          night,
          walkOver(walk, spaceIds),
          (at) => list(night.confluence, { spaceIds, ...at }),
          saverOf(night, group),
          {
            fetch: (at) => list(night.confluence, { spaceIds, order: 'backwards', ...at }),
            placeOf: ({ id }) => BigInt(id),
            rows,
          },
        );
      }
    });
    if (!whole) await markPartial(night, group);
    return whole ? group : [];
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'forbidden' && code !== 'not-found') throw error;
    // One refused space must not cost the others of its list.
    if (group.length > 1) {
      const alone = group.map((space) => () => walkGroup(night, [space], { pagesOf }));
      return (await sideBySide(night.settings.limits.maxConcurrency, alone)).flat();
    }
    await refuse(night, group[0] as Space);
    return [];
  }
}

async function walkChanged(night: Night, group: readonly Space[], since: Date): Promise<readonly Space[]> {
  const spaceIds = group.map((space) => space.id);
  const whole = await toTheEnd(night, `What changed in ${spaces(group)}`, async () => {
    for (const contentType of night.settings.content) {
      const [walk, list] = LISTS[contentType];
      await walkList(
        night,
        walkOver(`${CHANGED_WALKS}${walk}`, spaceIds),
        async (at) => untilOlderThan(since, await list(night.confluence, { spaceIds, order: 'newest-first', ...at })),
        saverOf(night, group),
      );
    }
  });
  if (!whole) await markPartial(night, group);
  return whole ? group : [];
}

function saverOf(night: Night, group: readonly Space[]) {
  const keys = new Map(group.map(({ id, key }) => [id, key]));
  const verdictOn = createClassifier(night.settings);
  const guess = ({ id, title, spaceId }: Page): PageVerdict =>
    verdictOn({ id, title, spaceKey: keys.get(spaceId) ?? '', labels: [], ancestorIds: [] }).verdict;
  return async (tx: TenantTx, pages: readonly Page[]): Promise<readonly string[]> => {
    // A list that ignores the status filter must not turn archived pages into findings.
    const current = pages.filter((page) => page.status === 'current');
    const { changed } = await upsertPages(tx, { runId: night.run.runId, pages: current, guess });
    night.counts.pagesSeen += current.length;
    night.counts.pagesChanged += changed;
    night.progress('pages', night.counts.pagesSeen);
    return current.map((page) => page.id);
  };
}

async function markPartial(night: Night, group: readonly Space[]): Promise<void> {
  const counted = await read(night, (tx) => seenBySpace(tx, night.run));
  const states = group.map(({ id }) => {
    const pagesSeen = counted.filter(({ spaceId }) => spaceId === id).reduce((sum, { pages }) => sum + pages, 0);
    return spaceState(id, { state: 'partial', pagesSeen, howKnown: 'the list broke off' });
  });
  await inRun(night, (tx) => setSpaceStates(tx, { runId: night.run.runId, states }));
}

async function refuse(night: Night, space: Space): Promise<void> {
  await inRun(night, (tx) =>
    setSpaceStates(tx, { runId: night.run.runId, states: [spaceState(space.id, { state: 'refused' })] }),
  );
  night.shortfalls.push({
    reason: 'forbidden',
    detail: `The pages of space ${space.key} were refused to the account.`,
  });
}

const spaces = (group: readonly Space[]): string =>
  group.length === 1 ? `space ${group[0]?.key}` : `${group.length} spaces`;
