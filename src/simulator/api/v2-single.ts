import { showContent, showFolder, showContentVersion } from '../wire/v2-content.ts';
import { labelId, readable, settledLabels } from '../world/lookup.ts';
import type { Content, Version } from '../world/model.ts';
import { canUpdate } from '../world/visibility.ts';
import { type SimResponse, v2NotFound } from './answers.ts';
import { keysetPage, single } from './keyset.ts';
import { type Call, flag, limit, list, number, type Route, text } from './route.ts';
import { BODY_FORMAT } from './v2-content.ts';

// No list shows more of an include block than this.
const BLOCK = 50;

/** An include block; its own link leaves `/wiki` out, unlike the `next` of lists. */
const block = (content: Content, name: string, rows: readonly unknown[]) => ({
  results: rows.slice(0, BLOCK),
  meta: { hasMore: rows.length > BLOCK },
  _links: { self: `/api/v2/pages/${content.id}/${name}` },
});

function operations(call: Call, page: Content): object[] {
  const allowed = canUpdate(call.world, call.who, page) ? ['read', 'update', 'delete', 'archive'] : ['read'];
  return allowed.map((operation) => ({ operation, targetType: 'page' }));
}

function includes(call: Call, page: Content, withBody: boolean): object {
  const labels = settledLabels(call.world, page, call.now).map((label) => ({
    id: labelId(call.world, label),
    name: label.name,
    prefix: label.prefix,
  }));
  const versions = page.versions.toReversed().map((version) => showContentVersion(page, version, withBody));
  return {
    ...(flag(call, 'include-labels') ? { labels: block(page, 'labels', labels) } : {}),
    ...(flag(call, 'include-operations') ? { operations: block(page, 'operations', operations(call, page)) } : {}),
    ...(flag(call, 'include-versions') ? { versions: block(page, 'versions', versions) } : {}),
  };
}

const byNumber = (page: Content, wanted: number | undefined): Version | undefined =>
  page.versions.find((version) => version.number === wanted);

function getPage(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const page = readable(call.world, call.who, id);
  const wanted = number(call, 'version') || undefined;
  const draftAsked = flag(call, 'get-draft') === true || list(call, 'status')?.includes('draft') === true;
  const statuses = list(call, 'status');
  if (page?.type !== 'page' || (page.status === 'draft' && !draftAsked)) return v2NotFound('page', id);
  if (statuses !== undefined && !statuses.includes(page.status)) return v2NotFound('page', id);
  const old = byNumber(page, wanted);
  if (wanted !== undefined && old === undefined) return v2NotFound('page', id);
  const withBody = text(call, 'body-format') !== undefined;
  const shown = old === undefined ? page : { ...page, title: old.title, versions: [old] };
  const { version, ...rest } = showContent(call.world, shown, withBody);
  return single(call, {
    ...rest,
    ...(flag(call, 'include-version') === false ? {} : { version }),
    ...includes(call, page, withBody),
  });
}

function listVersions(call: Call, type: 'page' | 'blogpost'): SimResponse {
  const id = call.path['id'] ?? '';
  const page = readable(call.world, call.who, id);
  if (page?.type !== type) return v2NotFound(type, id);
  const withBody = text(call, 'body-format') !== undefined;
  const rows = page.versions.map((version) => ({ id: String(version.number), version }));
  const keys = { 'modified-date': ({ version }: { version: Version }) => version.createdAt };
  // With bodies the site gives at most 50 and says nothing about it.
  const options = { keys, byDefault: '-modified-date', ...(withBody ? { cap: 50 } : {}) };
  return keysetPage(call, rows, options, ({ version }) => showContentVersion(page, version, withBody));
}

/** One page, its versions, one folder: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-page/ */
export const singleRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/pages/{id}',
    path: { id: /^\d+$/ },
    query: {
      'body-format': BODY_FORMAT,
      'get-draft': { kind: 'flag' },
      status: { kind: 'list', of: ['current', 'archived', 'trashed', 'deleted', 'historical', 'draft'] },
      version: { kind: 'number', min: 1, default: 0 },
      'include-labels': { kind: 'flag' },
      'include-operations': { kind: 'flag' },
      'include-versions': { kind: 'flag' },
      'include-version': { kind: 'flag' },
    },
    handle: getPage,
  },
  ...(['page', 'blogpost'] as const).map(
    (type): Route => ({
      method: 'GET',
      template: `/wiki/api/v2/${type}s/{id}/versions`,
      path: { id: /^\d+$/ },
      query: {
        'body-format': BODY_FORMAT,
        sort: { kind: 'choice', of: ['modified-date', '-modified-date'] },
        cursor: { kind: 'cursor' },
        limit: limit(25, 250),
      },
      handle: (call) => listVersions(call, type),
    }),
  ),
  {
    method: 'GET',
    template: '/wiki/api/v2/folders/{id}',
    path: { id: /^\d+$/ },
    query: {},
    handle: (call) => {
      const id = call.path['id'] ?? '';
      const folder = readable(call.world, call.who, id);
      return folder?.type === 'folder' ? single(call, showFolder(call.world, folder)) : v2NotFound('folder', id);
    },
  },
];
