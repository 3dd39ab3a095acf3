import { asAuditError } from '../domain/errors.ts';
import { COMMENT_WALK, markCommentsGone, upsertComments } from '../store/comments.ts';
import { unreadableWalk } from '../store/unreadable.ts';
import { seenIds } from '../store/walk.ts';
import { type Night, inRun } from './night.ts';
import { shortfallOf } from './shortfall.ts';
import { toTheEnd, walkList } from './walk-list.ts';

/**
 * Lists the inline comments of the site once, for all spaces together; what a complete list no longer shows is gone. Replies are left
 * aside: only the comment that they answer can be resolved. A credential that may not read comments costs this list and not the night:
 * the rules that need it answer skip, and the run is not complete.
 */
export async function walkComments(night: Night): Promise<void> {
  try {
    const whole = await toTheEnd(night, 'The comments of the site', () =>
      walkList(
        night,
        COMMENT_WALK,
        (at) => night.confluence.inlineComments(at),
        async (tx, items) => {
          const roots = items.filter((item) => item.parentId === null && item.status === 'current');
          await upsertComments(tx, roots);
          night.progress('comments', roots.length);
          return roots.map((item) => item.id);
        },
      ),
    );
    if (!whole) return;
  } catch (error) {
    const known = asAuditError(error);
    if (known?.code !== 'forbidden' && known?.code !== 'scope-missing') throw error;
    night.log.warn('The comments could not be read', { code: known.code });
    night.shortfalls.push(shortfallOf(known));
    return;
  }
  const walks = [COMMENT_WALK, unreadableWalk(COMMENT_WALK)];
  await inRun(night, (tx) => markCommentsGone(tx, { seen: seenIds(tx, { runId: night.run.runId, walks }) }));
}
