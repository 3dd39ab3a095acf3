import { paginate } from '../confluence/paginate.ts';
import type { ContentType, Page, Space } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import type { TenantTx } from '../store/db.ts';
import { absentPages, markGone, upsertPages } from '../store/pages.ts';
import { ALL_PAGE_WALKS, CHANGED_WALKS, listedPages, seenBySpace, walkedFrom } from '../store/seen-pages.ts';
import {
  dropAcceptance,
  markWalked,
  readSpaces,
  type SavedSpace,
  setSpaceStates,
  type SpaceState,
} from '../store/spaces.ts';
import { saveUnreadable, unreadableItems } from '../store/unreadable.ts';
import { saveStep } from '../store/walk.ts';
import { type Night, inRun, read } from './night.ts';
import { logUnreadable } from './unreadable.ts';
import type { Walked } from './walk-pages.ts';
import { spaceState } from './walk-spaces.ts';

const CONTENT_TYPES = ['page', 'blogpost'] as const satisfies readonly ContentType[];
/** A blog post cannot be archived, and asking for archived ones is refused. */
const STATUSES: Readonly<Record<ContentType, readonly string[]>> = {
  page: ['current', 'archived', 'trashed'],
  blogpost: ['current', 'trashed'],
};

/**
 * So many pages of a space may vanish at once before it looks like lost visibility: a tenth, and a few in any case; but hardly ever the
 * last of them together.
 */
const credibleLoss = (lastTime: number, seen: number): number =>
  seen === 0 ? 1 : Math.max(3, Math.floor(lastTime * 0.1));

interface Absent {
  readonly pageId: string;
  readonly spaceId: string;
  readonly contentType: ContentType;
}

/**
 * Decides what became of pages and blog posts that a complete walk did not list any more, and closes the walk's books space by space. Each absent page
 * is asked for by id: archived and trashed ones are certain; one that stays invisible counts as deleted only while the identity still
 * holds and the number lost is plausible, or somebody said that it is meant. Of spaces of which only what changed was listed nothing is absent.
 */
export async function settleAbsence(night: Night, { full: walked, changed }: Walked): Promise<void> {
  const spaceIds = walked.map((space) => space.id);
  const invisible: Absent[] = [];
  const absentOf = await read(night, async (tx) => {
    const seen = listedPages(tx, night.run);
    const absent = [];
    for (const contentType of CONTENT_TYPES) absent.push(await absentPages(tx, { spaceIds, contentType, seen }));
    return absent;
  });
  for (const [index, contentType] of CONTENT_TYPES.entries()) {
    const absent = absentOf[index] ?? [];
    if (absent.length === 0) continue;
    if (!night.settings.content.includes(contentType)) {
      // Known from a time when the settings asked for it.
      const pageIds = absent.map((page) => page.pageId);
      await inRun(night, (tx) => markGone(tx, { runId: night.run.runId, pageIds, because: 'out-of-scope' }));
      continue;
    }
    for (let start = 0; start < absent.length; start += ROWS.list) {
      const asked = absent.slice(start, start + ROWS.list).map((page) => ({ ...page, contentType }));
      invisible.push(...(await askFor(night, contentType, asked, new Set(spaceIds), start)));
    }
  }
  // A dead credential and a purged page give the same answer, so the identity is proved again before absence counts.
  if (invisible.length > 0) await night.confluence.proveIdentity(night.accountId);
  await inRun(night, async (tx) => {
    const saved = new Map((await readSpaces(tx)).map((space) => [space.id, space]));
    const counted = await seenBySpace(tx, night.run);
    night.counts.pagesSeen = counted.reduce((sum, { pages }) => sum + pages, 0);
    const states: SpaceState[] = [];
    for (const space of walked) {
      const lost = invisible.filter((page) => page.spaceId === space.id);
      const seen = counted.filter((row) => row.spaceId === space.id);
      const state = await settleSpace(tx, night, { saved: saved.get(space.id), seen, lost });
      states.push(spaceState(space.id, state));
      if (state.missing > 0) night.shortfalls.push(visibilityLost(space, state.missing));
    }
    for (const { id } of changed) states.push(changedState(id, saved.get(id), counted, night.degraded.get(id) ?? 0));
    await setSpaceStates(tx, { runId: night.run.runId, states });
    const from = await walkedFrom(tx, night.run, ALL_PAGE_WALKS);
    await markWalked(tx, night.run, { spaceIds, from, full: true });
    if (changed.length === 0) return;
    // What could not be read tonight has to be on the list of the next night again.
    const readable = !(await unreadableItems(tx, night.run)).some(({ walk }) => walk.startsWith(CHANGED_WALKS));
    if (readable) await markWalked(tx, night.run, { spaceIds: changed.map(({ id }) => id), from, full: false });
  });
}

/** Of a space of which what changed was listed: it is known as it was when all of it was. */
function changedState(
  id: string,
  saved: SavedSpace | undefined,
  counted: readonly Seen[],
  degraded: number,
): SpaceState {
  const pagesSeen = counted.filter(({ spaceId }) => spaceId === id).reduce((sum, { pages }) => sum + pages, 0);
  const howKnown = `changes listed; all of it on ${saved?.listedAt?.slice(0, 10) ?? 'no day yet'}`;
  return spaceState(id, { state: 'walked', pagesSeen, degraded, howKnown });
}

type Seen = Awaited<ReturnType<typeof seenBySpace>>[number];

async function settleSpace(
  tx: TenantTx,
  { run, degraded }: Night,
  { saved, seen, lost }: { saved: SavedSpace | undefined; seen: readonly Seen[]; lost: readonly Absent[] },
) {
  const spaceId = saved?.id ?? '';
  const pagesSeen = seen.reduce((sum, { pages }) => sum + pages, 0);
  const counts = { pagesSeen, degraded: degraded.get(spaceId) ?? 0 };
  const lastTime = pagesLastTime(saved, run);
  // All posts of a space may vanish and still be a small part of its pages, so each kind has to be credible by itself.
  const incredible = CONTENT_TYPES.some((contentType) => {
    const here = seen.find((row) => row.contentType === contentType)?.pages ?? 0;
    const missed = lost.filter((page) => page.contentType === contentType).length;
    return missed > 0 && missed > credibleLoss(Math.min(lastTime, here + missed), here);
  });
  // What was accepted says nothing of pages that vanished after it.
  const accepted = saved?.acceptedMissing ?? 0;
  if (incredible && (accepted === 0 || lost.length > accepted + credibleLoss(0, pagesSeen)))
    return { ...counts, state: 'partial', missing: lost.length } as const;
  await markGone(tx, { runId: run.runId, pageIds: lost.map((page) => page.pageId), because: 'deleted-or-hidden' });
  if (accepted > 0) await dropAcceptance(tx, spaceId);
  return { ...counts, state: 'walked', missing: 0 } as const;
}

/** How many pages the last complete walk before this run saw. */
function pagesLastTime(saved: SavedSpace | undefined, run: Night['run']): number {
  if (saved === undefined) return 0;
  if (saved.runId === run.runId) return saved.pagesLastTime;
  return saved.state === 'walked' ? saved.pagesSeen : Math.max(saved.pagesSeen, saved.pagesLastTime);
}

const visibilityLost = (space: Space, lost: number) =>
  ({
    reason: 'visibility-lost',
    detail: `${lost} pages of space ${space.key} are not visible any more; their findings stay as they were.`,
  }) as const;

/** Asks for absent pages by id, settles those that answer, and returns the others. */
async function askFor(
  night: Night,
  contentType: ContentType,
  absent: readonly Absent[],
  walked: ReadonlySet<string>,
  step: number,
): Promise<readonly Absent[]> {
  const ids = absent.map((page) => page.pageId);
  const found = new Map<string, Page>();
  // What is there and cannot be read is not absent; nor is anything surely absent while one without an id is there.
  const unreadable = new Set<string | null>();
  for await (const list of paginate((cursor) =>
    night.confluence.pagesById({ contentType, ids, withBody: false, statuses: STATUSES[contentType], cursor }),
  )) {
    for (const page of list.items) found.set(page.id, page);
    for (const { id } of list.invalid) unreadable.add(id);
    logUnreadable(night, 'pages by id', list.invalid);
  }
  const pages = [...found.values()];
  const late = pages.filter((page) => isCurrent(page) && walked.has(page.spaceId));
  // A command for some spaces cannot tell whether a page that moved to another one is out of scope.
  const moved = night.onlySpaces === null ? pages.filter(isCurrent).filter((page) => !walked.has(page.spaceId)) : [];
  const gone = {
    'out-of-scope': moved,
    archived: pages.filter((page) => page.status === 'archived'),
    trashed: pages.filter((page) => page.status === 'trashed'),
  };
  await inRun(night, async (tx) => {
    await upsertPages(tx, { runId: night.run.runId, pages: late });
    await saveStep(tx, {
      runId: night.run.runId,
      walk: `pages:${contentType}s-by-id`,
      step,
      nextCursor: null,
      ids: late.map((page) => page.id),
    });
    for (const [because, which] of Object.entries(gone)) {
      await markGone(tx, { runId: night.run.runId, pageIds: which.map((page) => page.id), because });
    }
  });
  if (unreadable.size > 0) await inRun(night, (tx) => keepUnreadable(night, tx, contentType, step, [...unreadable]));
  if (unreadable.has(null)) return [];
  return absent.filter((page) => !found.has(page.pageId) && !unreadable.has(page.pageId));
}

const keepUnreadable = (
  { run }: Night,
  tx: TenantTx,
  contentType: ContentType,
  step: number,
  ids: readonly (string | null)[],
) => saveUnreadable(tx, { runId: run.runId, walk: `pages:${contentType}s-by-id`, step, ids });

const isCurrent = (page: Page): boolean => page.status === 'current';
