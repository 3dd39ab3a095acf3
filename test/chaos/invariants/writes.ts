import type { SeenCall } from '../evidence.ts';
import type { Facts } from '../facts.ts';
import { originOf } from '../theatre.ts';

/** A request that changes something on a site, in the words of the promises. */
export interface SiteWrite {
  readonly worker: string;
  readonly sentAt: number;
  readonly kind: 'label' | 'property' | 'comment' | 'archive' | 'trash';
  /** Whether it puts something there or takes it away; a page goes into the trash by `put`. A comment that is changed is neither. */
  readonly verb: 'put' | 'take' | 'change';
  /** Null where the request names only the comment. */
  readonly pageId: string | null;
  /** The label, the key of the property, the name of the comment; empty for pages. */
  readonly mark: string;
  readonly what: string;
  /** Whether the site said that it is done. */
  readonly done: boolean;
}

/** Whatever changes a site that one tenant owns, in its order. */
export const writesTo = ({ calls }: Facts, tenant: string): readonly SiteWrite[] =>
  calls.flatMap((call) => (call.origin === originOf(tenant) ? (writeOf(call) ?? []) : []));

/** Null for what only asks; some questions are posted. */
export function writeOf(call: SeenCall): SiteWrite | null {
  const { method, worker, sentAt, origin, answer } = call;
  if (method === 'GET') return null;
  const { pathname, searchParams } = new URL(call.path, origin);
  const json = call.body === null ? null : (JSON.parse(call.body) as Body | Body[]);
  const body = Array.isArray(json) ? json[0] : json;
  const write = (kind: SiteWrite['kind'], pageId: string | null | undefined, mark: string | null | undefined) => ({
    worker,
    sentAt,
    kind,
    verb: VERBS[method] ?? 'change',
    pageId: pageId ?? null,
    mark: mark ?? '',
    what: `${method} ${call.path}`,
    done: answer !== null && answer.status < 300,
  });
  const [, labelled] = /\/content\/(\w+)\/label$/.exec(pathname) ?? [];
  if (labelled !== undefined) return write('label', labelled, searchParams.get('name') ?? body?.name);
  const [, marked] = /\/pages\/(\w+)\/properties/.exec(pathname) ?? [];
  // A deletion names the id of the property; the program has only one key.
  if (marked !== undefined) return write('property', marked, body?.key ?? OUR_PROPERTY);
  const [, comment] = /\/footer-comments(\/\w+)?$/.exec(pathname) ?? [];
  if (comment !== undefined || pathname.endsWith('/footer-comments'))
    return write('comment', body?.pageId, templateIn(body?.body?.value ?? ''));
  if (pathname.endsWith('/content/archive')) return write('archive', String(body?.pages?.[0]?.id), '');
  const [, page] = /\/pages\/(\w+)$/.exec(pathname) ?? [];
  // Deleting a page puts it into the trash, and writing it takes it out.
  if (page !== undefined) return { ...write('trash', page, ''), verb: method === 'DELETE' ? 'put' : 'take' };
  return null;
}

interface Body {
  readonly name?: string;
  readonly key?: string;
  readonly pageId?: string;
  readonly body?: { readonly value?: string };
  readonly pages?: readonly { readonly id: number }[];
}

export const OUR_PROPERTY = 'docaudit-broken';
const VERBS: Readonly<Record<string, SiteWrite['verb']>> = { POST: 'put', DELETE: 'take' };

/** The name of a comment of ours, by the anchor that it carries; empty in any other. */
export const templateIn = (storage: string): string => /docaudit-comment-([\w-]+)/.exec(storage)?.[1] ?? '';

/** Pages that the program took out of the trash. Whose version that made only those know who made it. */
export const restoredIn = (facts: Facts, tenant: string): ReadonlySet<string | null> =>
  new Set(
    writesTo(facts, tenant).flatMap(({ kind, verb, pageId }) => (kind === 'trash' && verb === 'take' ? pageId : [])),
  );
