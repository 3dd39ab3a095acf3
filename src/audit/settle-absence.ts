import type { Page, Space } from '../domain/inventory.ts';
import { type UnseenPage, markPagesGone, unseenPages, upsertPages } from '../store/pages.ts';
import { saveStep } from '../store/walk.ts';
import { setSpaceCounts } from '../store/spaces.ts';
import { type Night, inRun, read } from './night.ts';

const IDS_PER_REQUEST = 250;
/** So many pages of a space may vanish at once before it looks like lost visibility: a tenth, and a few in any case. */
const credibleLoss = (seenLastTime: number): number => Math.max(3, Math.floor(seenLastTime * 0.1));

/**
 * Decides what became of pages that a complete walk did not list any more. Each is asked for by id; archived and trashed ones are
 * certain, one that stays invisible counts as deleted only when the identity still holds and the number lost is plausible.
 */
export async function settleAbsence(night: Night, walked: readonly Space[]): Promise<void> {
  const spaceIds = walked.map((space) => space.id);
  const unseen = await read(night, (tx) => unseenPages(tx, night.run, spaceIds));
  const invisible: UnseenPage[] = [];
  for (let start = 0; start < unseen.length; start += IDS_PER_REQUEST) {
    invisible.push(...(await settleBatch(night, unseen.slice(start, start + IDS_PER_REQUEST), new Set(spaceIds), start)));
  }
  if (invisible.length > 0) await settleInvisible(night, invisible, walked);
  await inRun(night, (tx) => setSpaceCounts(tx, night.run, spaceIds));
}

async function settleBatch(night: Night, unseen: readonly UnseenPage[], walked: ReadonlySet<string>, step: number): Promise<readonly UnseenPage[]> {
  const ids = unseen.map((page) => page.pageId);
  const found = new Map<string, Page>();
  for (let cursor: string | null = null; ; ) {
    const list = await night.confluence.pagesById({ ids, withBody: false, statuses: ['current', 'archived', 'trashed'], cursor });
    for (const page of list.items) found.set(page.id, page);
    if (list.next === null) break;
    cursor = list.next;
  }
  const pages = [...found.values()];
  const still = pages.filter((page) => page.status === 'current' && walked.has(page.spaceId));
  await inRun(night, async (tx) => {
    await upsertPages(tx, night.run, still);
    await saveStep(tx, night.run, { walk: 'pages:by-id', step, nextCursor: null, ids: still.map((page) => page.id) });
    const gone = (because: string, which: readonly Page[]) => markPagesGone(tx, night.run, which.map((page) => page.id), because);
    await gone('out-of-scope', pages.filter((page) => page.status === 'current' && !walked.has(page.spaceId)));
    await gone('archived', pages.filter((page) => page.status === 'archived'));
    await gone('trashed', pages.filter((page) => page.status === 'trashed'));
  });
  return unseen.filter((page) => !found.has(page.pageId));
}

async function settleInvisible(night: Night, invisible: readonly UnseenPage[], walked: readonly Space[]): Promise<void> {
  // A dead credential and a purged page give the same answer, so the identity is proved again before absence counts.
  await night.confluence.proveIdentity(night.run.accountId);
  for (const space of walked) {
    const lost = invisible.filter((page) => page.spaceId === space.id);
    const seenLastTime = lost[0]?.pagesLastTime ?? 0;
    if (lost.length === 0) continue;
    if (lost.length <= credibleLoss(seenLastTime)) {
      await inRun(night, (tx) => markPagesGone(tx, night.run, lost.map((page) => page.pageId), 'deleted-or-hidden'));
      continue;
    }
    night.shortfalls.push({
      reason: 'visibility-lost',
      detail: `${lost.length} of ${seenLastTime} pages of space ${space.key} are not visible any more; their findings stay as they were.`,
    });
  }
}
