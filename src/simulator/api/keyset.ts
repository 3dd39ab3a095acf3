import { createHash } from 'node:crypto';
import { answer, type SimResponse, v2BadParameter } from './answers.ts';
import { type Call, number, text } from './route.ts';

/** What a v2 list can be sorted by. Ids compare as numbers. */
export type Keys<Row> = Readonly<Record<string, (row: Row) => string | number>>;

interface Cursor {
  readonly id: string;
  readonly contentOrder: string;
  readonly contentOrderValue: string | number;
  /** Which question it continues: a cursor is of no use to another one. */
  readonly of: string;
}

const BAD_CURSOR = "Provided value for 'cursor' is not the correct type. Expected type is Cursor.";
const BAD_CURSOR_DETAIL = 'This cursor cannot be used; repeat the original request without it to get a new one.';

const compare = (left: string | number, right: string | number): number => {
  if (left === right) return 0;
  return left < right ? -1 : 1;
};

/** Everything of the question but the place in it. */
function questionOf(call: Call): string {
  const rest = [...call.url.searchParams].filter(([name]) => name !== 'cursor' && name !== 'limit');
  const parts = rest.map(([name, value]) => `${name}=${value}`).toSorted();
  return createHash('sha256')
    .update([call.url.pathname, ...parts].join('&'))
    .digest('hex')
    .slice(0, 12);
}

function decode(raw: string): Cursor | null {
  try {
    const json = Buffer.from(raw, 'base64').toString('utf8');
    const cursor = JSON.parse(json) as Partial<Cursor> | null;
    return typeof cursor?.id === 'string' && typeof cursor.contentOrder === 'string' ? (cursor as Cursor) : null;
  } catch {
    return null;
  }
}

/** The parameters stand in alphabetical order, so the cursor is not always the last. */
function nextUrl(call: Call, cursor: string): string {
  const search = new URLSearchParams(call.url.searchParams);
  search.set('cursor', cursor);
  if (!search.has('limit')) search.set('limit', String(number(call, 'limit')));
  search.sort();
  // The real site leaves the padding of base64 as it is.
  return `${call.url.pathname}?${search.toString().replaceAll('%3D', '=')}`;
}

const linkHeader = (call: Call, next: string | null): { link: string } => ({
  link: `${next === null ? '' : `<${next}>; rel="next", `}<${call.base}>; rel="base"`,
});

/**
 * One page of a v2 list. The cursor holds the sort value and the id of the last row, not a position, so rows that come,
 * go or move while a client walks are met as on the real site.
 */
export function keysetPage<Row extends { readonly id: string }>(
  call: Call,
  rows: readonly Row[],
  options: { readonly keys: Keys<Row>; readonly byDefault: string; readonly cap?: number },
  show: (row: Row) => unknown,
): SimResponse {
  const order = text(call, 'sort') ?? options.byDefault;
  const key = options.keys[order.replace(/^-/, '')];
  if (key === undefined) return v2BadParameter(`Provided value {${order}} for 'sort' is not known.`);
  const direction = order.startsWith('-') ? -1 : 1;
  const byPlace = (left: readonly [string | number, number], right: readonly [string | number, number]): number =>
    direction * (compare(left[0], right[0]) || compare(left[1], right[1]));

  const raw = text(call, 'cursor');
  const of = questionOf(call);
  const cursor = raw === undefined ? undefined : decode(raw);
  if (cursor === null || (cursor !== undefined && (cursor.contentOrder !== order || cursor.of !== of))) {
    return v2BadParameter(BAD_CURSOR, BAD_CURSOR_DETAIL);
  }
  const rest = rows
    .map((row) => ({ row, place: [key(row), Number(row.id.replace(/^\D+/, ''))] as const }))
    .filter(({ place }) => !cursor || byPlace(place, [cursor.contentOrderValue, Number(cursor.id)]) > 0)
    .toSorted((left, right) => byPlace(left.place, right.place));
  const size = Math.min(number(call, 'limit'), options.cap ?? Number.POSITIVE_INFINITY);
  const shown = rest.slice(0, size);
  const last = rest.length > size ? shown.at(-1) : undefined;
  const made = last && { id: String(last.place[1]), contentOrder: order, contentOrderValue: last.place[0], of };
  const next = made === undefined ? null : nextUrl(call, Buffer.from(JSON.stringify(made)).toString('base64'));
  return answer(
    200,
    { results: shown.map(({ row }) => show(row)), _links: { ...(next === null ? {} : { next }), base: call.base } },
    linkHeader(call, next),
  );
}

/** A single v2 object; its `_links` carry the base, and so does the Link header. */
export const single = (call: Call, body: Readonly<Record<string, unknown>>): SimResponse =>
  answer(200, { ...body, _links: { ...(body['_links'] as object), base: call.base } }, linkHeader(call, null));
