import { z } from 'zod';
import { readable } from '../world/lookup.ts';
import type { Content, PropertyOn } from '../world/model.ts';
import { canUpdate } from '../world/visibility.ts';
import { answer, noContent, type SimResponse, v2BadParameter, v2Conflict, v2Error, v2NotFound } from './answers.ts';
import { keysetPage } from './keyset.ts';
import { type Call, limit, type Route, text } from './route.ts';

const NEW = z.strictObject({ key: z.string().optional(), value: z.unknown().optional() });
const VERSION = z.strictObject({ number: z.int().optional(), message: z.string().optional() });
const CHANGED = NEW.extend({ version: VERSION.optional() });

interface Row extends PropertyOn {
  readonly key: string;
}

const rowsOf = ({ properties }: Content): Row[] => [...properties].map(([key, property]) => ({ key, ...property }));

const showProperty = ({ id, key, value, version, by, at }: Row): object => ({
  id,
  key,
  value,
  version: { number: version, message: '', minorEdit: false, authorId: by, createdAt: at },
});

function listProperties(call: Call): SimResponse {
  const id = call.path['id'] ?? '';
  const page = readable(call.world, call.who, id);
  if (page?.type !== 'page') return v2NotFound('page', id);
  const wanted = text(call, 'key');
  const rows = rowsOf(page).filter(({ key }) => wanted === undefined || key === wanted);
  return keysetPage(call, rows, { keys: { id: (row) => Number(row.id) }, byDefault: 'id' }, showProperty);
}

/** The page whose properties the caller may write, or the answer that says why not. */
function editable(call: Call): { page: Content } | { refusal: SimResponse } {
  const id = call.path['id'] ?? '';
  const page = readable(call.world, call.who, id);
  if (page?.type !== 'page') return { refusal: v2NotFound('page', id) };
  if (canUpdate(call.world, call.who, page)) return { page };
  return { refusal: v2Error(403, 'FORBIDDEN', 'The caller may view but not edit the page') };
}

/** The property that the path names, or the answer that says why it may not be written. */
function written(call: Call): { page: Content; row: Row } | { refusal: SimResponse } {
  const target = editable(call);
  if ('refusal' in target) return target;
  const id = call.path['propertyId'] ?? '';
  const row = rowsOf(target.page).find((each) => each.id === id);
  return row === undefined ? { refusal: v2NotFound('property', id) } : { ...target, row };
}

function save(call: Call, page: Content, key: string, value: unknown): SimResponse {
  const by = call.who.kind === 'user' ? call.who.account.accountId : '';
  call.world.setProperty(page.id, key, { value, by, at: call.now });
  const saved = rowsOf(page).find((row) => row.key === key);
  return answer(200, saved === undefined ? {} : showProperty(saved));
}

function addProperty(call: Call): SimResponse {
  const target = editable(call);
  if ('refusal' in target) return target.refusal;
  const { key, value } = call.body as z.infer<typeof NEW>;
  if (key === undefined || key === '' || value === undefined)
    return v2BadParameter('A property has a key and a value.');
  const taken = target.page.properties.has(key);
  // What v2 answers is not documented; v1 documented a conflict.
  if (taken) return v2Error(409, 'CONFLICT', `The page has a property with the key ${key} already`);
  return save(call, target.page, key, value);
}

function changeProperty(call: Call): SimResponse {
  const target = written(call);
  if ('refusal' in target) return target.refusal;
  const { key, value, version } = call.body as z.infer<typeof CHANGED>;
  const { page, row } = target;
  if (key !== row.key || value === undefined) return v2BadParameter('The key of a property cannot be changed.');
  if (version?.number !== row.version + 1) return v2Conflict(row.version);
  return save(call, page, row.key, value);
}

function removeProperty(call: Call): SimResponse {
  const target = written(call);
  if ('refusal' in target) return target.refusal;
  call.world.removeProperty(target.page.id, target.row.key);
  return noContent();
}

const OF_PAGE = '/wiki/api/v2/pages/{id}/properties';
const ONE = { template: `${OF_PAGE}/{propertyId}`, path: { id: /^\d+$/, propertyId: /^\d+$/ }, query: {} };

/** Content properties: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-content-properties/ */
export const propertyRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: OF_PAGE,
    path: { id: /^\d+$/ },
    query: { key: { kind: 'text' }, cursor: { kind: 'cursor' }, limit: limit(25, 250) },
    handle: listProperties,
  },
  { method: 'POST', template: OF_PAGE, path: { id: /^\d+$/ }, query: {}, body: NEW, handle: addProperty },
  { ...ONE, method: 'PUT', body: CHANGED, handle: changeProperty },
  { ...ONE, method: 'DELETE', handle: removeProperty },
];
