import { asAuditError } from '../domain/errors.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { isOutcomeUnknown } from '../confluence/call-failure.ts';
import type { Confluence } from '../confluence/client.ts';
import { paginate } from '../confluence/paginate.ts';
import { type LedgerWrite, markWrite, writesToDo } from '../store/ledger.ts';
import { type SettleDeps, type Settled, readBack } from './settle-writes.ts';

export interface ApplyDeps extends SettleDeps {
  readonly confluence: Confluence;
  readonly progress: (done: number) => void;
}

/**
 * Carries out the planned writes of a plan, one after the other: intent is recorded before the call and its outcome after it, and an
 * unknown outcome is read back before anything is concluded. Pages that changed since they were judged are skipped and said.
 * Returns how many were done, and how many Confluence refused.
 */
export async function applyWrites(deps: ApplyDeps, planId: string): Promise<{ done: number; refused: number }> {
  const writes = await deps.inRun((tx) => writesToDo(tx, planId));
  const pages = await pagesNow(deps.confluence, writes);
  let done = 0;
  let refused = 0;
  for (const write of writes) {
    const settled = skipped(write, pages) ?? (await carryOut(deps, write));
    await deps.inRun((tx) => markWrite(tx, deps, write, settled));
    if (settled.state === 'done') done += 1;
    if (settled.state === 'refused') refused += 1;
    deps.progress(done);
  }
  return { done, refused };
}

/** A page as it is right before its label is written. */
type PageNow = { readonly version: number; readonly spaceId: string } | 'unreadable';

/** Every page of these writes as it is now; one request for 250 pages. */
async function pagesNow(confluence: Confluence, writes: readonly LedgerWrite[]): Promise<ReadonlyMap<string, PageNow>> {
  const pages = new Map<string, PageNow>();
  for (const [contentType, some] of Map.groupBy(writes, (write) => write.contentType)) {
    const ids = [...new Set(some.map((write) => write.pageId))];
    for (let start = 0; start < ids.length; start += ROWS.list) {
      const asked = ids.slice(start, start + ROWS.list);
      for await (const list of paginate((cursor) =>
        confluence.pagesById({ contentType, ids: asked, withBody: false, statuses: ['current'], cursor }),
      )) {
        for (const { id } of list.invalid) if (id !== null) pages.set(id, 'unreadable');
        for (const { id, version, spaceId } of list.items) pages.set(id, { version: version.number, spaceId });
      }
    }
  }
  return pages;
}

const skip = (outcome: string): Settled => ({ state: 'skipped', outcome });

function skipped(write: LedgerWrite, pages: ReadonlyMap<string, PageNow>): Settled | null {
  const now = pages.get(write.pageId);
  if (now === undefined) return { state: 'gone', outcome: 'The page is not visible any more.' };
  if (now === 'unreadable') return skip('Confluence described the page in a way that could not be read.');
  // A label that no longer holds comes off wherever its page is.
  if (write.action === 'remove-label') return null;
  if (now.version !== write.pageVersion)
    return skip(`The page was edited since it was judged (version ${write.pageVersion}, now ${now.version}).`);
  if (now.spaceId !== write.spaceId) return skip('The page was moved to another space since it was judged.');
  return null;
}

async function carryOut(deps: ApplyDeps, write: LedgerWrite): Promise<Settled> {
  await deps.inRun((tx) => markWrite(tx, deps, write, { state: 'intent', outcome: 'The call is about to be made.' }));
  try {
    if (write.action === 'add-label') await deps.confluence.addLabel(write.pageId, write.label);
    else await deps.confluence.removeLabel(write.pageId, write.label);
    return { state: 'done', outcome: write.action === 'add-label' ? 'The label was added.' : 'The label was removed.' };
  } catch (error) {
    return afterFailure(deps, write, error);
  }
}

async function afterFailure(deps: ApplyDeps, write: LedgerWrite, error: unknown): Promise<Settled> {
  const known = asAuditError(error);
  if (known === null || known.code === 'lease-lost') throw error;
  if (known.code === 'not-found') return { state: 'gone', outcome: 'The page is not visible any more.' };
  if (isOutcomeUnknown(known)) return readBackAtOnce(deps, write);
  if (known.code === 'forbidden' || known.code === 'request-refused')
    return { state: 'refused', outcome: known.message };
  // Not sent, or refused as a whole (limit, budget, dead credential): the write stays planned and the run says why it stopped.
  await deps.inRun((tx) => markWrite(tx, deps, write, { state: 'planned', outcome: known.message }));
  throw error;
}

/** What is seen so soon after the call is proof; what is not may only be late, so the next audit looks again. */
async function readBackAtOnce(deps: ApplyDeps, write: LedgerWrite): Promise<Settled> {
  const settled = await readBack(deps, write);
  if (settled.state !== 'failed') return settled;
  return {
    state: 'unknown',
    outcome: 'The answer was lost and the page does not show it yet; the next audit looks again.',
  };
}
