import { collect } from '../confluence/paginate.ts';
import { asAuditError } from '../domain/errors.ts';
import type { Space } from '../domain/inventory.ts';
import { saveSpaceReaders, spacesWithReaders } from '../store/space-readers.ts';
import { type Night, inRun, read } from './night.ts';

/**
 * Reads who may view each space, once a run: every permission costs an hourly quota two points. A space whose permissions are refused
 * is left unknown, and the rules that need them skip it.
 */
export async function readSpacePermissions(night: Night, walked: readonly Space[]): Promise<void> {
  const done = await read(night, (tx) => spacesWithReaders(tx, night.run.runId));
  for (const { id: spaceId } of walked.filter((space) => !done.has(space.id))) {
    const permissions = await ask(night, spaceId);
    if (permissions === null) continue;
    const views = permissions.filter(({ operation, target }) => operation === 'read' && target === 'space');
    const of = (type: string) =>
      [
        ...new Set(
          views
            .filter(({ principal }) => principal.type.toLowerCase().replaceAll('_', '-') === type)
            .map(({ principal }) => principal.id),
        ),
      ].toSorted();
    await inRun(night, (tx) =>
      saveSpaceReaders(tx, {
        runId: night.run.runId,
        spaceId,
        classes: of('access-class'),
        groups: of('group'),
        rows: permissions.length,
      }),
    );
  }
}

async function ask(night: Night, spaceId: string) {
  try {
    return await collect((cursor) => night.confluence.spacePermissions({ spaceId, cursor }));
  } catch (error) {
    const code = asAuditError(error)?.code;
    if (code !== 'forbidden' && code !== 'not-found' && code !== 'scope-missing') throw error;
    night.log.info('The permissions of a space could not be read; rules that need them skip it', { code });
    return null;
  }
}
