import { AuditError } from '../domain/errors.ts';
import type { ListPage } from '../confluence/list.ts';
import { paginate } from '../confluence/paginate.ts';
import type { TenantTx } from '../store/db.ts';
import { lastStep, saveStep } from '../store/walk.ts';
import { type Night, inRun, read } from './night.ts';
import { logUnreadable, setAside } from './unreadable.ts';

/** Restarts of one list per night after its cursor expired; each starts from the beginning, and rows are keyed, so nothing doubles. */
const MAX_RESTARTS = 3;

/**
 * Follows one cursor chain to its end. Each list page commits together with its checkpoint, so a crash repeats one list page at
 * most, and a pass that stopped half way goes on where it stopped. `save` writes the items and returns the ids seen.
 */
export async function walkList<T>(
  night: Night,
  walk: string,
  fetch: (cursor: string | null) => Promise<ListPage<T>>,
  save: (tx: TenantTx, items: readonly T[]) => Promise<readonly string[]>,
): Promise<void> {
  const last = await read(night, (tx) => lastStep(tx, { runId: night.run.runId, walk }));
  if (last !== null && last.nextCursor === null) return;
  let step = last === null ? 0 : last.step + 1;
  let start = last?.nextCursor ?? null;
  for (let restarts = 0; ; restarts += 1) {
    try {
      for await (const list of paginate(fetch, start)) {
        await inRun(night, async (tx) => {
          const ids = await save(tx, list.items);
          await saveStep(tx, { runId: night.run.runId, walk, step, nextCursor: list.next, ids });
          await setAside(night, tx, { walk, step, invalid: list.invalid });
        });
        logUnreadable(night, walk, list.invalid);
        step += 1;
      }
      return;
    } catch (error) {
      if (!(error instanceof AuditError) || error.code !== 'cursor-expired' || restarts >= MAX_RESTARTS) throw error;
      night.log.warn('The cursor expired; the list is walked again from its start', { code: error.code, step: walk });
      start = null;
    }
  }
}
