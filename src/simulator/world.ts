import { archiveVerbs } from './world/archiving.ts';
import { commentVerbs } from './world/comments.ts';
import { contentVerbs } from './world/content.ts';
import { createIdSequence, stableUuid } from './world/identifiers.ts';
import { markVerbs } from './world/marks.ts';
import type { WorldOptions, WorldState } from './world/model.ts';
import { peopleVerbs } from './world/people.ts';
import { spaceVerbs } from './world/spaces.ts';

/** An empty Confluence site in memory and the verbs that fill and change it; time is always given, never read. */
export function createWorld(seed: { id: string; firstId?: number } & Partial<WorldOptions>) {
  const state: WorldState = {
    id: seed.id,
    cloudId: stableUuid(seed.id, 'cloud'),
    options: {
      edition: seed.edition ?? 'premium',
      archiveLooks: seed.archiveLooks ?? 1,
      anonymousAccess: seed.anonymousAccess ?? false,
      searchLagMs: seed.searchLagMs ?? 0,
      searchCaps: seed.searchCaps ?? { plain: 250, expanded: 200, body: 50 },
    },
    accounts: new Map(),
    groups: new Map(),
    credentials: new Map(),
    gatewayTokens: new Map(),
    spaces: new Map(),
    contents: new Map(),
    attachments: new Map(),
    comments: new Map(),
    archiveJobs: new Map(),
    labelIds: new Map(),
    nextId: createIdSequence(seed.firstId ?? 65_536),
  };
  const spaces = spaceVerbs(state);
  const contents = contentVerbs(state, spaces.space);
  return {
    ...state,
    ...peopleVerbs(state),
    ...spaces,
    ...contents,
    ...markVerbs(state, contents.content),
    ...commentVerbs(state, contents.content),
    ...archiveVerbs(state),
  };
}

export type World = ReturnType<typeof createWorld>;
