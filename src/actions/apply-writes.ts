import { isOutcomeUnknown } from '../confluence/call-failure.ts';
import { AuditError, asAuditError } from '../domain/errors.ts';
import { forgetOwned, type LedgerWrite, markWrite, type Settled, writesToDo } from '../store/ledger.ts';
import { handFor, type WriteDeps } from './carry-out.ts';
import { lookAtPages, type PageNow } from './look-at-pages.ts';
import { skipped } from './settled.ts';
import { inTheWay } from './still-right.ts';

export interface ApplyDeps extends WriteDeps {
  /** Labels that take a page out of the audit. */
  readonly exemptLabels: readonly string[];
  /** What labels of ours begin with. */
  readonly prefix: string;
  readonly progress: (done: number, total: number) => void;
}

/** So many refusals one after the other are no matter of single pages. */
const REFUSALS_THAT_END = 5;

/**
 * Carries out the planned writes of a plan, one after the other: each page is looked at again, intent is recorded before the call and its
 * outcome after it, and an unknown outcome is read back before anything is concluded. What changed since it was judged is skipped and said.
 * Returns how many the site refused and how many wait for somebody's approval; the ledger has the rest.
 */
export async function applyWrites(deps: ApplyDeps, planId: string): Promise<{ refused: number; waiting: number }> {
  const planned = await deps.inRun((tx) => writesToDo(tx, planId));
  const writes = planned.filter(({ needsApproval }) => !needsApproval || deps.approvedBy !== null);
  const pages = new Map(await lookAtPages(deps.confluence, writes));
  let [done, refused, refusedInARow] = [0, 0, 0];
  for (const write of writes) {
    const page = pages.get(write.pageId);
    const settled = inTheWay(deps, write, page) ?? (await carryOut(deps, write, page?.parentId ?? null));
    await deps.inRun(async (tx) => {
      await markWrite(tx, deps, write, settled);
      // A comment that is gone was deleted by somebody, as a label that is gone was taken off.
      if (write.action === 'update-comment' && settled.state === 'gone')
        await forgetOwned(tx, { ...write, action: 'add-comment' });
    });
    if (settled.state === 'done') {
      done += 1;
      await noteMove(deps, write, pages);
    }
    deps.progress(done, writes.length);
    if (settled.state === 'refused') refused += 1;
    refusedInARow = settled.state === 'refused' ? refusedInARow + 1 : 0;
    if (refusedInARow === REFUSALS_THAT_END)
      throw new AuditError(
        'forbidden',
        `The site refused ${REFUSALS_THAT_END} writes one after the other; the rest was not tried.`,
      );
  }
  return { refused, waiting: planned.length - writes.length };
}

/** A page that this run took away takes no further write of it; one that it brought back is looked at again, for its labels are known now. */
async function noteMove(deps: WriteDeps, write: LedgerWrite, pages: Map<string, PageNow>): Promise<void> {
  const before = pages.get(write.pageId);
  if (write.action === 'restore')
    for (const [id, page] of await lookAtPages(deps.confluence, [write])) pages.set(id, page);
  else if (before !== undefined && (write.action === 'archive' || write.action === 'trash'))
    pages.set(write.pageId, { ...before, status: write.action === 'archive' ? 'archived' : 'trashed' });
}

async function carryOut(deps: WriteDeps, write: LedgerWrite, parentId: string | null): Promise<Settled> {
  const intent: Settled = {
    state: 'intent',
    outcome: 'The call is about to be made.',
    // A page in the trash has no parent any more, so what an undo needs is kept before, and also where the answer is lost.
    ...(write.action === 'trash' ? { parentId } : {}),
  };
  await deps.inRun((tx) => markWrite(tx, deps, write, intent));
  try {
    return await handFor(write).carryOut(deps, write);
  } catch (error) {
    return afterFailure(deps, write, error);
  }
}

async function afterFailure(deps: WriteDeps, write: LedgerWrite, error: unknown): Promise<Settled> {
  const known = asAuditError(error);
  if (known === null || known.code === 'lease-lost') throw error;
  if (known.code === 'not-found' && !isOutcomeUnknown(known))
    return { state: 'gone', outcome: 'The page is not visible any more.' };
  if (isOutcomeUnknown(known)) return readBackAtOnce(deps, write);
  if (known.code === 'conflict') return afterConflict(deps, write);
  if (known.code === 'forbidden' || known.code === 'request-refused')
    return { state: 'refused', outcome: known.message };
  // Not sent, or refused as a whole (limit, budget, dead credential): the write stays planned and the run says why it stopped.
  await deps.inRun((tx) => markWrite(tx, deps, write, { state: 'planned', outcome: known.message }));
  throw error;
}

/** A request that the network delivered twice conflicts with itself: then what it asked for is there. */
async function afterConflict(deps: WriteDeps, write: LedgerWrite): Promise<Settled> {
  const settled = await handFor(write).readBack(deps, write);
  return settled.state === 'done'
    ? { ...settled, outcome: 'The site refused it as a conflict; read back: it happened.' }
    : skipped('Somebody else wrote at the same moment.');
}

/** What is seen so soon after the call is proof; what is not may only be late, so the next audit looks again. */
async function readBackAtOnce(deps: WriteDeps, write: LedgerWrite): Promise<Settled> {
  const settled = await handFor(write).readBack(deps, write);
  if (settled.state !== 'failed') return settled;
  return {
    state: 'unknown',
    outcome: 'The answer was lost and the site does not show it yet; the next audit looks again.',
  };
}
