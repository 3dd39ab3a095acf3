import { isOutcomeUnknown } from '../confluence/call-failure.ts';
import { asAuditError } from '../domain/errors.ts';
import type { LedgerWrite, Settled } from '../store/ledger.ts';
import type { Hand, WriteDeps } from './carry-out.ts';
import { DID_NOT_HAPPEN, done, GONE, happened } from './settled.ts';

/** A long task is looked at so often, and so long; after that the next audit looks at the page. */
const POLL_MS = 2_000;
const POLLS = 90;
/** A site archives for one caller at a time and refuses the next one: its task is given so long to end. */
const BUSY_MS = [2_000, 4_000, 8_000, 16_000];

/** Archiving, the trash and the way back from it. */
export const pages: Hand = {
  async carryOut(deps, write) {
    const { confluence } = deps;
    if (write.action === 'archive') return archived(deps, write);
    if (write.action === 'restore') {
      const { version } = await confluence.restorePage(write.pageId, {
        parentId: write.parentId,
        message: 'Taken out of the trash again',
      });
      return done(write, { madeVersion: version });
    }
    await confluence.trashPage(write.pageId, write.contentType);
    return done(write);
  },
  async readBack(deps, write) {
    const now = (await deps.confluence.pageStates([write.pageId], write.contentType)).get(write.pageId);
    if (now === undefined) return write.action === 'trash' ? happened() : GONE;
    if (write.action !== 'restore') return now.status === AFTER[write.action] ? happened() : DID_NOT_HAPPEN;
    if (now.status !== 'current') return DID_NOT_HAPPEN;
    // Whoever else brought it back, or edited it since, made a version that counts.
    return happened(now.authorId === deps.accountId ? { madeVersion: now.version } : {});
  },
};

const AFTER: Readonly<Record<string, string>> = { archive: 'archived', trash: 'trashed' };

/** One page a task: below the Premium plan Confluence takes no more, and a site does one such task at a time anyway. */
async function archived(deps: WriteDeps, write: LedgerWrite): Promise<Settled> {
  const started = await startedArchiving(deps, write);
  try {
    return await endOfArchiving(deps, write, started);
  } catch (error) {
    const known = asAuditError(error);
    if (known === null || known.code === 'lease-lost') throw error;
    // The task goes on whether anybody can look at it or not.
    return {
      state: 'unknown',
      outcome: `Confluence was asked to archive the page, and what came of it could not be read (${known.code}); the next audit looks again.`,
      ...(started.taskId === null ? {} : { remoteId: started.taskId }),
    };
  }
}

async function endOfArchiving(deps: WriteDeps, write: LedgerWrite, { taskId, refusal }: Started): Promise<Settled> {
  const { confluence, sleep } = deps;
  // A request that the network delivered twice is refused the second time.
  if (taskId === null) return (await isArchived(deps, write)) ? happened() : refusal;
  for (let poll = 0; poll < POLLS; poll += 1) {
    const task = await confluence.longTask(taskId);
    if (task.finished) {
      if (task.successful || (await isArchived(deps, write))) return done(write, { remoteId: taskId });
      return {
        state: 'refused',
        outcome: `Confluence did not archive the page: ${task.messages.join(' ')}`,
        remoteId: taskId,
      };
    }
    await sleep(POLL_MS);
  }
  return {
    state: 'unknown',
    outcome: 'Confluence had not finished archiving the page; the next audit looks again.',
    remoteId: taskId,
  };
}

type Started =
  | { readonly taskId: string; readonly refusal: null }
  | { readonly taskId: null; readonly refusal: Settled };

async function startedArchiving({ confluence, sleep }: WriteDeps, { pageId }: LedgerWrite): Promise<Started> {
  for (let tried = 0; ; tried += 1) {
    try {
      return { ...(await confluence.archivePages([pageId])), refusal: null };
    } catch (error) {
      const known = asAuditError(error);
      if (known?.code !== 'request-refused' || isOutcomeUnknown(known)) throw error;
      const wait = BUSY_MS[tried];
      if (wait === undefined) return { taskId: null, refusal: { state: 'refused', outcome: known.message } };
      await sleep(wait);
    }
  }
}

const isArchived = async ({ confluence }: WriteDeps, { pageId, contentType }: LedgerWrite): Promise<boolean> =>
  (await confluence.pageStates([pageId], contentType)).get(pageId)?.status === 'archived';
