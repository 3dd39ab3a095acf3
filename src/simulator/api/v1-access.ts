import { createHash } from 'node:crypto';
import { z } from 'zod';
import { showRestriction } from '../wire/v1-parts.ts';
import { readable } from '../world/lookup.ts';
import { canRead, canUpdate, type Subject } from '../world/visibility.ts';
import { answer, type SimResponse, v1Error, v1NotFound } from './answers.ts';
import { type Call, limit, number, type Param, type Route } from './route.ts';

const EXPAND = ['restrictions.user', 'restrictions.group'];
const WINDOW = {
  start: { kind: 'number', min: 0, default: 0 },
  limit: limit(100, undefined, 0),
} as const satisfies Record<string, Param>;

function listRestrictions(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return v1NotFound(id);
  const window = { start: number(call, 'start'), limit: number(call, 'limit') };
  const results = (['read', 'update'] as const).map((operation) =>
    showRestriction(call.world, call.base, content, operation, window),
  );
  const restrictionsHash = createHash('sha256')
    .update(JSON.stringify([content.read, content.update]))
    .digest('hex');
  const self = `${call.base}/rest/api/content/${id}/restriction`;
  const links = { self, byOperation: `${self}/byOperation`, base: call.base, context: '/wiki' };
  return answer(200, { results, ...window, size: results.length, restrictionsHash, _links: links });
}

function byOperation(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return v1NotFound(id);
  // The spec wraps each operation in an envelope of its own; the real answer has none.
  return answer(200, {
    read: showRestriction(call.world, call.base, content, 'read'),
    update: showRestriction(call.world, call.base, content, 'update'),
    _links: {
      self: `${call.base}/rest/api/content/${id}/restriction/byOperation`,
      base: call.base,
      context: '/wiki',
    },
  });
}

function oneOperation(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return v1NotFound(id);
  const operation = call.path['operationKey'] === 'update' ? 'update' : 'read';
  const window = { start: number(call, 'start'), limit: number(call, 'limit') };
  const { _links, ...rest } = showRestriction(call.world, call.base, content, operation, window);
  return answer(200, { ...rest, _links: { ..._links, base: call.base, context: '/wiki' } });
}

const CHECK = z.strictObject({
  subject: z.strictObject({ type: z.enum(['user', 'group']), identifier: z.string().min(1) }),
  operation: z.enum(['read', 'update', 'delete']),
});

function subjectOf(call: Call, { type, identifier }: z.infer<typeof CHECK>['subject']): Subject | null {
  if (type === 'group') {
    const group = call.world.groups.get(identifier);
    return group === undefined ? null : { kind: 'group', group };
  }
  if (identifier === 'anonymous') return { kind: 'anonymous' };
  const account = call.world.accounts.get(identifier);
  return account === undefined ? null : { kind: 'user', account };
}

function checkPermission(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return v1NotFound(id);
  const { subject: given, operation } = call.body as z.infer<typeof CHECK>;
  const self = call.who.kind === 'user' ? call.who.account : null;
  if (given.identifier !== self?.accountId && !self?.admin) {
    return v1Error(403, 'Only a Confluence administrator may check the permissions of others.');
  }
  const subject = subjectOf(call, given);
  if (subject === null) return v1Error(400, `No ${given.type} has the identifier ${given.identifier}.`);
  const allowed = operation === 'read' ? canRead : canUpdate;
  const hasPermission = allowed(call.world, subject, content);
  // A denial is an answer, not an error.
  const errors = hasPermission ? [] : [{ translation: `The ${given.type} may not ${operation} this.`, args: [] }];
  return answer(200, { hasPermission, errors, _links: { base: call.base, context: '/wiki' } });
}

/** Restrictions: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-restrictions/ */
export const accessRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/content/{id}/restriction',
    query: {
      expand: {
        kind: 'list',
        of: [...EXPAND, ...['read', 'update'].flatMap((each) => EXPAND.map((name) => `${each}.${name}`))],
      },
      ...WINDOW,
    },
    handle: listRestrictions,
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/content/{id}/restriction/byOperation',
    query: { expand: { kind: 'list', of: EXPAND } },
    handle: byOperation,
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/content/{id}/restriction/byOperation/{operationKey}',
    path: { operationKey: /^(read|update)$/ },
    query: { expand: { kind: 'list', of: EXPAND }, ...WINDOW },
    handle: oneOperation,
  },
  {
    method: 'POST',
    template: '/wiki/rest/api/content/{id}/permission/check',
    query: {},
    body: CHECK,
    handle: checkPermission,
  },
];
