import { z } from 'zod';
import { showContent } from '../wire/v2-content.ts';
import { readable } from '../world/lookup.ts';
import { type Content, newestVersion } from '../world/model.ts';
import { canUpdate } from '../world/visibility.ts';
import { noContent, type SimResponse, v2BadParameter, v2Conflict, v2NotFound } from './answers.ts';
import { single } from './keyset.ts';
import type { Call, Route } from './route.ts';
import { storageOf, WRITTEN_BODY } from './written-body.ts';

const PAGE = z.strictObject({
  id: z.string(),
  status: z.enum(['current', 'draft']),
  title: z.string(),
  spaceId: z.string().optional(),
  parentId: z.string().nullable().optional(),
  ownerId: z.string().optional(),
  body: WRITTEN_BODY,
  version: z.strictObject({ number: z.int().optional(), message: z.string().optional() }),
});

/** What may not be written is answered like what is not there. */
function writable(call: Call, type: 'page' | 'blogpost'): Content | null {
  const content = readable(call.world, call.who, call.path['id'] ?? '');
  return content?.type === type && canUpdate(call.world, call.who, content) ? content : null;
}

/** A page in the trash is purged by another way of asking, which is not simulated. */
function trash(call: Call, type: 'page' | 'blogpost'): SimResponse {
  const content = writable(call, type);
  if (content === null || content.status === 'trashed') return v2NotFound(type, call.path['id'] ?? '');
  call.world.trashPage(content.id);
  return noContent();
}

/** Why a page cannot become what was sent; null where it can. */
function refusalOf(call: Call, page: Content, sent: z.infer<typeof PAGE>): SimResponse | null {
  const { number } = newestVersion(page);
  if (sent.id !== page.id || sent.status === 'draft') return v2BadParameter('The page cannot be made another one.');
  if (storageOf(sent.body) === null) return v2BadParameter('A page has a body.');
  if ((sent.spaceId ?? page.spaceId) !== page.spaceId) return v2BadParameter('A page cannot change its space.');
  if (page.status === 'archived') return v2BadParameter('An archived page cannot be edited.');
  if (sent.version.number !== number + 1) return v2Conflict(number);
  if (call.world.isTitleTaken(page.spaceId, sent.title, page.id))
    return v2BadParameter('A page with this title already exists in the space.');
  const parent = sent.parentId ?? null;
  const above = parent === null ? undefined : readable(call.world, call.who, parent);
  return above === null || above?.status === 'trashed' ? v2NotFound('page', parent ?? '') : null;
}

/** Edits a page, or takes it out of the trash as it was. */
function updatePage(call: Call): SimResponse {
  const page = writable(call, 'page');
  if (page === null) return v2NotFound('page', call.path['id'] ?? '');
  const sent = call.body as z.infer<typeof PAGE>;
  const refusal = refusalOf(call, page, sent);
  if (refusal !== null) return refusal;
  const by = call.who.kind === 'user' ? call.who.account.accountId : '';
  const made = { by, at: call.now, message: sent.version.message ?? '' };
  if (page.status === 'trashed') call.world.restorePage(page.id, { ...made, parentId: sent.parentId ?? null });
  else {
    call.world.editPage(page.id, { ...made, title: sent.title, body: storageOf(sent.body) ?? '' });
    if (typeof sent.parentId === 'string') call.world.movePage(page.id, sent.parentId);
  }
  return single(call, showContent(call.world, page, true));
}

/** Into the trash and out of it: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const lifecycleRoutes: readonly Route[] = [
  ...(['page', 'blogpost'] as const).map(
    (type): Route => ({
      method: 'DELETE',
      template: `/wiki/api/v2/${type}s/{id}`,
      path: { id: /^\d+$/ },
      query: {},
      handle: (call) => trash(call, type),
    }),
  ),
  {
    method: 'PUT',
    template: '/wiki/api/v2/pages/{id}',
    path: { id: /^\d+$/ },
    query: {},
    body: PAGE,
    handle: updatePage,
  },
];
