import { showContent } from '../wire/v2-content.ts';
import { labelId, readable, readableContents, settledLabels } from '../world/lookup.ts';
import type { Content, LabelOn } from '../world/model.ts';
import { type SimResponse, v2NotFound } from './answers.ts';
import { keysetPage } from './keyset.ts';
import { type Call, limit, list, type Param, type Route, text } from './route.ts';
import { BODY_FORMAT, CONTENT_KEYS, PAGE_SORTS } from './v2-content.ts';

interface Row extends LabelOn {
  readonly id: string;
}

const KEYS = {
  id: (row: Row) => Number(row.id),
  name: (row: Row) => row.name,
  'created-date': (row: Row) => row.at,
};

const QUERY = {
  sort: { kind: 'choice', of: ['created-date', '-created-date', 'id', '-id', 'name', '-name'] },
  cursor: { kind: 'cursor' },
  limit: limit(25, 250),
} as const satisfies Record<string, Param>;

const rowsOf = (call: Call, content: Content): Row[] =>
  settledLabels(call.world, content, call.now).map((label) => ({ ...label, id: labelId(call.world, label) }));

const showRow = (row: Row): object => ({ id: row.id, name: row.name, prefix: row.prefix });

const labelled = (call: Call): Content[] =>
  (['page', 'blogpost'] as const).flatMap((type) => readableContents(call.world, call.who, type));

function listPagesOf(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  if (![...call.world.labelIds.values()].includes(id)) return v2NotFound('label', id);
  const rows = readableContents(call.world, call.who, 'page').filter(
    (page) =>
      (page.status === 'current' || page.status === 'archived') &&
      (list(call, 'space-id')?.includes(page.spaceId) ?? true) &&
      rowsOf(call, page).some((row) => row.id === id),
  );
  const withBody = text(call, 'body-format') !== undefined;
  return keysetPage(call, rows, { keys: CONTENT_KEYS, byDefault: 'id' }, (page) =>
    showContent(call.world, page, withBody),
  );
}

function listLabelsOf(call: Call, type: 'page' | 'blogpost'): SimResponse {
  const id = call.path['id'] ?? '';
  const content = readable(call.world, call.who, id);
  if (content?.type !== type) return v2NotFound(type, id);
  const prefix = text(call, 'prefix');
  const rows = rowsOf(call, content).filter((row) => prefix === undefined || row.prefix === prefix);
  return keysetPage(call, rows, { keys: KEYS, byDefault: 'id' }, showRow);
}

/** Labels, which v2 can only read: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-label/ */
export const labelReadRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/labels',
    query: { ...QUERY, 'label-id': { kind: 'list', of: 'id' }, prefix: { kind: 'list', of: 'text' } },
    handle: (call) => {
      const all = new Map(labelled(call).flatMap((content) => rowsOf(call, content).map((row) => [row.id, row])));
      const rows = [...all.values()].filter(
        (row) =>
          (list(call, 'label-id')?.includes(row.id) ?? true) && (list(call, 'prefix')?.includes(row.prefix) ?? true),
      );
      return keysetPage(call, rows, { keys: KEYS, byDefault: 'id' }, showRow);
    },
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/labels/{id}/pages',
    path: { id: /^\d+$/ },
    query: {
      'space-id': { kind: 'list', of: 'id', max: 100 },
      'body-format': BODY_FORMAT,
      sort: { kind: 'choice', of: PAGE_SORTS },
      cursor: { kind: 'cursor' },
      limit: limit(25, 250),
    },
    handle: listPagesOf,
  },
  ...(['page', 'blogpost'] as const).map(
    (type): Route => ({
      method: 'GET',
      template: `/wiki/api/v2/${type}s/{id}/labels`,
      path: { id: /^\d+$/ },
      query: { ...QUERY, prefix: { kind: 'choice', of: ['my', 'team', 'global', 'system'] } },
      handle: (call) => listLabelsOf(call, type),
    }),
  ),
];
