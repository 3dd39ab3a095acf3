/** When a tenant wants to be left alone, in its own zone. */
interface QuietTimes {
  /** IANA name. */
  readonly timezone: string;
  /** As `08:00-18:00`; `22:00-06:00` goes over midnight. The end is not in it. */
  readonly quietHours: readonly string[];
  /** As `2026-12-24` or `2026-12-24..2027-01-01`, both ends in it. */
  readonly blackout: readonly string[];
}

/** True in hours in which a schedule writes nothing. */
export function inQuietHours({ timezone, quietHours }: QuietTimes, at: Date): boolean {
  if (quietHours.length === 0) return false;
  const { time } = wallClock(timezone, at);
  return quietHours.some((hours) => {
    const [from = '', to = ''] = hours.split('-');
    return from < to ? from <= time && time < to : from <= time || time < to;
  });
}

/** True on days on which a schedule starts nothing. */
export function onBlackoutDay({ timezone, blackout }: QuietTimes, at: Date): boolean {
  // Asked for each slot of each tenant, and telling the time of a zone is slow.
  if (blackout.length === 0) return false;
  const { day } = wallClock(timezone, at);
  return blackout.some((range) => {
    const [first = '', last = first] = range.split('..');
    return first <= day && day <= last;
  });
}

function wallClock(timeZone: string, at: Date): { readonly day: string; readonly time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((each) => each.type === type)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, time: `${part('hour')}:${part('minute')}` };
}
