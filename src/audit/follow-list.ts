import { AuditError } from '../domain/errors.ts';
import type { ListPage } from '../confluence/list.ts';
import { paginate } from '../confluence/paginate.ts';
import type { TenantTx } from '../store/db.ts';
import { type LastStep, saveStep } from '../store/walk.ts';
import type { Chain } from './meeting.ts';
import { type Night, inRunBesideOthers } from './night.ts';
import { logUnreadable, setAside } from './unreadable.ts';

/** How often a list begins again after its cursor expired without getting further than before. */
const RESTARTS_WITHOUT_PROGRESS = 3;

/** Where a list page begins, and how many rows it may have; as many as the site gives where that is undefined. */
export interface ListAt {
  readonly cursor: string | null;
  readonly limit: number | undefined;
}

/** Writes the items of a list page and returns the ids seen. */
export type Save<T> = (tx: TenantTx, items: readonly T[]) => Promise<readonly string[]>;

/** How far a chain has come: its last step, null where it has not begun. */
export interface Standing {
  readonly walk: string;
  readonly last: LastStep | null;
}

interface Manner<T> {
  /** Asked for each pass over a list that another chain walks as well. */
  readonly chain?: () => Chain<T>;
  /** Hears how many list pages are stored, those of earlier passes included. */
  readonly onStored?: (pages: number) => void;
}

/** Follows one cursor chain to its end, from where it stopped; every list page commits with its checkpoint. */
export async function followList<T>(
  night: Night,
  { walk, last }: Standing,
  fetch: (cursor: string | null) => Promise<ListPage<T>>,
  save: Save<T>,
  { chain: chainOf, onStored }: Manner<T> = {},
): Promise<void> {
  let step = last === null ? 0 : last.step + 1;
  let start = last?.nextCursor ?? null;
  let furthest = step;
  for (let restarts = 0; ; restarts += 1) {
    let pages = start === null ? 0 : step;
    const chain = chainOf?.();
    try {
      for await (const given of paginate(fetch, start)) {
        const list = chain?.arrive(given) ?? given;
        await inRunBesideOthers(night, async (tx) => {
          const ids = await save(tx, list.items);
          await saveStep(tx, { runId: night.run.runId, walk, step, nextCursor: list.next, ids });
          await setAside(night, tx, { walk, step, invalid: list.invalid });
        });
        chain?.stored(list);
        logUnreadable(night, walk, list.invalid);
        step += 1;
        pages += 1;
        onStored?.(step);
        if (chain?.over() === true) return;
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
