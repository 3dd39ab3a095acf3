import { createHash } from 'node:crypto';
import { asAuditError } from '../domain/errors.ts';
import { errorFields } from '../runtime/log-fields.ts';
import type { ListPage } from '../confluence/list.ts';
import { lastSteps } from '../store/walk.ts';
import { backOf, followBothEnds, type OtherEnd } from './both-ends.ts';
import { followList, type ListAt, type Save } from './follow-list.ts';
import { type Night, read } from './night.ts';

/** Rows of a list page, tried one after the other where the site fails over a list; the first is as many as it gives. */
const LIMITS = [undefined, 100, 50, 25] as const;
/** What ends a list and not the night: the site's failure, or an answer that cannot or must not be followed. */
const BROKEN: ReadonlySet<string> = new Set([
  'cursor-expired',
  'cursor-loop',
  'server-error',
  'response-invalid',
  'response-too-large',
  'foreign-origin',
]);

/** Names a walk after all that it goes over: one over other things must never take its checkpoints for its own. */
export const walkOver = (walk: string, ids: readonly string[]): string =>
  `${walk}:${ids[0]}+${ids.length}:${createHash('sha256').update(ids.join()).digest('hex').slice(0, 8)}`;

/**
 * Walks a list to its end. Each list page commits together with its checkpoint, so a crash repeats one list page of a chain at most, and a
 * pass that stopped half way goes on where it stopped. Where the site keeps failing the list begins again with shorter pages: a cursor
 * is only good for the length it was made with. Where there is another end a long list is walked from there as well.
 */
export async function walkList<T>(
  night: Night,
  walk: string,
  fetch: (at: ListAt) => Promise<ListPage<T>>,
  save: Save<T>,
  otherEnd?: OtherEnd<T>,
): Promise<void> {
  const passes = LIMITS.map((limit) => ({
    limit,
    name: limit === undefined ? walk : `${walk}@${limit}`,
    back: backOf(walk, limit),
  }));
  const { runId } = night.run;
  const walks = passes.flatMap(({ name, back }) => (otherEnd === undefined ? [name] : [name, back]));
  const standing = await read(night, (tx) => lastSteps(tx, { runId, walks }));
  // Either chain has come to its end, or to where the other had been.
  if ([...standing.values()].some(({ nextCursor }) => nextCursor === null)) return;
  // Whoever takes a run over goes on with the pages that worked.
  const from = Math.max(
    0,
    passes.findLastIndex(({ name }) => standing.has(name)),
  );
  for (const { limit, name, back } of passes.slice(from)) {
    try {
      const last = standing.get(name) ?? null;
      if (otherEnd === undefined)
        return await followList(night, { walk: name, last }, (cursor) => fetch({ cursor, limit }), save);
      const chains = { start: { walk: name, last }, end: { walk: back, last: standing.get(back) ?? null } };
      return await followBothEnds(night, { ...chains, limit }, fetch, otherEnd, save);
    } catch (error) {
      if (asAuditError(error)?.code !== 'server-error' || limit === LIMITS.at(-1)) throw error;
      night.log.warn('The site failed over a list; it is walked again with shorter pages', { step: walk });
    }
  }
}

/**
 * Walks lists that may break off: then the run is not complete, nothing is concluded from what they did not show, and the night goes on.
 * Returns whether they came to their end. A site that does not even say who we are is down, which ends the night.
 */
export async function toTheEnd(night: Night, what: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || !BROKEN.has(known.code)) throw error;
    if (known.code === 'server-error') await night.confluence.currentUser();
    const level = known.kind.security === true ? 'error' : 'warn';
    night.log[level]('A list broke off before its end', errorFields(known));
    night.shortfalls.push({
      reason: known.kind.reason ?? 'unexpected',
      detail: `${what} could not be listed to the end (${known.code}); nothing was concluded from what is missing.`,
    });
    return false;
  }
}
