import type { SimResponse } from './api/answers.ts';
import type { SimRequest } from './routes.ts';
import type { FaultAnswer } from './faults/define-fault.ts';

interface List {
  readonly results: readonly Readonly<Record<string, unknown>>[];
  /** The link to the next page as it stands; null at the end. */
  readonly next: string | null;
}

/** A parameter of a request, or null. */
export const parameter = ({ target }: SimRequest, name: string): string | null =>
  new URL(target, 'http://site').searchParams.get(name);

/** The site's own answer with another list in it; what is no list is left as it is. */
export function changed({ status, headers, body }: SimResponse, change: (list: List) => List): FaultAnswer {
  const json = status === 200 ? (JSON.parse(body) as Record<string, unknown>) : {};
  if (!Array.isArray(json['results'])) return { status, headers, body };
  const { next, ...links } = (json['_links'] ?? {}) as Record<string, unknown>;
  const list = change({ results: json['results'] as List['results'], next: typeof next === 'string' ? next : null });
  const { link: _, ...rest } = headers;
  return {
    status,
    headers: rest,
    body: { ...json, results: list.results, _links: { ...links, ...(list.next === null ? {} : { next: list.next }) } },
  };
}

/** A link to a next page with something else in the cursor of v2. */
export function withCursor(next: string, change: (cursor: Record<string, unknown>) => object, limit?: number): string {
  const url = new URL(next, 'http://site');
  const cursor = JSON.parse(Buffer.from(url.searchParams.get('cursor') ?? '', 'base64').toString('utf8')) as object;
  url.searchParams.set('cursor', Buffer.from(JSON.stringify(change({ ...cursor }))).toString('base64'));
  if (limit !== undefined) url.searchParams.set('limit', String(limit));
  return url.pathname + url.search;
}
