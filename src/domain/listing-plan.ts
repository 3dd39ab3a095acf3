import { createHash } from 'node:crypto';
import { ROWS } from './list-sizes.ts';

const DAY_MS = 86_400_000;
/** What a list of changes does not show (deletions, moves, labels and restrictions of other pages) is found within so many days. */
const ROTA_DAYS = 7;
/** Half a day early, so that a night which begins some minutes sooner than a week ago does not put it off by a night. */
const OVERDUE_MS = (ROTA_DAYS - 0.5) * DAY_MS;
/** A space that was listed in this time is not listed again because its day has come. */
const RECENT_MS = 0.5 * DAY_MS;
/** Lists of changes begin so long before the last walk began: whatever was late, or stamped by another clock, is met again. */
const OVERLAP_MS = DAY_MS;
/** Lists of changes are only worth their blind spots where they spare more requests than this. */
const WORTH_REQUESTS = 8;

/** What is known of the last walks over one space. */
export interface KnownSpace {
  readonly id: string;
  readonly state: string | null;
  /** Pages and posts that it holds, as far as is known. */
  readonly pages: number;
  /** The beginning of the run that last listed all of it. */
  readonly listedAt: string | null;
  /** The settings with which that was done. */
  readonly listedConfig: string | null;
  /** Since when everything that changed has been listed. */
  readonly walkedAt: string | null;
}

export interface ListingAsk {
  readonly spaces: readonly KnownSpace[];
  readonly attachments: { readonly known: number; readonly listedAt: string | null; readonly walkedAt: string | null };
  /** When the run began: a takeover must come to the same plan. */
  readonly startedAt: string;
  readonly configHash: string;
  /** `--full`, or a command for some spaces. */
  readonly everything: boolean;
  readonly worthRequests?: number;
}

/** What a night lists. */
export interface ListingPlan {
  /** Ids of the spaces that are listed from one end to the other. */
  readonly full: ReadonlySet<string>;
  /** For the others: what changed since then is listed; null where there is none. */
  readonly changedSince: Date | null;
  /** Null: all attachments of the site; otherwise those that changed since then. */
  readonly attachmentsSince: Date | null;
}

/**
 * Decides which spaces are listed in full tonight and for which a list of what changed will do. Each space has its day of the week; one
 * that was never listed to its end with these settings, or not for a week, is due at once. Where lists of changes would spare next to
 * nothing everything is listed every night.
 */
export function planListing(ask: ListingAsk): ListingPlan {
  const { spaces, attachments } = ask;
  const due = spaces.filter((space) => isDue(space, ask));
  const others = spaces.filter((space) => !due.includes(space));
  const filesSince =
    attachments.listedAt === null || ageOf(attachments.listedAt, ask) >= OVERDUE_MS ? null : attachments.walkedAt;
  const spared =
    lists(total(spaces)) -
    lists(total(due)) -
    (others.length > 0 ? 1 : 0) +
    (filesSince === null ? 0 : Math.max(1, lists(attachments.known)) - 1);
  if (ask.everything || spared <= (ask.worthRequests ?? WORTH_REQUESTS))
    return { full: new Set(spaces.map(({ id }) => id)), changedSince: null, attachmentsSince: null };
  const since = others.map(({ walkedAt }) => Date.parse(walkedAt ?? ''));
  return {
    full: new Set(due.map(({ id }) => id)),
    changedSince: since.length === 0 ? null : new Date(Math.min(...since) - OVERLAP_MS),
    attachmentsSince: filesSince === null ? null : new Date(Date.parse(filesSince) - OVERLAP_MS),
  };
}

function isDue(space: KnownSpace, ask: ListingAsk): boolean {
  const { state, listedAt, walkedAt, listedConfig } = space;
  if (state !== 'walked' || listedAt === null || walkedAt === null || listedConfig !== ask.configHash) return true;
  // Listed by this very run, before another worker took it over.
  if (listedAt === ask.startedAt) return true;
  const age = ageOf(listedAt, ask);
  return (
    age >= OVERDUE_MS ||
    (age >= RECENT_MS && dayOf(space.id) === Math.floor(Date.parse(ask.startedAt) / DAY_MS) % ROTA_DAYS)
  );
}

const ageOf = (at: string, { startedAt }: Pick<ListingAsk, 'startedAt'>): number =>
  Date.parse(startedAt) - Date.parse(at);
const dayOf = (spaceId: string): number => createHash('sha256').update(spaceId).digest().readUInt32BE() % ROTA_DAYS;
const total = (spaces: readonly KnownSpace[]): number => spaces.reduce((sum, { pages }) => sum + pages, 0);
const lists = (rows: number): number => Math.ceil(rows / ROWS.list);
