import { z } from 'zod';
import { AuditError } from '../domain/errors.ts';
import type { Answer } from './request.ts';
import { cursorOf, nextInLinkHeader } from './urls.ts';

/** One page of a list, already checked item by item. */
export interface ListPage<T> {
  readonly items: readonly T[];
  /** Items whose shape could not be used; the others are not affected. `why` names fields, never values. */
  readonly invalid: readonly { readonly id: string | null; readonly why: string }[];
  /** How many items the answer held, those left aside on purpose included. */
  readonly received: number;
  /** The cursor of the next page; null at the end. */
  readonly next: string | null;
}

const envelope = z.looseObject({
  results: z.array(z.unknown()),
  _links: z.looseObject({ next: z.string().nullish() }).nullish(),
});

/** What a filter that names nothing finds; sent as an empty parameter it would find everything. */
export const NOTHING: ListPage<never> = { items: [], invalid: [], received: 0, next: null };

/**
 * Reads a list: every item on its own, and the cursor of the next page from body or Link header. `plainly` reads what is as ordinary as
 * nearly every item is, in a tenth of the time, and leaves everything else (null) to the schema, which alone decides what is refused.
 */
export function readList<T>(
  answer: Answer,
  item: z.ZodType<T>,
  plainly: (raw: unknown) => T | null = () => null,
): ListPage<T> {
  const { results, _links } = readObject(answer, envelope);
  const items: T[] = [];
  const invalid: { id: string | null; why: string }[] = [];
  for (const raw of results) {
    const plain = plainly(raw);
    if (plain !== null) {
      items.push(plain);
      continue;
    }
    const parsed = item.safeParse(raw);
    if (parsed.success) items.push(parsed.data);
    else invalid.push({ id: idOf(raw), why: explain(parsed.error) });
  }
  const link = _links?.next ?? nextInLinkHeader(answer.link);
  return { items, invalid, received: results.length, next: link === null ? null : cursorOf(link, answer.place) };
}

/** Reads an answer that is one object. */
export function readObject<T>(answer: Answer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(answer.json);
  if (parsed.success) return parsed.data;
  const { method, template } = answer.endpoint;
  throw new AuditError('response-invalid', `${method} ${template}: unexpected shape (${explain(parsed.error)}).`, {
    fields: {
      endpoint: template,
      ...(answer.requestId === null ? {} : { requestId: answer.requestId }),
      ...(answer.endpoint.class === 'write' ? { outcome: 'unknown' } : {}),
    },
  });
}

/** At most what the API takes in one call; more is a mistake of the caller. */
export function atMost(limit: number, values: readonly string[]): readonly string[] {
  if (values.length > limit) throw new RangeError(`At most ${limit} values fit in one call, got ${values.length}.`);
  return values;
}

function explain(error: z.ZodError): string {
  const places = error.issues.map(({ path, code }) => `${path.map(String).join('.') || 'answer'}: ${code}`);
  return [...new Set(places)].slice(0, 5).join(', ');
}

function idOf(raw: unknown): string | null {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null;
  return (typeof id === 'string' || typeof id === 'number') && /^\w{1,64}$/.test(String(id)) ? String(id) : null;
}
