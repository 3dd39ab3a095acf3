import { markAttachmentsGone, upsertAttachments } from '../store/attachments.ts';
import { type Night, inRun } from './night.ts';
import { walkList } from './walk-list.ts';

/** Lists the site's attachments once, for all spaces together; what a complete list no longer shows is gone. */
export async function walkAttachments(night: Night): Promise<void> {
  await walkList(
    night,
    'attachments',
    (cursor) => night.confluence.attachments({ cursor }),
    async (tx, items) => {
      const current = items.filter((item) => item.status === 'current');
      await upsertAttachments(tx, night.run, current);
      return current.map((item) => item.id);
    },
  );
  await inRun(night, (tx) => markAttachmentsGone(tx, night.run));
}
