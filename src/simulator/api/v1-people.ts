import { showAnonymous, showGroup, showV1User } from '../wire/user.ts';
import { answer, type SimResponse, v1Refused } from './answers.ts';
import { type Call, flag, limit, number, type Route } from './route.ts';

const START = { kind: 'number', min: 0, default: 0 } as const;

/** A v1 list by offset; its `next` has no `/wiki` in front. */
function offsetPage(call: Call, rows: readonly object[], extra: object = {}): SimResponse {
  const start = number(call, 'start');
  const size = number(call, 'limit');
  const results = rows.slice(start, start + size);
  const path = call.url.pathname.replace(/^\/wiki/, '');
  const more = size > 0 && start + size < rows.length;
  const next = more ? { next: `${path}?next=true&limit=${size}&start=${start + size}` } : {};
  const links = { base: call.base, context: '/wiki', ...next, self: `${call.base}${path}` };
  return answer(200, { results, start, limit: size, size: results.length, ...extra, _links: links });
}

/** Who am I, and the groups: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-users/ */
export const peopleRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/user/current',
    query: {},
    handle: (call) => {
      const shown = call.who.kind === 'user' ? showV1User(call.base, call.who.account) : showAnonymous(call.base);
      return answer(200, { ...shown, _links: { ...shown._links, base: call.base, context: '/wiki' } });
    },
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/group',
    query: { start: START, limit: limit(200, undefined, 0) },
    tolerated: ['next'],
    handle: (call) => {
      if (call.who.kind !== 'user') return v1Refused('The caller may not view groups.');
      return offsetPage(
        call,
        [...call.world.groups.values()].map((group) => showGroup(call.base, group)),
      );
    },
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/group/{groupId}/membersByGroupId',
    query: { start: START, limit: limit(200, 200, 0), shouldReturnTotalSize: { kind: 'flag' } },
    tolerated: ['next'],
    handle: (call) => {
      if (call.who.kind !== 'user') return v1Refused('The caller may not view users.');
      // A group that does not exist has no members, and that is no error.
      const members = [...(call.world.groups.get(call.path['groupId'] ?? '')?.members ?? [])].flatMap((id) => {
        const account = call.world.accounts.get(id);
        return account === undefined ? [] : [showV1User(call.base, account)];
      });
      return offsetPage(call, members, flag(call, 'shouldReturnTotalSize') ? { totalSize: members.length } : {});
    },
  },
  {
    method: 'GET',
    template: '/_edge/tenant_info',
    query: {},
    open: true,
    beyondSpec: 'It tells the cloud id of a site without credentials and is not part of the Confluence API.',
    handle: (call) => answer(200, { cloudId: call.world.cloudId }),
  },
];
