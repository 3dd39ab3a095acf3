import { type CronExpression, CronExpressionParser } from 'cron-parser';
import { AuditError } from './errors.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How far back a missed slot is looked for, step by step, so that a long downtime costs no walk through all its minutes. */
const LOOKBACKS = [2 * HOUR, 2 * DAY, 40 * DAY, 400 * DAY, 9 * 366 * DAY];
/**
 * cron-parser is right at the changes of the clock as long as it comes from before them; started inside the repeated hour
 * it fires a second time. No overlap is longer than this.
 */
const RUN_UP = 4 * HOUR;
/** A last slot farther ahead than this was written under a broken clock. */
const BELIEVABLE = DAY;

export interface SlotQuestion {
  readonly cron: string;
  /** IANA name. */
  readonly timezone: string;
  /** The newest slot that was ever fired for this schedule; null on the first start. */
  readonly lastSlot: Date | null;
  readonly now: Date;
  /** Whether a slot that was missed (the program was down) is made up for. */
  readonly catchUp: boolean;
}

/**
 * The slot to fire now, if any, and the next one after that. Asked every minute. However many slots were missed, the
 * newest stands for all of them; without a last slot, or without catching up, only a slot of the present minute is due.
 * A local time that a change of the clock skips or repeats is one slot.
 */
export function dueSlots({ cron, timezone, lastSlot, now, catchUp }: SlotQuestion): {
  readonly due: readonly Date[];
  readonly next: Date;
} {
  const after = (start: number): Generator<Date, never> => slotsAfter(cron, timezone, new Date(start));
  const last = lastSlot !== null && lastSlot.getTime() - now.getTime() <= BELIEVABLE ? lastSlot.getTime() : null;
  const thisMinute = Math.floor(now.getTime() / MINUTE) * MINUTE - 1;
  const since = last === null || !catchUp ? Math.max(last ?? thisMinute, thisMinute) : last;
  const first = after(since).next().value;
  if (first > now) return { due: [], next: first };

  for (const lookback of LOOKBACKS) {
    const start = Math.max(since, now.getTime() - lookback);
    let due: Date | null = null;
    for (const slot of after(start)) {
      if (slot > now) {
        if (due === null) break;
        return { due: [due], next: slot };
      }
      due = slot;
    }
  }
  return { due: [first], next: after(now.getTime()).next().value };
}

/** All slots after an instant, without end. */
export function* slotsAfter(cron: string, timezone: string, start: Date): Generator<Date, never> {
  let at = new Date(start.getTime() - RUN_UP);
  const schedule = parse(cron, timezone, at);
  for (;;) {
    at = nextSlot(schedule, at);
    if (at > start) yield at;
  }
}

function parse(cron: string, tz: string, currentDate: Date): CronExpression {
  try {
    return CronExpressionParser.parse(cron, { tz, currentDate });
  } catch (cause) {
    throw new AuditError('config-invalid', `The schedule "${cron}" in the time zone "${tz}" cannot be read.`, {
      cause,
    });
  }
}

/**
 * cron-parser gives up where the clock goes back by half an hour (Australia/Lord_Howe on the evening before): then the
 * minutes are tried one by one until it can go on.
 */
function nextSlot(schedule: CronExpression, from: Date): Date {
  try {
    return schedule.next().toDate();
  } catch (cause) {
    const first = Math.floor(from.getTime() / MINUTE) * MINUTE;
    for (let minute = 1; minute <= (3 * DAY) / MINUTE; minute += 1) {
      const candidate = new Date(first + minute * MINUTE);
      if (schedule.includesDate(candidate)) {
        schedule.reset(candidate);
        return candidate;
      }
    }
    throw new AuditError('config-invalid', `The schedule "${schedule.stringify()}" never comes round.`, { cause });
  }
}
