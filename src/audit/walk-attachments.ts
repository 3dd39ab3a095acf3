import type { Attachment } from '../domain/inventory.ts';
import { markAttachmentsGone, markAttachmentsWalked, upsertAttachments } from '../store/attachments.ts';
import type { TenantTx } from '../store/db.ts';
import { ALL_PAGE_WALKS, walkedFrom } from '../store/seen-pages.ts';
import { unreadableItems, unreadableWalk } from '../store/unreadable.ts';
import { beganWithin, seenIds } from '../store/walk.ts';
import { isLong } from './both-ends.ts';
import { untilOlderThan } from './newest-first.ts';
import { type Night, inRun, read } from './night.ts';
import type { Listing } from './plan-listing.ts';
import { toTheEnd, walkList } from './walk-list.ts';

const WALK = 'attachments';
/** Part of the same walk: what came or changed while it went on. */
const MEANWHILE = `${WALK}@meanwhile`;

/**
 * Whether the site has so many attachments that their list is begun together with that of the pages. The other way round a file that a
 * page shows is surely older than the list that has to name it; so whoever begins early looks again at the end.
 */
export const beginsEarly = (night: Pick<Night, 'listing'>, { attachmentsSince, attachments }: Listing): boolean =>
  attachmentsSince === null && isLong(night, attachments);

/**
 * Lists the site's attachments once, for all spaces together: all of them, after which what the list no longer shows is gone, or those
 * that changed since the last night.
 */
export async function walkAttachments(night: Night, listing: Listing): Promise<boolean> {
  const { attachmentsSince: since, attachments: rows } = listing;
  return toTheEnd(night, 'The attachments of the site', () =>
    since === null
      ? walkList(
          night,
          WALK,
          (at) => night.confluence.attachments(at),
          (tx, items) => save(night, tx, items),
          {
            fetch: (at) => night.confluence.attachments({ ...at, order: 'backwards' }),
            placeOf: ({ createdAt }) => Date.parse(createdAt ?? ''),
            rows,
          },
        )
      : walkChanged(night, `${WALK}:changed`, since),
  );
}

/** Closes the books of a walk over attachments that came to its end. */
export async function settleAttachments(night: Night, listing: Listing): Promise<void> {
  const { attachmentsSince: since } = listing;
  const { runId } = night.run;
  const walk = since === null ? WALK : `${WALK}:changed`;
  const { from, early } = await read(night, async (tx) => ({
    from: await walkedFrom(tx, night.run, walk),
    early: since === null && (await beganWithin(tx, { runId, prefix: WALK, other: ALL_PAGE_WALKS })),
  }));
  if (early) {
    const whole = await toTheEnd(night, 'New attachments', () => walkChanged(night, MEANWHILE, new Date(from)));
    if (!whole) return;
  }
  await inRun(night, async (tx) => {
    if (since === null) {
      await markAttachmentsGone(tx, { seen: seenIds(tx, { runId, walks: [WALK, unreadableWalk(WALK)] }) });
    }
    // What could not be read tonight has to be on the list of the next night again.
    if ((await unreadableItems(tx, night.run)).some((item) => item.walk.startsWith(WALK))) return;
    await markAttachmentsWalked(tx, { from, listedAt: since === null ? night.run.startedAt : null });
  });
}

const walkChanged = (night: Night, walk: string, since: Date): Promise<void> =>
  walkList(
    night,
    walk,
    async (at) => untilOlderThan(since, await night.confluence.attachments({ ...at, order: 'newest-first' })),
    (tx, items) => save(night, tx, items),
  );

async function save(night: Night, tx: TenantTx, items: readonly Attachment[]): Promise<readonly string[]> {
  const current = items.filter((item) => item.status === 'current');
  await upsertAttachments(tx, current);
  night.progress('attachments', current.length);
  return current.map((item) => item.id);
}
