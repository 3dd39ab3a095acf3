import { markAttachmentsGone, upsertAttachments } from '../store/attachments.ts';
import { unreadableWalk } from '../store/unreadable.ts';
import { seenIds } from '../store/walk.ts';
import { type Night, inRun } from './night.ts';
import { walkList } from './walk-list.ts';

const WALK = 'attachments';

/** Lists the site's attachments once, for all spaces together; what a complete list no longer shows is gone. */
export async function walkAttachments(night: Night): Promise<void> {
  await walkList(
    night,
    WALK,
    (cursor) => night.confluence.attachments({ cursor }),
    async (tx, items) => {
      const current = items.filter((item) => item.status === 'current');
      await upsertAttachments(tx, current);
      night.progress('attachments', current.length);
      return current.map((item) => item.id);
    },
  );
  await inRun(night, (tx) =>
    markAttachmentsGone(tx, { seen: seenIds(tx, { runId: night.run.runId, walks: [WALK, unreadableWalk(WALK)] }) }),
  );
}
