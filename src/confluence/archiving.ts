import { z } from 'zod';
import { AuditError, asAuditError, type ErrorCode } from '../domain/errors.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, readObject } from './list.ts';
import type { Ask } from './request.ts';
import { orNull, wireText } from './wire.ts';

/** How far a long task of the site has got. */
export interface LongTask {
  readonly finished: boolean;
  /** Of no meaning before it is finished. */
  readonly successful: boolean;
  readonly messages: readonly string[];
}

const AT_ONCE = 300;
const wireTaskId = z
  .union([z.string(), z.int().transform(String)])
  .refine((id) => /^[\w-]{1,64}$/.test(id), 'not an id');

/**
 * Has up to 300 pages archived, which no API takes back. One job at a time runs on a site; editions below Premium take one page, Free
 * none: all of these are `request-refused`. Never sent twice unless it surely was not done.
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-content/
 */
export async function archivePages(ask: Ask, ids: readonly string[]): Promise<{ taskId: string }> {
  const pages = atMost(AT_ONCE, ids).map((id) => ({ id: asNumber(id) }));
  const answer = await ask({ endpoint: ENDPOINTS.archivePages, json: { pages } });
  return { taskId: readObject(answer, z.looseObject({ id: wireTaskId })).id };
}

/** The operation takes ids as numbers, and a rounded id is another page's. */
function asNumber(id: string): number {
  if (/^\d{1,16}$/.test(id) && Number.isSafeInteger(Number(id))) return Number(id);
  throw new AuditError('request-refused', 'The id of a page cannot be sent as a number; nothing was sent.');
}

const wireMessages = orNull(z.array(z.looseObject({ translation: orNull(wireText) })));
const wireTask = z.looseObject({
  finished: z.boolean(),
  successful: z.boolean(),
  messages: wireMessages,
  errors: wireMessages,
});

/** How far a job has got. `not-found` where the site does not know it, or not any more. */
export async function longTask(ask: Ask, taskId: string): Promise<LongTask> {
  const task = readObject(await ask({ endpoint: ENDPOINTS.longTask, path: { taskId } }), wireTask);
  const said = [...(task.messages ?? []), ...(task.errors ?? [])].map(({ translation }) => translation);
  return { finished: task.finished, successful: task.successful, messages: said.filter((text) => text !== null) };
}

/** Ways to say that this account is not told; by the specification the whole answer may be null. */
const UNTOLD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'forbidden',
  'scope-missing',
  'not-found',
  'response-invalid',
]);

/**
 * The edition of the site in its own word, as `premium`; null where the account may not ask or the site does not say. No scope is asked
 * for it, because administrators alone are told.
 * https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-settings/
 */
export async function edition(ask: Ask): Promise<string | null> {
  try {
    const answer = await ask({ endpoint: ENDPOINTS.systemInfo });
    return readObject(answer, z.looseObject({ edition: orNull(wireText) })).edition;
  } catch (error) {
    const known = asAuditError(error);
    if (known !== null && UNTOLD.has(known.code)) return null;
    throw error;
  }
}
