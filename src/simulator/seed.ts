import { addCrew, type Crew } from './seed/crew.ts';
import { type Profile, PROFILES } from './seed/profiles.ts';
import { createRandom } from './seed/random.ts';
import { fillDocumentation } from './seed/spaces/documentation.ts';
import { fillEngineering } from './seed/spaces/engineering.ts';
import { fillMargins } from './seed/spaces/margins.ts';
import { fillOperations } from './seed/spaces/operations.ts';
import { fillReliability } from './seed/spaces/reliability.ts';
import { createStage } from './seed/stage.ts';
import { addAccessTraps } from './seed/traps/access.ts';
import { addCommentTraps } from './seed/traps/comments.ts';
import { addFileTraps } from './seed/traps/files.ts';
import { addFreshnessTraps } from './seed/traps/freshness.ts';
import { addGraphTraps } from './seed/traps/graph.ts';
import { addLifecycleTraps } from './seed/traps/lifecycle.ts';
import { addReviewTraps } from './seed/traps/reviews.ts';
import { addSecretTraps } from './seed/traps/secrets.ts';
import { addTitleTraps } from './seed/traps/titles.ts';
import type { Traps } from './seed/traps/trap.ts';
import { createWorld, type World } from './world.ts';

export interface DemoWorld {
  readonly id: string;
  readonly company: string;
  readonly world: World;
  /** Of the audit account. */
  readonly email: string;
  readonly token: string;
  /** Ids of the pages and comments that something is special about, by what that is. */
  readonly traps: Readonly<Traps>;
  readonly crew: Crew;
}

function demoWorld(profile: Profile, now: Date): DemoWorld {
  const world = createWorld({ id: profile.id, anonymousAccess: profile.anonymousAccess });
  const crew = addCrew(world, profile);
  const stage = createStage({ world, crew, profile, random: createRandom(profile.id), now });
  for (const fill of [fillOperations, fillReliability, fillEngineering, fillDocumentation, fillMargins]) fill(stage);
  const traps: Traps = {};
  const sets = [
    addFreshnessTraps,
    addAccessTraps,
    addFileTraps,
    addTitleTraps,
    addLifecycleTraps,
    addCommentTraps,
    addSecretTraps,
    addGraphTraps,
    addReviewTraps,
  ];
  for (const add of sets) Object.assign(traps, add(stage));
  return { id: profile.id, company: profile.company, world, email: crew.email, token: crew.token, traps, crew };
}

/**
 * Three companies and their wikis, the same at every call but for the dates, which keep their distance to `now`: what is
 * stale today is stale on any day.
 */
export const demoWorlds = ({ now }: { now: Date }): DemoWorld[] => PROFILES.map((profile) => demoWorld(profile, now));
