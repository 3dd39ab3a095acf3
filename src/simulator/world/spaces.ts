import { type Instant, toIso } from './identifiers.ts';
import type { Access, Space, WorldState } from './model.ts';

const EVERYONE: Access = { everyone: true, anonymous: false, users: [], groups: [] };
export const PUBLIC: Access = { everyone: true, anonymous: true, users: [], groups: [] };

/** A permission held by these accounts and groups (by id) only. */
export const only = (users: readonly string[], groups: readonly string[] = []): Access => ({
  everyone: false,
  anonymous: false,
  users,
  groups,
});

export interface NewSpace {
  readonly key: string;
  readonly name: string;
  readonly by: string;
  readonly at: Instant;
  readonly type?: Space['type'];
  readonly status?: Space['status'];
  readonly description?: string;
  readonly readers?: Access;
  readonly editors?: Access;
}

/** The verbs about spaces and the permissions on them. */
export function spaceVerbs(state: WorldState) {
  const space = (idOrKey: string): Space => {
    const found = state.spaces.get(idOrKey) ?? [...state.spaces.values()].find((each) => each.key === idOrKey);
    if (found === undefined) throw new Error(`no space ${idOrKey}`);
    return found;
  };

  return {
    /** A space by its id or its key. */
    space,
    addSpace(given: NewSpace): Space {
      const readers = given.readers ?? EVERYONE;
      const added: Space = {
        id: state.nextId(),
        key: given.key,
        name: given.name,
        type: given.type ?? 'global',
        status: given.status ?? 'current',
        authorId: given.by,
        ownerId: given.by,
        createdAt: toIso(given.at),
        homepageId: null,
        description: given.description ?? '',
        readers,
        editors: given.editors ?? { ...readers, anonymous: false },
      };
      state.spaces.set(added.id, added);
      return added;
    },
    /** Changes who may read, and who may edit, everything in a space. */
    setSpaceAccess(idOrKey: string, access: { readers?: Access; editors?: Access }): void {
      Object.assign(space(idOrKey), access);
    },
    setSpaceStatus(idOrKey: string, status: Space['status']): void {
      space(idOrKey).status = status;
    },
  };
}
