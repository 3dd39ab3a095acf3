import { createHash } from 'node:crypto';
import { AuditError, asAuditError } from '../domain/errors.ts';
import { errorFields } from '../runtime/log-fields.ts';
import type { ListPage } from '../confluence/list.ts';
import { paginate } from '../confluence/paginate.ts';
import type { TenantTx } from '../store/db.ts';
import { lastStep, saveStep } from '../store/walk.ts';
import { type Night, inRun, read } from './night.ts';
import { readAhead } from './read-ahead.ts';
import { logUnreadable, setAside } from './unreadable.ts';

/** How often a list begins again after its cursor expired without getting further than before. */
const RESTARTS_WITHOUT_PROGRESS = 3;
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

export interface ListAt {
  readonly cursor: string | null;
  readonly limit: number | undefined;
}

/** Names a walk after all that it goes over: one over other things must never take its checkpoints for its own. */
export const walkOver = (walk: string, ids: readonly string[]): string =>
  `${walk}:${ids[0]}+${ids.length}:${createHash('sha256').update(ids.join()).digest('hex').slice(0, 8)}`;

/**
 * Follows one cursor chain to its end. Each list page commits together with its checkpoint, so a crash repeats one list page at
 * most, and a pass that stopped half way goes on where it stopped. `save` writes the items and returns the ids seen. Where the site
 * keeps failing the list begins again with shorter pages: a cursor is only good for the length it was made with.
 */
export async function walkList<T>(
  night: Night,
  walk: string,
  fetch: (at: ListAt) => Promise<ListPage<T>>,
  save: (tx: TenantTx, items: readonly T[]) => Promise<readonly string[]>,
): Promise<void> {
  const passes = LIMITS.map((limit) => ({ limit, name: limit === undefined ? walk : `${walk}@${limit}` }));
  const standing = await read(night, async (tx) => {
    const found = [];
    for (const { name } of passes) found.push(await lastStep(tx, { runId: night.run.runId, walk: name }));
    return found;
  });
  if (standing.some((last) => last?.nextCursor === null)) return;
  // Whoever takes a run over goes on with the pages that worked.
  const from = Math.max(
    0,
    standing.findLastIndex((last) => last !== null),
  );
  for (const { limit, name } of passes.slice(from)) {
    try {
      return await follow(night, name, (cursor) => fetch({ cursor, limit }), save);
    } catch (error) {
      if (asAuditError(error)?.code !== 'server-error' || limit === LIMITS.at(-1)) throw error;
      night.log.warn('The site failed over a list; it is walked again with shorter pages', { step: walk });
    }
  }
}

async function follow<T>(
  night: Night,
  walk: string,
  fetch: (cursor: string | null) => Promise<ListPage<T>>,
  save: (tx: TenantTx, items: readonly T[]) => Promise<readonly string[]>,
): Promise<void> {
  const last = await read(night, (tx) => lastStep(tx, { runId: night.run.runId, walk }));
  let step = last === null ? 0 : last.step + 1;
  let start = last?.nextCursor ?? null;
  let furthest = step;
  for (let restarts = 0; ; restarts += 1) {
    let pages = start === null ? 0 : step;
    try {
      for await (const list of readAhead(paginate(fetch, start))) {
        await inRun(night, async (tx) => {
          const ids = await save(tx, list.items);
          await saveStep(tx, { runId: night.run.runId, walk, step, nextCursor: list.next, ids });
          await setAside(night, tx, { walk, step, invalid: list.invalid });
        });
        logUnreadable(night, walk, list.invalid);
        step += 1;
        pages += 1;
      }
      return;
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== 'cursor-expired') throw error;
      if (pages > furthest) restarts = 0;
      furthest = Math.max(furthest, pages);
      if (restarts >= RESTARTS_WITHOUT_PROGRESS) throw error;
      night.log.warn('The cursor expired; the list is walked again from its start', { code: error.code, step: walk });
      start = null;
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
