import { paginate } from '../confluence/paginate.ts';
import { AuditError } from '../domain/errors.ts';
import type { Space } from '../domain/inventory.ts';
import { spaceChosen } from '../domain/scope.ts';
import { type SavedSpace, type SpaceState, readSpaces, setSpaceStates, upsertSpaces } from '../store/spaces.ts';
import { type Night, inRun } from './night.ts';
import type { Shortfall } from './shortfall.ts';
import { logUnreadable } from './unreadable.ts';

/** A state with nothing counted in it. */
export const spaceState = (spaceId: string, given: Partial<SpaceState> & Pick<SpaceState, 'state'>): SpaceState => ({
  spaceId,
  excludedBecause: null,
  pagesSeen: 0,
  degraded: 0,
  missing: 0,
  howKnown: 'listed',
  ...given,
});

/**
 * Lists every space that the account can see, records which are audited and why the others are not, and returns the chosen ones.
 * A space that was audited last time and is not listed any more is visibility lost, never a reason to resolve anything.
 */
export async function walkSpaces(night: Night): Promise<readonly Space[]> {
  const visible: Space[] = [];
  for await (const list of paginate((cursor) => night.confluence.spaces({ cursor }))) {
    visible.push(...list.items);
    logUnreadable(night, 'spaces', list.invalid);
    if (list.invalid.length > 0) night.shortfalls.push(unreadableSpaces(list.invalid.length));
  }

  const verdicts = visible.map((space) => ({ space, verdict: spaceChosen(space, night.settings.spaces) }));
  const vanished = await inRun(night, async (tx) => {
    await upsertSpaces(tx, visible);
    const listed = new Set(visible.map((space) => space.id));
    const lost = (await readSpaces(tx)).filter(
      (space) => !listed.has(space.id) && space.state !== null && space.state !== 'excluded',
    );
    await setSpaceStates(tx, {
      runId: night.run.runId,
      states: [
        ...verdicts.flatMap(({ space, verdict }) =>
          verdict.chosen ? [] : [spaceState(space.id, { state: 'excluded', excludedBecause: verdict.because })],
        ),
        ...lost.map((space) => spaceState(space.id, lostState(space))),
      ],
    });
    return lost.filter((space) => space.acceptedMissing === 0);
  });
  for (const space of vanished) {
    night.shortfalls.push({
      reason: 'visibility-lost',
      detail: `Space ${space.key} was visible last time and is not listed any more.`,
    });
  }
  const chosen = verdicts.filter(({ verdict }) => verdict.chosen).map(({ space }) => space);
  night.counts.spaces = chosen.length;
  return night.onlySpaces === null ? chosen : pick(chosen, night.onlySpaces);
}

/** Somebody may have said that the space is meant to be gone. */
const lostState = ({
  acceptedMissing,
  pagesSeen,
  missing,
}: SavedSpace): Partial<SpaceState> & Pick<SpaceState, 'state'> =>
  acceptedMissing > 0
    ? { state: 'excluded', excludedBecause: 'accepted as gone', howKnown: 'not listed any more' }
    : { state: 'gone', missing: pagesSeen + missing, howKnown: 'not listed any more' };

const unreadableSpaces = (count: number): Shortfall => ({
  reason: 'unexpected',
  detail: `${count} space(s) could not be read and were set aside.`,
});

function pick(chosen: readonly Space[], keys: readonly string[]): readonly Space[] {
  return keys.map((key) => {
    const space = chosen.find((candidate) => candidate.key.toLowerCase() === key.toLowerCase());
    if (space === undefined)
      throw new AuditError(
        'arguments-invalid',
        `--space ${key}: no such space is visible to the account and in scope.`,
      );
    return space;
  });
}
