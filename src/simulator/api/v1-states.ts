import { readable } from '../world/lookup.ts';
import { answer, type SimResponse, v1NotFound } from './answers.ts';
import type { Call, Route } from './route.ts';

/** A page without a status is answered with an empty body. */
function showStatus(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content === null) return v1NotFound(id);
  if (content.state === null) return { status: 200, headers: {}, body: '' };
  const { at, ...contentState } = content.state;
  return answer(200, { contentState, lastUpdated: at });
}

/** Content statuses: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content-states/ */
export const stateRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/content/{id}/state',
    query: { status: { kind: 'choice', of: ['current', 'draft', 'archived'] } },
    handle: showStatus,
  },
];
