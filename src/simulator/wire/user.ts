import type { Account, Group, WorldState } from '../world/model.ts';

const picture = (accountId: string) => ({
  path: `/wiki/aa-avatar/${accountId}`,
  width: 48,
  height: 48,
  isDefault: false,
});

/** A user as v1 shows one. */
export const showV1User = (base: string, account: Account) => ({
  type: 'known',
  accountId: account.accountId,
  accountType: account.accountType,
  email: account.email,
  publicName: account.displayName,
  profilePicture: picture(account.accountId),
  displayName: account.displayName,
  isExternalCollaborator: account.guest,
  isGuest: account.guest,
  locale: 'en_US',
  accountStatus: account.accountStatus,
  _expandable: { operations: '', personalSpace: '' },
  _links: { self: `${base}/rest/api/user?accountId=${account.accountId}` },
});

/** A user whom another object names, even where the account is gone. */
export function showPerson(world: WorldState, base: string, accountId: string): object {
  const account = world.accounts.get(accountId);
  return account === undefined ? { type: 'unknown', accountId } : showV1User(base, account);
}

/** Whom the site takes a request for that brought no valid credential. */
export const showAnonymous = (base: string) => ({
  type: 'anonymous',
  profilePicture: { path: '/wiki/aa-avatar/anonymous', width: 48, height: 48, isDefault: true },
  displayName: 'Anonymous',
  isExternalCollaborator: false,
  isGuest: false,
  _expandable: { operations: '' },
  _links: { self: `${base}/rest/api/user/anonymous` },
});

function personalSpace(world: WorldState, accountId: string): object {
  const own = [...world.spaces.values()].find((space) => space.type === 'personal' && space.ownerId === accountId);
  return own === undefined ? {} : { personalSpaceId: own.id };
}

/** A user as v2 shows one. */
export const showV2User = (world: WorldState, account: Account) => ({
  accountId: account.accountId,
  accountType: account.accountType,
  accountStatus: account.accountStatus,
  displayName: account.displayName,
  publicName: account.displayName,
  email: account.email,
  timeZone: account.timeZone,
  isExternalCollaborator: account.guest,
  ...personalSpace(world, account.accountId),
  profilePicture: { path: picture(account.accountId).path, isDefault: false },
});

export const showGroup = (base: string, group: Group) => ({
  type: 'group',
  name: group.name,
  id: group.id,
  resourceAri: `ari:cloud:identity::group/${group.id}`,
  _links: { self: `${base}/rest/experimental/group/${encodeURIComponent(group.name)}` },
});
