import type { Hand } from './carry-out.ts';
import { DID_NOT_HAPPEN, done, happened, skipped } from './settled.ts';

/** Content properties: what stands on a page where a site wants no labels of ours. */
export const properties: Hand = {
  async carryOut({ confluence }, write) {
    const there = await confluence.propertyNamed(write.pageId, write.mark);
    if (write.action === 'add-property') {
      if (there !== null) return skipped('The page has a content property of this name already, and it is not ours.');
      const { id, version } = await confluence.addProperty(write.pageId, write.mark, valueOf(write.content));
      return done(write, { remoteId: id, remoteVersion: version });
    }
    if (there === null) return done(write);
    if (there.id !== write.remoteId || there.version !== write.remoteVersion)
      return skipped('Somebody changed the content property since: it stays.');
    await confluence.removeProperty(write.pageId, there.id);
    return done(write);
  },
  async readBack({ confluence, accountId }, write) {
    const there = await confluence.propertyNamed(write.pageId, write.mark);
    if (write.action === 'remove-property') return there === null ? happened() : DID_NOT_HAPPEN;
    if (there === null || there.authorId !== accountId) return DID_NOT_HAPPEN;
    return happened({ remoteId: there.id, remoteVersion: there.version });
  },
};

const valueOf = (content: string | null): unknown => JSON.parse(content ?? '{}');
