import { readableSpaces } from '../world/lookup.ts';
import type { Space } from '../world/model.ts';
import { canReadSpace } from '../world/visibility.ts';
import { showSpace } from '../wire/v2-space.ts';
import { type PermissionRow, permissionsOf } from '../wire/v2-permissions.ts';
import { v2NotFound } from './answers.ts';
import { keysetPage, single } from './keyset.ts';
import { limit, list, type Route, text } from './route.ts';

const FORMAT = { kind: 'choice', of: ['plain', 'view'] } as const;

const KEYS = {
  id: (space: Space) => Number(space.id),
  key: (space: Space) => space.key,
  name: (space: Space) => space.name,
};

/** Spaces: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-space/ */
export const spaceRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces',
    query: {
      ids: { kind: 'list', of: 'id', max: 250 },
      keys: { kind: 'list', of: 'text', max: 250 },
      type: {
        kind: 'choice',
        of: ['global', 'collaboration', 'knowledge_base', 'personal', 'system', 'onboarding', 'xflow_sample_space'],
      },
      status: { kind: 'choice', of: ['current', 'archived', 'trashed'] },
      sort: { kind: 'choice', of: ['id', '-id', 'key', '-key', 'name', '-name'] },
      'description-format': FORMAT,
      'include-icon': { kind: 'flag' },
      cursor: { kind: 'cursor' },
      limit: limit(25, 250),
    },
    handle: (call) => {
      const keys = list(call, 'keys')?.map((key) => key.toLowerCase());
      const rows = readableSpaces(call.world, call.who).filter(
        (space) =>
          (list(call, 'ids')?.includes(space.id) ?? true) &&
          (keys?.includes(space.key.toLowerCase()) ?? true) &&
          (text(call, 'type') ?? space.type) === space.type &&
          (text(call, 'status') ?? space.status) === space.status,
      );
      return keysetPage(call, rows, { keys: KEYS, byDefault: 'id' }, (space) =>
        showSpace(space, text(call, 'description-format')),
      );
    },
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces/{id}',
    path: { id: /^\d+$/ },
    query: { 'description-format': FORMAT, 'include-icon': { kind: 'flag' } },
    handle: (call) => {
      const id = call.path['id'] ?? '';
      const space = call.world.spaces.get(id);
      if (space === undefined || !canReadSpace(call.world, call.who, space)) return v2NotFound('space', id);
      const shown = showSpace(space, text(call, 'description-format'));
      // Unlike in the list, a description that was not asked for is an empty object.
      return single(call, { ...shown, description: shown['description'] ?? {} });
    },
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/spaces/{id}/permissions',
    path: { id: /^\d+$/ },
    query: { cursor: { kind: 'cursor' }, limit: limit(25, 250) },
    handle: (call) => {
      const id = call.path['id'] ?? '';
      const space = call.world.spaces.get(id);
      if (space === undefined || !canReadSpace(call.world, call.who, space)) return v2NotFound('space', id);
      const keys = { id: (row: PermissionRow) => Number(row.id) };
      return keysetPage(call, permissionsOf(space), { keys, byDefault: 'id' }, (row) => row);
    },
  },
];
