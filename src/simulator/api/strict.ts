import type { Param, Query, Route } from './route.ts';

export type Checked = { readonly ok: true; readonly query: Query } | { readonly ok: false; readonly why: string };

type Read = { readonly value: Query[string] } | { readonly why: string };

const DIGITS = /^\d{1,19}$/;

function readList(name: string, param: Extract<Param, { kind: 'list' }>, raw: readonly string[]): Read {
  // Both the comma form of the spec and repeated parameters work on the real site.
  const items = raw.flatMap((each) => each.split(',')).filter((each) => each !== '');
  if (param.max !== undefined && items.length > param.max)
    return { why: `'${name}' holds more than ${param.max} values` };
  const { of } = param;
  const wrong = items.find((item) => (of === 'id' ? !DIGITS.test(item) : of !== 'text' && !of.includes(item)));
  return wrong === undefined ? { value: items } : { why: `'${wrong}' is not a value of '${name}'` };
}

function readNumber(name: string, param: Extract<Param, { kind: 'number' }>, raw: string): Read {
  const value = /^-?\d+$/.test(raw) ? Number(raw) : Number.NaN;
  const inside = value >= param.min && value <= (param.max ?? Number.MAX_SAFE_INTEGER);
  return inside ? { value } : { why: `'${raw}' is outside the range of '${name}'` };
}

function readOne(name: string, param: Param, raw: readonly string[]): Read {
  if (param.kind === 'list') return readList(name, param, raw);
  const [first, second] = raw;
  if (first === undefined) return { value: undefined };
  if (second !== undefined) return { why: `'${name}' is given twice` };
  switch (param.kind) {
    case 'number':
      return readNumber(name, param, first);
    case 'flag':
      return first === 'true' || first === 'false'
        ? { value: first === 'true' }
        : { why: `'${name}' is neither true nor false` };
    case 'choice':
      return param.of.includes(first) ? { value: first } : { why: `'${first}' is not a value of '${name}'` };
    default:
      return { value: first };
  }
}

/** Reads a query as its route declares it; one unknown or wrong parameter fails the whole request. */
export function checkQuery(route: Route, search: URLSearchParams): Checked {
  const unknown = [...search.keys()].find((name) => !(name in route.query) && !route.tolerated?.includes(name));
  if (unknown !== undefined) return { ok: false, why: `'${unknown}' is not a parameter of ${route.template}` };
  const query: Record<string, Query[string]> = {};
  for (const [name, param] of Object.entries(route.query)) {
    if (!search.has(name)) {
      if (param.kind === 'text' && param.required) return { ok: false, why: `'${name}' is missing` };
      if (param.kind === 'number') query[name] = param.default;
      continue;
    }
    const read = readOne(name, param, search.getAll(name));
    if ('why' in read) return { ok: false, why: read.why };
    query[name] = read.value;
  }
  return { ok: true, query };
}

/** A JSON body as its route declares it. */
export function checkBody(
  route: Route,
  contentType: string | undefined,
  raw: string,
):
  | { readonly ok: true; readonly body: unknown }
  | { readonly ok: false; readonly status: 400 | 415; readonly why: string } {
  if (route.body === undefined) {
    return raw === '' ? { ok: true, body: undefined } : { ok: false, status: 400, why: 'the request has a body' };
  }
  if (!/^application\/json\b/i.test(contentType ?? '')) return { ok: false, status: 415, why: 'the body is not JSON' };
  let given: unknown;
  try {
    given = JSON.parse(raw);
  } catch {
    return { ok: false, status: 400, why: 'the body is not well-formed JSON' };
  }
  const parsed = route.body.safeParse(given);
  if (parsed.success) return { ok: true, body: parsed.data };
  const [issue] = parsed.error.issues;
  return { ok: false, status: 400, why: `body: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}` };
}
