import { readable } from '../world/lookup.ts';
import { answer, type SimResponse, v1NotFound, v2NotFound } from './answers.ts';
import { keysetPage } from './keyset.ts';
import { type Call, limit, type Route, text } from './route.ts';

function listProperties(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const page = readable(call.world, call.who, id);
  if (page?.type !== 'page') return v2NotFound('page', id);
  const wanted = text(call, 'key');
  const rows = [...page.properties]
    .filter(([key]) => wanted === undefined || key === wanted)
    .map(([key, property]) => ({ key, ...property }));
  const keys = { id: (row: { id: string }) => Number(row.id) };
  return keysetPage(call, rows, { keys, byDefault: 'id' }, ({ key, value, by, at, ...property }) => ({
    id: property.id,
    key,
    value,
    version: { number: 1, message: '', minorEdit: false, authorId: by, createdAt: at },
  }));
}

/** A page without a status is answered with an empty body. */
function showStatus(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return v1NotFound(id);
  if (content.state === null) return { status: 200, headers: {}, body: '' };
  const { at, ...contentState } = content.state;
  return answer(200, { contentState, lastUpdated: at });
}

/**
 * Content properties and content statuses: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-content-properties/,
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-states/
 */
export const markRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/pages/{id}/properties',
    path: { id: /^\d+$/ },
    query: { key: { kind: 'text' }, cursor: { kind: 'cursor' }, limit: limit(25, 250) },
    handle: listProperties,
  },
  {
    method: 'GET',
    template: '/wiki/rest/api/content/{id}/state',
    query: { status: { kind: 'choice', of: ['current', 'draft', 'archived'] } },
    handle: showStatus,
  },
];
