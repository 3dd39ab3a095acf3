import { slotsAfter } from './due-slots.ts';
import { onBlackoutDay } from './quiet-times.ts';

interface Schedule {
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
  readonly windowMs: number;
  readonly quietHours: readonly string[];
  readonly blackout: readonly string[];
}

const NIGHTS = 2;
/** So many slots are looked at and no more; a schedule that lies in a blackout for longer has missed nothing. */
const MOST = 500;

/**
 * The moment from which on two nights after `since` count as missed where no audit was complete by then: the second has had its window
 * and the longest time that an audit may take, or the third has come. Null where the days of blackout leave no such nights.
 */
export function secondMiss(
  schedule: Schedule,
  { since, longestMs }: { readonly since: Date; readonly longestMs: number },
): Date | null {
  const nights: Date[] = [];
  let looked = 0;
  for (const slot of slotsAfter(schedule.cron, schedule.timezone, since)) {
    looked += 1;
    if (!onBlackoutDay(schedule, slot)) nights.push(slot);
    if (nights.length > NIGHTS || looked === MOST) break;
  }
  const second = nights[NIGHTS - 1];
  if (second === undefined) return null;
  const over = second.getTime() + schedule.windowMs + longestMs;
  return new Date(Math.min(over, nights[NIGHTS]?.getTime() ?? over));
}
