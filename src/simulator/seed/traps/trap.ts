import type { Content } from '../../world/model.ts';
import { FAILURES, runbookBody } from '../prose/runbook.ts';
import type { Draft, Stage } from '../stage.ts';

/** Ids of pages or comments by the name of what is special about them. */
export type Traps = Record<string, string>;

type Given = Pick<Draft, 'title' | 'age'> & Partial<Draft> & { readonly picture?: string };

/** A runbook like the ordinary ones but for what the trap says; it stands right below the home page. */
export function writeTrap(stage: Stage, given: Given): Content {
  const { random, profile, world } = stage;
  const service = random.pick(profile.services);
  const owner = given.owner ?? stage.someone();
  const { picture, ...draft } = given;
  const scene = { service, mode: random.pick(FAILURES), owner: owner.accountId, ...(picture ? { picture } : {}) };
  return stage.write({
    space: 'OPS',
    parentId: world.space('OPS').homepageId,
    body: runbookBody(random, scene),
    owner,
    ...draft,
  });
}
