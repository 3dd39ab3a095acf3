import { AuditError } from '../domain/errors.ts';
import { isOwn, isRelative, type Place } from './place.ts';

/** Undefined and null values are left out; a list becomes one comma-separated value. */
export type Query = Readonly<Record<string, string | number | readonly string[] | null | undefined>>;

/** The one origin a client may talk to: https, or http on loopback, with nothing behind the host. */
export function siteOrigin(site: string): URL {
  const url = URL.canParse(site) ? new URL(site) : null;
  const loopback = url !== null && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback);
  const bare = url !== null && /^\/?$/.test(url.pathname) && url.search === '' && url.hash === '';
  if (url === null || !secure || !bare || url.username !== '' || url.password !== '') {
    throw new AuditError('config-invalid', 'A site is the address https://NAME without path, query or credentials.');
  }
  return url;
}

const SEGMENTS: Readonly<Record<string, RegExp>> = {
  id: /^\d{1,19}$/,
  propertyId: /^\d{1,19}$/,
  groupId: /^[\w-]{1,64}$/,
  taskId: /^[\w-]{1,64}$/,
};

/** Fills a template; every segment is encoded, and an id that does not look like one is not sent. */
export function pathOf(template: string, params: Readonly<Record<string, string>> = {}): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = params[name] ?? '';
    if (SEGMENTS[name]?.test(value) !== true)
      throw new AuditError('request-refused', `The ${name} in the address of an object is not one.`);
    return encodeURIComponent(value);
  });
}

export function queryOf(query: Query = {}): string {
  const parts = Object.entries(query).flatMap(([name, value]) => {
    if (value === null || value === undefined) return [];
    const values = typeof value === 'object' ? value : [String(value)];
    // Commas stay bare: 250 ids of 19 digits then fit in a request line of 8 kB.
    return [`${name}=${values.map((one) => encodeURIComponent(one)).join(',')}`];
  });
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

/**
 * The cursor inside the server's link to the next page, decoded once. Nothing else of the link is used: v1 leaves out
 * `/wiki`, v2 does not, and parameters get lost or reordered in it, so the next address is always built by us. The link may
 * name the site while the gateway is called, or the reverse, but nobody else.
 */
export function cursorOf(next: string, place: Place): string {
  const url = URL.canParse(next, place.origin) ? new URL(next, place.origin) : null;
  if (url === null) throw new AuditError('response-invalid', 'The link to the next page cannot be read.');
  if (!isRelative(place, next, url) && !isOwn(place, url)) {
    throw new AuditError('foreign-origin', 'The link to the next page points to another host.');
  }
  // Not URLSearchParams: it reads `+`, a letter of base64, as a blank.
  const raw = url.search
    .slice(1)
    .split('&')
    .find((part) => part.startsWith('cursor='));
  const cursor = decode(raw?.slice('cursor='.length) ?? '');
  if (cursor === '') throw new AuditError('response-invalid', 'The link to the next page has no cursor.');
  return cursor;
}

/** The target of `rel="next"` in a Link header; a last page still has other relations in it. */
export function nextInLinkHeader(header: string | null): string | null {
  for (const [, target, params] of (header ?? '').matchAll(/<([^>]*)>([^<]*)/g)) {
    if (target !== undefined && /;\s*rel="?next"?/i.test(params ?? '')) return target;
  }
  return null;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
