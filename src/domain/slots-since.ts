import { slotsAfter } from './due-slots.ts';
import { onBlackoutDay } from './quiet-times.ts';

/** So many are looked at and no more; who counts them knows enough by then. */
const MOST = 500;

interface Schedule {
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
  readonly quietHours: readonly string[];
  readonly blackout: readonly string[];
}

/** How many slots of a schedule came after one moment and up to another, days of blackout left out; no more than a few hundred. */
export function slotsSince(
  schedule: Schedule,
  { since, until }: { readonly since: Date; readonly until: Date },
): number {
  let count = 0;
  let looked = 0;
  for (const slot of slotsAfter(schedule.cron, schedule.timezone, since)) {
    looked += 1;
    if (slot > until || looked > MOST) break;
    if (!onBlackoutDay(schedule, slot)) count += 1;
  }
  return count;
}
