import { asAuditError } from '../domain/errors.ts';
import type { Folder } from '../domain/inventory.ts';
import { type UnknownParent, foldersToRead, upsertFolders } from '../store/folders.ts';
import { forgetRestrictions } from '../store/pages.ts';
import { FOLDER_WALK } from '../store/seen-pages.ts';
import { saveStep } from '../store/walk.ts';
import { restrictedPages } from './needed-by.ts';
import { type Night, inRun, read } from './night.ts';
import type { Walked } from './walk-pages.ts';

/** Folders nest; a chain longer than this is a loop in the answers. */
const DEEPEST = 50;

/**
 * Reads the folders on the way up from the pages whose rules look at restrictions: they are in no list, and a page below one may be shut
 * off by it. One request a folder, whatever number of pages lies in it, and none where it is known from the last full listing of its
 * space; its restrictions come with those of the runbooks.
 */
export async function walkFolders(night: Night, { full }: Walked): Promise<void> {
  const which = { listed: full.map(({ id }) => id), onlyRunbooks: restrictedPages(night.rules) === 'runbooks' };
  for (let depth = 0; depth < DEEPEST; depth += 1) {
    const level = await read(night, (tx) => foldersToRead(tx, night.run, which));
    if (level.length === 0) return;
    for (const parent of level) await readFolder(night, parent);
  }
}

async function readFolder(night: Night, { id, spaceId }: UnknownParent): Promise<void> {
  const found = await ask(night, id);
  await inRun(night, async (tx) => {
    if (found === null) {
      // Below an invisible folder the chain stays open, and the rules that need it say so.
      await forgetRestrictions(tx, [id]);
    } else {
      await upsertFolders(tx, night.run, [{ ...found, spaceId }]);
    }
    await saveStep(tx, { runId: night.run.runId, walk: `${FOLDER_WALK}:${id}`, step: 0, nextCursor: null, ids: [id] });
  });
}

async function ask(night: Night, id: string): Promise<Folder | null> {
  try {
    return await night.confluence.folder(id);
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'not-found' && code !== 'forbidden' && code !== 'scope-missing') throw error;
    return null;
  }
}
