import type { World } from '../world.ts';
import type { Account, Content } from '../world/model.ts';
import type { Crew } from './crew.ts';
import type { Profile } from './profiles.ts';
import type { Random } from './random.ts';

const DAY = 86_400_000;

export interface Draft {
  readonly space: string;
  readonly title: string;
  readonly body: string;
  readonly parentId?: string | null;
  readonly labels?: readonly string[];
  readonly by?: Account;
  readonly owner?: Account;
  readonly subtype?: 'live';
  /** How many days ago a person last edited it. */
  readonly age: number;
  /** How many days it existed before that; 0 = it was never edited again. */
  readonly history?: number;
}

/** Everything that the parts of a seed share. */
export interface Stage {
  readonly world: World;
  readonly crew: Crew;
  readonly profile: Profile;
  readonly random: Random;
  /** An instant so many days before now, in the middle of a working day of its own. */
  ago(days: number): Date;
  /** `2026-05-01`, so many days before now. */
  dayAgo(days: number): string;
  someone(): Account;
  /** Writes a page with a life: created, edited a few times, last by a person `age` days ago. */
  write(draft: Draft): Content;
}

export function createStage(parts: { world: World; crew: Crew; profile: Profile; random: Random; now: Date }): Stage {
  const { world, crew, random, now } = parts;
  // Hours are taken off, never added, so that nothing lies in the future and each age in days is what it says.
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY - random.between(1, 400) * 60_000);
  const someone = (): Account => random.pick(crew.people);

  const write = (draft: Draft): Content => {
    const first = draft.by ?? someone();
    const history = draft.history ?? random.between(30, 900);
    const edits = history === 0 ? 0 : random.between(1, 6);
    const ages = Array.from({ length: edits }, (_, index) => draft.age + Math.floor((history * index) / (edits + 1)));
    const page = world.addPage({
      space: draft.space,
      title: draft.title,
      body: draft.body,
      by: first.accountId,
      at: ago(draft.age + history),
      parentId: draft.parentId ?? null,
      labels: draft.labels ?? [],
      ...(draft.owner === undefined ? {} : { ownerId: draft.owner.accountId }),
      ...(draft.subtype === undefined ? {} : { subtype: draft.subtype }),
    });
    for (const age of ages.toReversed()) {
      // The last edit is a real one; those before it may be corrections of a comma.
      const minor = age !== draft.age && random.chance(0.25);
      const message = random.chance(0.2) ? 'Reviewed with the team' : '';
      world.editPage(page.id, { by: (draft.by ?? someone()).accountId, at: ago(age), minor, message });
    }
    return page;
  };
  return {
    world,
    crew,
    profile: parts.profile,
    random,
    ago,
    dayAgo: (days) => new Date(now.getTime() - days * DAY).toISOString().slice(0, 10),
    someone,
    write,
  };
}
