import { isComment } from '../domain/owner-comment.ts';
import type { LedgerWrite, Settled } from '../store/ledger.ts';
import type { Hand, WriteDeps } from './carry-out.ts';
import { DID_NOT_HAPPEN, done, happened, skipped } from './settled.ts';

const DELETED: Settled = { state: 'gone', outcome: 'Somebody deleted the comment.' };

/** Comments to owners. Posting is the one write that a repetition would do twice, so a lost answer is looked for by the comment's mark. */
export const comments: Hand = {
  async carryOut(deps, write) {
    const { confluence } = deps;
    if (write.action === 'add-comment') {
      const { id, version } = await confluence.addComment(write.pageId, write.contentType, write.content ?? '');
      return done(write, { remoteId: id, remoteVersion: version });
    }
    const there = await confluence.commentById(write.remoteId ?? '');
    if (there === null) return write.action === 'remove-comment' ? done(write) : DELETED;
    if (there.authorId !== deps.accountId || there.version !== write.remoteVersion)
      return skipped('Somebody changed the comment since: it stays as it is.');
    if (write.action === 'update-comment') {
      const { version } = await confluence.updateComment(there.id, there.version + 1, write.content ?? '');
      return done(write, { remoteId: there.id, remoteVersion: version });
    }
    const replies = await confluence.repliesTo(there.id);
    if (replies > 0)
      return skipped(`People answered the comment (${replies}): it stays, for their answers would go with it.`);
    await confluence.removeComment(there.id);
    return done(write);
  },
  async readBack(deps, write) {
    if (write.action === 'add-comment') return posted(deps, write);
    const there = await deps.confluence.commentById(write.remoteId ?? '');
    if (write.action === 'remove-comment') return there === null ? happened() : DID_NOT_HAPPEN;
    if (there === null) return DELETED;
    return there.authorId === deps.accountId && there.version === (write.remoteVersion ?? 0) + 1
      ? happened({ remoteId: there.id, remoteVersion: there.version })
      : DID_NOT_HAPPEN;
  },
};

async function posted({ confluence, accountId }: WriteDeps, write: LedgerWrite): Promise<Settled> {
  const ours = (await confluence.commentsOn(write.pageId, write.contentType)).find(
    ({ authorId, storage }) => authorId === accountId && isComment(storage, write.mark),
  );
  return ours === undefined ? DID_NOT_HAPPEN : happened({ remoteId: ours.id, remoteVersion: ours.version });
}
