import { paginate } from '../confluence/paginate.ts';
import type { Page, Space } from '../domain/inventory.ts';
import type { TenantTx } from '../store/db.ts';
import { absentPages, markGone, upsertPages } from '../store/pages.ts';
import { seenBySpace, seenPages } from '../store/seen-pages.ts';
import { readSpaces, type SavedSpace, setSpaceStates } from '../store/spaces.ts';
import { saveStep } from '../store/walk.ts';
import { type Night, inRun, read } from './night.ts';
import { spaceState } from './walk-spaces.ts';

const IDS_PER_REQUEST = 250;
/**
 * So many pages of a space may vanish at once before it looks like lost visibility: a tenth, and a few in any case; but hardly ever the
 * last of them together.
 */
const credibleLoss = (lastTime: number, seen: number): number =>
  seen === 0 ? 1 : Math.max(3, Math.floor(lastTime * 0.1));

interface Absent {
  readonly pageId: string;
  readonly spaceId: string;
}

/**
 * Decides what became of pages that a complete walk did not list any more, and closes the walk's books space by space. Each absent page
 * is asked for by id: archived and trashed ones are certain; one that stays invisible counts as deleted only while the identity still
 * holds and the number lost is plausible.
 */
export async function settleAbsence(night: Night, walked: readonly Space[]): Promise<void> {
  const spaceIds = walked.map((space) => space.id);
  const absent = await read(night, (tx) =>
    absentPages(tx, { spaceIds, contentType: 'page', seen: seenPages(tx, night.run) }),
  );
  const invisible: Absent[] = [];
  for (let start = 0; start < absent.length; start += IDS_PER_REQUEST) {
    invisible.push(...(await askFor(night, absent.slice(start, start + IDS_PER_REQUEST), new Set(spaceIds), start)));
  }
  // A dead credential and a purged page give the same answer, so the identity is proved again before absence counts.
  if (invisible.length > 0) await night.confluence.proveIdentity(night.accountId);
  await inRun(night, async (tx) => {
    const saved = new Map((await readSpaces(tx)).map((space) => [space.id, space]));
    const seen = new Map((await seenBySpace(tx, night.run)).map((row) => [row.spaceId, row.pages]));
    night.counts.pagesSeen = [...seen.values()].reduce((sum, pages) => sum + pages, 0);
    for (const space of walked) {
      const lost = invisible.filter((page) => page.spaceId === space.id);
      const state = await settleSpace(tx, night, { saved: saved.get(space.id), seen: seen.get(space.id) ?? 0, lost });
      await setSpaceStates(tx, { runId: night.run.runId, states: [spaceState(space.id, state)] });
      if (state.missing > 0) night.shortfalls.push(visibilityLost(space, state.missing));
    }
  });
}

async function settleSpace(
  tx: TenantTx,
  { run, degraded }: Night,
  { saved, seen, lost }: { saved: SavedSpace | undefined; seen: number; lost: readonly Absent[] },
) {
  const spaceId = saved?.id ?? '';
  const counts = { pagesSeen: seen, degraded: degraded.get(spaceId) ?? 0 };
  if (lost.length > credibleLoss(pagesLastTime(saved, run), seen))
    return { ...counts, state: 'partial', missing: lost.length } as const;
  await markGone(tx, { runId: run.runId, pageIds: lost.map((page) => page.pageId), because: 'deleted-or-hidden' });
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
  absent: readonly Absent[],
  walked: ReadonlySet<string>,
  step: number,
): Promise<readonly Absent[]> {
  const ids = absent.map((page) => page.pageId);
  const found = new Map<string, Page>();
  for await (const list of paginate((cursor) =>
    night.confluence.pagesById({ ids, withBody: false, statuses: ['current', 'archived', 'trashed'], cursor }),
  )) {
    for (const page of list.items) found.set(page.id, page);
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
      walk: 'pages:by-id',
      step,
      nextCursor: null,
      ids: late.map((page) => page.id),
    });
    for (const [because, which] of Object.entries(gone)) {
      await markGone(tx, { runId: night.run.runId, pageIds: which.map((page) => page.id), because });
    }
  });
  return absent.filter((page) => !found.has(page.pageId));
}

const isCurrent = (page: Page): boolean => page.status === 'current';
