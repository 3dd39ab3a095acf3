import { collect } from '../confluence/paginate.ts';
import { asAuditError } from '../domain/errors.ts';
import type { SpacePermission } from '../domain/inventory.ts';
import { saveSpaceReaders, spacesWithReaders } from '../store/space-readers.ts';
import { type Night, inRun, read } from './night.ts';
import { toTheEnd } from './walk-list.ts';
import type { Walked } from './walk-pages.ts';

/**
 * Reads who may view each space as often as all of the space is listed: every permission costs an hourly quota two points. A space whose
 * permissions are refused or cannot be read is left unknown, and the rules that need them skip it.
 */
export async function readSpacePermissions(night: Night, { full, changed }: Walked): Promise<void> {
  const done = await read(night, (tx) => spacesWithReaders(tx, night.run.runId));
  for (const { id, key } of [...full, ...changed].filter((space) => !done.has(space.id)))
    await toTheEnd(night, `The permissions of space ${key}`, () => readOne(night, id));
}

async function readOne(night: Night, spaceId: string): Promise<void> {
  const permissions = await ask(night, spaceId);
  if (permissions === null) return;
  await inRun(night, (tx) =>
    saveSpaceReaders(tx, {
      runId: night.run.runId,
      spaceId,
      classes: readersOf(permissions, 'access-class'),
      groups: readersOf(permissions, 'group'),
      rows: permissions.length,
    }),
  );
}

function readersOf(permissions: readonly SpacePermission[], type: string): string[] {
  const ids = permissions
    .filter(({ operation, target }) => operation === 'read' && target === 'space')
    .filter(({ principal }) => principal.type.toLowerCase().replaceAll('_', '-') === type)
    .map(({ principal }) => principal.id);
  return [...new Set(ids)].toSorted();
}

async function ask(night: Night, spaceId: string): Promise<readonly SpacePermission[] | null> {
  try {
    return await collect((cursor) => night.confluence.spacePermissions({ spaceId, cursor }));
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'forbidden' && code !== 'not-found' && code !== 'scope-missing') throw error;
    night.log.info('The permissions of a space could not be read; rules that need them skip it', { code });
    return null;
  }
}
