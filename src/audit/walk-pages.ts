import { asAuditError } from '../domain/errors.ts';
import type { Page, Space } from '../domain/inventory.ts';
import { upsertPages } from '../store/pages.ts';
import type { TenantTx } from '../store/db.ts';
import { setSpaceStates } from '../store/spaces.ts';
import { type Night, inRun } from './night.ts';
import { walkList } from './walk-list.ts';
import { spaceState } from './walk-spaces.ts';

/** The most space ids that one v2 page list takes; small spaces share one cursor chain. */
const SPACES_PER_LIST = 100;

/** Lists the current pages of the spaces, metadata only, and returns the spaces whose pages could be listed to the end. */
export async function walkPages(night: Night, spaces: readonly Space[]): Promise<readonly Space[]> {
  const walked: Space[] = [];
  for (const group of groupsOf(spaces, SPACES_PER_LIST)) walked.push(...(await walkGroup(night, group)));
  return walked;
}

async function walkGroup(night: Night, group: readonly Space[]): Promise<readonly Space[]> {
  const spaceIds = group.map((space) => space.id);
  try {
    for (const contentType of night.settings.content) {
      if (contentType !== 'page') continue;
      await walkList(
        night,
        `pages:${spaceIds[0]}+${spaceIds.length}`,
        (cursor) =>
          // Alone, a space that cannot be read says so; in a list of many it just adds nothing.
          group.length === 1
            ? night.confluence.pagesInSpace({ spaceId: spaceIds[0] ?? '', cursor })
            : night.confluence.pagesInSpaces({ spaceIds, cursor }),
        (tx, pages) => savePages(night, tx, pages),
      );
    }
    return group;
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'forbidden' && code !== 'not-found') throw error;
    // One refused space must not cost the others of its list.
    if (group.length > 1) return (await Promise.all(group.map((space) => walkGroup(night, [space])))).flat();
    await refuse(night, group[0] as Space);
    return [];
  }
}

async function savePages(night: Night, tx: TenantTx, pages: readonly Page[]): Promise<readonly string[]> {
  // A list that ignores the status filter must not turn archived pages into findings.
  const current = pages.filter((page) => page.status === 'current');
  const { changed } = await upsertPages(tx, { runId: night.run.runId, pages: current });
  night.counts.pagesSeen += current.length;
  night.counts.pagesChanged += changed;
  night.progress('pages', night.counts.pagesSeen);
  return current.map((page) => page.id);
}

async function refuse(night: Night, space: Space): Promise<void> {
  await inRun(night, (tx) =>
    setSpaceStates(tx, { runId: night.run.runId, states: [spaceState(space.id, { state: 'refused' })] }),
  );
  night.shortfalls.push({
    reason: 'forbidden',
    detail: `The pages of space ${space.key} were refused to the account.`,
  });
}

function* groupsOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
