import { stableUuid } from '../world/identifiers.ts';
import type { Access, Space } from '../world/model.ts';

interface Principal {
  readonly type: 'user' | 'group' | 'access-class';
  readonly id: string;
}

interface Operation {
  readonly key: string;
  readonly targetType: string;
}

export interface PermissionRow {
  readonly id: string;
  readonly principal: Principal;
  readonly operation: Operation;
}

const READ: readonly Operation[] = [{ key: 'read', targetType: 'space' }];
const EDIT: readonly Operation[] = [
  { key: 'create', targetType: 'page' },
  { key: 'update', targetType: 'page' },
  { key: 'archive', targetType: 'page' },
  { key: 'create', targetType: 'blogpost' },
  { key: 'create', targetType: 'comment' },
  { key: 'create', targetType: 'attachment' },
];
const OWN: readonly Operation[] = [
  { key: 'administer', targetType: 'space' },
  { key: 'delete', targetType: 'page' },
  { key: 'restrict_content', targetType: 'space' },
];

// The class for all licensed users is known from a recorded answer, the one for the public is a guess.
const principalsOf = (access: Access): Principal[] => [
  ...(access.everyone ? [{ type: 'access-class', id: 'ALL_LICENSED_USERS' } as const] : []),
  ...(access.anonymous ? [{ type: 'access-class', id: 'ANONYMOUS_USERS' } as const] : []),
  ...access.groups.map((id) => ({ type: 'group', id }) as const),
  ...access.users.map((id) => ({ type: 'user', id }) as const),
];

/** Who may do what in a space, one row for each; a row keeps its id while it exists. */
export function permissionsOf(space: Space): PermissionRow[] {
  const held = [
    ...principalsOf(space.readers).flatMap((principal) => READ.map((operation) => ({ principal, operation }))),
    ...principalsOf(space.editors).flatMap((principal) => EDIT.map((operation) => ({ principal, operation }))),
    ...OWN.map((operation) => ({ principal: { type: 'user', id: space.ownerId } as const, operation })),
  ];
  return held.map(({ principal, operation }) => {
    const words = [space.id, principal.type, principal.id, operation.key, operation.targetType];
    const id = String(Number.parseInt(stableUuid('permission', ...words).slice(0, 8), 16));
    return { id, principal, operation };
  });
}
