import type { Space } from '../domain/inventory.ts';
import { type ListingPlan, planListing as decide } from '../domain/listing-plan.ts';
import { attachmentWalks } from '../store/attachments.ts';
import { readSpaces } from '../store/spaces.ts';
import { type Night, read } from './night.ts';

/** What a night lists, and how much each space held last time. */
export interface Listing extends ListingPlan {
  readonly spaces: readonly Space[];
  readonly pagesOf: (space: Space) => number;
  /** How many attachments the site held. */
  readonly attachments: number;
}

/** Decides from the last walks which of the chosen spaces are listed in full tonight. */
export async function planListing(night: Night, spaces: readonly Space[]): Promise<Listing> {
  const { saved, attachments } = await read(night, async (tx) => ({
    saved: await readSpaces(tx),
    attachments: await attachmentWalks(tx),
  }));
  const chosen = new Set(spaces.map(({ id }) => id));
  const known = saved.filter(({ id }) => chosen.has(id)).map((space) => ({ ...space, pages: space.pagesSeen }));
  const pages = new Map(known.map((space) => [space.id, space.pages]));
  const plan = decide({
    spaces: known,
    attachments: night.needs.has('attachments') ? attachments : { ...attachments, known: 0 },
    startedAt: night.run.startedAt,
    configHash: night.run.configHash,
    everything: night.full || night.onlySpaces !== null,
    ...night.listing,
  });
  if (plan.full.size < spaces.length)
    night.log.info('Of some spaces only what changed is listed tonight', {
      spaces: spaces.length - plan.full.size,
      detail: `since ${plan.changedSince?.toISOString()}`,
    });
  return { ...plan, spaces, pagesOf: ({ id }) => pages.get(id) ?? 0, attachments: attachments.known };
}
