import { asAuditError } from '../domain/errors.ts';
import { ROWS } from '../domain/list-sizes.ts';
import type { ListPage } from '../confluence/list.ts';
import { errorFields } from '../runtime/log-fields.ts';
import { followList, type ListAt, type Save, type Standing } from './follow-list.ts';
import { createMeeting } from './meeting.ts';
import type { Night } from './night.ts';

/** A list of so many pages takes long enough to be followed from both ends. */
const LONG = 64;

const longOf = ({ listing }: Pick<Night, 'listing'>): number => listing.long ?? LONG;

/** Whether a list of so many rows is. */
export const isLong = (night: Pick<Night, 'listing'>, rows: number): boolean => rows > longOf(night) * ROWS.list;

/** The same list in the opposite order. */
export interface OtherEnd<T> {
  readonly fetch: (at: ListAt) => Promise<ListPage<T>>;
  /** Where an item stands in the order of the list; equal places are possible. */
  readonly placeOf: (item: T) => number | bigint;
  /** Rows that the list is expected to have; 0 where nobody knows. */
  readonly rows: number;
}

/** The name of the chain from the other end: part of the same walk, with a checkpoint of its own. */
export const backOf = (walk: string, limit: number | undefined): string => `${walk}@back${limit ?? ''}`;

/**
 * Follows a list from its start, and also from its end once it is known to be long; it is whole when the chains have met, or one of them
 * came through alone. What goes wrong with the second chain only costs its help.
 */
export async function followBothEnds<T>(
  night: Night,
  { start, end: back, limit }: { start: Standing; end: Standing; limit: number | undefined },
  fetch: (at: ListAt) => Promise<ListPage<T>>,
  end: OtherEnd<T>,
  save: Save<T>,
): Promise<void> {
  const meeting = createMeeting(end.placeOf);
  const chain = (from: 'start' | 'end') => () => meeting.chain(from);
  const unexpected: unknown[] = [];
  const helper: Promise<void>[] = [];
  const helped = async (): Promise<void> => void (await Promise.all(helper));
  const help = (): void => {
    if (helper.length > 0) return;
    const following = followList(night, back, (cursor) => end.fetch({ cursor, limit }), save, { chain: chain('end') });
    helper.push(
      following.catch((error: unknown) => {
        const known = asAuditError(error);
        if (known === null) unexpected.push(error);
        else night.log.info('A list is followed from its start alone', { ...errorFields(known), step: back.walk });
      }),
    );
  };
  if (back.last !== null || isLong(night, end.rows)) help();
  try {
    await followList(night, start, (cursor) => fetch({ cursor, limit }), save, {
      chain: chain('start'),
      onStored: (pages) => {
        if (pages >= longOf(night)) help();
      },
    });
  } catch (error) {
    await helped();
    if (!meeting.over()) throw error;
  }
  await helped();
  if (unexpected.length > 0) throw unexpected[0];
}
