import { markAttachmentsGone, markAttachmentsWalked, upsertAttachments } from '../store/attachments.ts';
import { walkedFrom } from '../store/seen-pages.ts';
import { unreadableItems, unreadableWalk } from '../store/unreadable.ts';
import { seenIds } from '../store/walk.ts';
import { untilOlderThan } from './newest-first.ts';
import { type Night, inRun } from './night.ts';
import type { Listing } from './plan-listing.ts';
import { toTheEnd, walkList } from './walk-list.ts';

const WALK = 'attachments';

/**
 * Lists the site's attachments once, for all spaces together: all of them, after which what the list no longer shows is gone, or those
 * that changed since the last night.
 */
export async function walkAttachments(night: Night, { attachmentsSince: since }: Listing): Promise<void> {
  const walk = since === null ? WALK : `${WALK}:changed`;
  const whole = await toTheEnd(night, 'The attachments of the site', () =>
    walkList(
      night,
      walk,
      async (at) => {
        if (since === null) return night.confluence.attachments(at);
        return untilOlderThan(since, await night.confluence.attachments({ ...at, order: 'newest-first' }));
      },
      async (tx, items) => {
        const current = items.filter((item) => item.status === 'current');
        await upsertAttachments(tx, current);
        night.progress('attachments', current.length);
        return current.map((item) => item.id);
      },
    ),
  );
  if (!whole) return;
  await inRun(night, async (tx) => {
    const { runId } = night.run;
    if (since === null) {
      await markAttachmentsGone(tx, { seen: seenIds(tx, { runId, walks: [WALK, unreadableWalk(WALK)] }) });
    }
    // What could not be read tonight has to be on the list of the next night again.
    if ((await unreadableItems(tx, night.run)).some((item) => item.walk.startsWith(WALK))) return;
    const from = await walkedFrom(tx, night.run, walk);
    await markAttachmentsWalked(tx, { from, listedAt: since === null ? night.run.startedAt : null });
  });
}
