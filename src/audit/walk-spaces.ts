import { AuditError } from '../domain/errors.ts';
import type { Space } from '../domain/inventory.ts';
import { spaceChosen } from '../domain/scope.ts';
import { paginate } from '../confluence/paginate.ts';
import { markSpacesGone, saveSpaces } from '../store/spaces.ts';
import { type Night, inRun } from './night.ts';

/**
 * Lists every space that the account can see, records which are audited and why the others are not, and returns the chosen ones.
 * A space that was audited last time and is not listed any more is visibility lost, never a reason to resolve anything.
 */
export async function walkSpaces(night: Night): Promise<readonly Space[]> {
  const visible: Space[] = [];
  for await (const list of paginate((cursor) => night.confluence.spaces({ cursor }))) visible.push(...list.items);

  const judged = visible.map((space) => ({ space, verdict: spaceChosen(space, night.settings.spaces) }));
  const vanished = await inRun(night, async (tx) => {
    await saveSpaces(
      tx,
      night.run,
      judged.map(({ space, verdict }) => ({ ...space, excludedBecause: verdict.chosen ? null : verdict.because })),
    );
    return markSpacesGone(
      tx,
      night.run,
      visible.map((space) => space.id),
    );
  });
  for (const key of vanished) {
    night.shortfalls.push({ reason: 'visibility-lost', detail: `Space ${key} was visible last time and is not listed any more.` });
  }
  const chosen = judged.filter(({ verdict }) => verdict.chosen).map(({ space }) => space);
  return night.onlySpaces === null ? chosen : pick(chosen, night.onlySpaces);
}

function pick(chosen: readonly Space[], keys: readonly string[]): readonly Space[] {
  return keys.map((key) => {
    const space = chosen.find((candidate) => candidate.key.toLowerCase() === key.toLowerCase());
    if (space === undefined) {
      throw new AuditError('arguments-invalid', `--space ${key}: no such space is visible to the account and in scope.`);
    }
    return space;
  });
}
