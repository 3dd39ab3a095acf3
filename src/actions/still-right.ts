import { matchesGlob } from '../domain/glob.ts';
import type { LedgerWrite, Settled } from '../store/ledger.ts';
import type { PageNow } from './look-at-pages.ts';
import { GONE, skipped } from './settled.ts';

const STRANDED: Settled = {
  state: 'stranded',
  outcome: 'The page was archived since: what we had put there stays with it.',
};

/** What keeps a write from being made, by a look at the page right before it; null where everything is as it was when it was planned. */
export function inTheWay(
  at: { readonly exemptLabels: readonly string[]; readonly prefix: string },
  write: LedgerWrite,
  now: PageNow | undefined,
): Settled | null {
  if (now === undefined) return write.action === 'restore' ? skipped('The page was deleted for good.') : GONE;
  if (write.action === 'restore')
    return now.status === 'trashed' ? null : skipped('The page is not in the trash any more.');
  // What never stood there is not ours either once the page comes back.
  const isOurs = write.action.startsWith('remove-') || write.action === 'update-comment';
  if (now.status === 'archived') return isOurs ? STRANDED : skipped('The page was archived since it was judged.');
  if (now.status !== 'current') return { state: 'gone', outcome: 'The page was deleted.' };
  if (now.labels === null) return skipped('The labels of the page could not be read.');
  const removes = write.action.startsWith('remove-');
  if (write.action === 'add-label' && now.labels.includes(write.mark))
    return skipped('The page carries the label already: somebody else put it there, and it is theirs.');
  if (write.action === 'remove-label' && !now.labels.includes(write.mark))
    return skipped('Somebody took the label off before.');
  // What no longer holds comes off wherever its page is; so does what a person takes back.
  if (removes || write.undoes !== null) return null;
  return changed(at, write, { ...now, labels: now.labels });
}

function changed(
  { exemptLabels, prefix }: { readonly exemptLabels: readonly string[]; readonly prefix: string },
  write: LedgerWrite,
  now: PageNow & { readonly labels: readonly string[] },
): Settled | null {
  if (now.version !== write.pageVersion)
    return skipped(`The page was edited since it was judged (version ${write.pageVersion}, now ${now.version}).`);
  if (now.spaceId !== write.spaceId) return skipped('The page was moved to another space since it was judged.');
  const added = now.labels.filter((label) => !write.labels.includes(label));
  const exempt = added.find((label) => exemptLabels.some((pattern) => matchesGlob(pattern, label)));
  if (exempt !== undefined) return skipped(`The page was exempted since it was judged (label ${exempt}).`);
  const others = added.filter((label) => !label.startsWith(prefix));
  if (others.length > 0) return skipped(`The page was labelled since it was judged (${others.join(', ')}).`);
  // The comment that settles what was asked belongs to no finding that is open.
  if (!write.isAsked && write.action !== 'update-comment')
    return skipped('The finding is not open any more, or it was muted since.');
  return null;
}
