import { AuditError } from '../domain/errors.ts';
import type { Group } from '../domain/inventory.ts';
import type { Night } from './night.ts';

/**
 * The tenant's on-call groups with their ids. A name that the site does not know is a mistake in the settings and said as one: as a
 * group that can read nothing it would turn every runbook into a finding.
 */
export async function resolveGroups(night: Pick<Night, 'settings' | 'confluence'>): Promise<readonly Group[]> {
  const wanted = night.settings.readers.onCallGroups;
  if (wanted.length === 0) return [];
  const known = await night.confluence.groups();
  return wanted.map((nameOrId) => {
    const group = known.find(
      (candidate) => candidate.id === nameOrId || candidate.name.toLowerCase() === nameOrId.toLowerCase(),
    );
    if (group !== undefined) return group;
    throw new AuditError(
      'group-unresolved',
      `readers.onCallGroups of tenant ${night.settings.id}: the site has no group "${nameOrId}".`,
    );
  });
}
