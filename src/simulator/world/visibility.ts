import type { Access, Account, Attachment, Content, Group, Readers, Space, WorldState } from './model.ts';

/** On whose behalf a permission is asked. */
export type Subject =
  | { readonly kind: 'user'; readonly account: Account }
  | { readonly kind: 'group'; readonly group: Group }
  | { readonly kind: 'anonymous' };

/** The account's group ids. */
const groupsOf = (world: WorldState, accountId: string): string[] =>
  [...world.groups.values()].filter((group) => group.members.has(accountId)).map((group) => group.id);

function named(world: WorldState, list: Readers, who: Subject): boolean {
  if (who.kind === 'anonymous') return false;
  if (who.kind === 'group') return list.groups.includes(who.group.id);
  const { accountId } = who.account;
  return list.users.includes(accountId) || groupsOf(world, accountId).some((id) => list.groups.includes(id));
}

function holds(world: WorldState, access: Access, who: Subject): boolean {
  if (who.kind === 'anonymous') return access.anonymous && world.options.anonymousAccess;
  return access.everyone || access.anonymous || named(world, access, who);
}

const admits = (world: WorldState, list: Readers, who: Subject): boolean =>
  (list.users.length === 0 && list.groups.length === 0) || named(world, list, who);

/** May the subject use Confluence at all? */
function hasSiteAccess(world: WorldState, who: Subject): boolean {
  if (who.kind === 'anonymous') return world.options.anonymousAccess;
  return who.kind === 'group' ? who.group.siteAccess : who.account.accountStatus === 'active';
}

/** The node's ancestors, nearest first. */
export function ancestorsOf(world: WorldState, content: Content): Content[] {
  const chain: Content[] = [];
  let at = content.parentId;
  while (at !== null && chain.length < 1000) {
    const parent = world.contents.get(at);
    if (parent === undefined) break;
    chain.push(parent);
    at = parent.parentId;
  }
  return chain;
}

export const canReadSpace = (world: WorldState, who: Subject, space: Space): boolean =>
  hasSiteAccess(world, who) && holds(world, space.readers, who);

/** Site, space, and the read list of the node and of every ancestor. */
export function canRead(world: WorldState, who: Subject, content: Content): boolean {
  const space = world.spaces.get(content.spaceId);
  if (space === undefined || !canReadSpace(world, who, space)) return false;
  if (who.kind === 'user' && content.hiddenFrom.has(who.account.accountId)) return false;
  if (content.status === 'draft' && !(who.kind === 'user' && who.account.accountId === content.authorId)) return false;
  return [content, ...ancestorsOf(world, content)].every((node) => admits(world, node.read, who));
}

/** Unlike reading, the right to edit is narrowed by the node's own list only. */
export function canUpdate(world: WorldState, who: Subject, content: Content): boolean {
  const space = world.spaces.get(content.spaceId);
  if (space === undefined || !canRead(world, who, content)) return false;
  return holds(world, space.editors, who) && admits(world, content.update, who);
}

/** Whoever may edit in the space and see the page may comment on it, whatever its own list for editing says. */
export function canComment(world: WorldState, who: Subject, content: Content): boolean {
  const space = world.spaces.get(content.spaceId);
  return space !== undefined && canRead(world, who, content) && holds(world, space.editors, who);
}

/** An attachment is archived or trashed with the page that holds it. */
export function attachmentStatus(world: WorldState, file: Attachment): string {
  const container = world.contents.get(file.containerId);
  return container === undefined || container.status === 'current' ? file.status : container.status;
}
