import { type Cql, type Field, parseCql } from '../cql.ts';
import { EXPANSIONS, type Expansion, showV1Content } from '../wire/v1-content.ts';
import { isIndexed, readableContents, settledLabels } from '../world/lookup.ts';
import { type Content, newestVersion } from '../world/model.ts';
import { answer, type SimResponse, v1Error } from './answers.ts';
import { type Call, flag, limit, list, number, type Route, text } from './route.ts';

const TYPES = ['page', 'blogpost', 'folder'] as const;

const PLACES: Readonly<Record<Cql['order']['field'], (content: Content) => string | number>> = {
  id: (content) => Number(content.id),
  created: (content) => content.createdAt,
  lastmodified: (content) => newestVersion(content).createdAt,
};

const VALUES: Readonly<Record<Field, (call: Call, content: Content) => readonly string[]>> = {
  id: (_, content) => [content.id],
  type: (_, content) => [content.type],
  space: (call, content) => [call.world.spaces.get(content.spaceId)?.key.toLowerCase() ?? ''],
  label: (call, content) => settledLabels(call.world, content, call.now).map((label) => label.name),
};

const holds = (call: Call, content: Content, { field, anyOf }: Cql['all'][number]): boolean =>
  VALUES[field](call, content).some((value) => anyOf.some((wanted) => wanted.toLowerCase() === value));

/** The search index: current content of current spaces, and only what was there long enough to be indexed. */
const indexed = (call: Call): Content[] =>
  TYPES.flatMap((type) => readableContents(call.world, call.who, type)).filter(
    (content) =>
      content.status === 'current' &&
      (call.world.spaces.get(content.spaceId)?.status === 'current' || flag(call, 'includeArchivedSpaces') === true) &&
      isIndexed(call.world, content, call.now),
  );

/** The content that a query finds, in no order. */
export const found = (call: Call, { all }: Cql): Content[] =>
  indexed(call).filter((content) => all.every((condition) => holds(call, content, condition)));

/** How many attachments a query finds: they are as visible as what holds them, and in its space. */
export function foundFiles(call: Call, { all }: Cql): number {
  if (!all.some(({ field, anyOf }) => field === 'type' && anyOf.includes('attachment'))) return 0;
  const rest = all.filter(({ field }) => field !== 'type');
  const holders = new Set(found(call, { all: rest, order: { field: 'id', descending: false } }).map(({ id }) => id));
  return [...call.world.attachments.values()].filter(
    (file) => file.status === 'current' && holders.has(file.containerId),
  ).length;
}

type Place = readonly [string | number, number];
const CURSOR = /^_f_([A-Za-z0-9+/=]+)_sa_([A-Za-z0-9+/=]+)$/;
const inBase64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

function decode(raw: string): Place | null {
  const [, , place] = CURSOR.exec(raw) ?? [];
  try {
    const value = JSON.parse(Buffer.from(place ?? '', 'base64').toString('utf8')) as unknown;
    return Array.isArray(value) && value.length === 2 ? (value as unknown as Place) : null;
  } catch {
    return null;
  }
}

const compare = (left: Place, right: Place): number => {
  const [a, b] = left[0] === right[0] ? [left[1], right[1]] : [left[0], right[0]];
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

function links(call: Call, cursor: string | null, size: number): object {
  const path = '/rest/api/content/search';
  const own = new URLSearchParams(call.url.searchParams);
  for (const name of ['cursor', 'limit', 'start', 'next']) own.delete(name);
  const next = new URLSearchParams([['next', 'true'], ['cursor', cursor ?? ''], ...own.entries()]);
  next.set('limit', String(size));
  return {
    base: call.base,
    context: '/wiki',
    ...(cursor === null ? {} : { next: `${path}?${next.toString()}` }),
    self: `${call.base}${path}?${own.toString()}`,
  };
}

function search(call: Call): SimResponse {
  const parsed = parseCql(text(call, 'cql') ?? '');
  if (!parsed.ok) {
    call.refuse(`CQL: ${parsed.message}`);
    return v1Error(400, parsed.message);
  }
  const { order } = parsed.query;
  const expand = new Set((list(call, 'expand') ?? []) as readonly Expansion[]);
  const raw = text(call, 'cursor');
  const after = raw === undefined ? undefined : decode(raw);
  if (after === null) return v1Error(400, 'The cursor is not one that this search gave.');

  const direction = order.descending ? -1 : 1;
  const placeOf = (content: Content): Place => [PLACES[order.field](content), Number(content.id)];
  const rest = found(call, parsed.query)
    .map((content) => ({ content, place: placeOf(content) }))
    .filter(({ place }) => after === undefined || direction * compare(place, after) > 0)
    .toSorted((left, right) => direction * compare(left.place, right.place));

  const caps = call.world.options.searchCaps;
  const expandedCap = expand.has('body.storage') ? caps.body : caps.expanded;
  const size = Math.min(number(call, 'limit'), expand.size === 0 ? caps.plain : expandedCap);
  const shown = rest.slice(0, size);
  const last = rest.length > size ? shown.at(-1) : undefined;
  const cursor = last === undefined ? null : `_f_${inBase64(size)}_sa_${inBase64(last.place)}`;
  return answer(200, {
    results: shown.map(({ content }) => showV1Content(call, content, expand)),
    start: 0,
    limit: size,
    size: shown.length,
    _links: links(call, cursor, size),
  });
}

/** Content search: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content/ */
export const searchRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/content/search',
    query: {
      cql: { kind: 'text', required: true },
      expand: { kind: 'list', of: EXPANSIONS },
      cursor: { kind: 'cursor' },
      limit: limit(25, undefined, 0),
      includeArchivedSpaces: { kind: 'flag' },
    },
    // `start` is taken and changes nothing: who counts it up reads the first page for ever.
    tolerated: ['start', 'next', 'includeArchivedSpaces'],
    handle: search,
  },
];
