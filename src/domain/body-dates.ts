import type { LineTime } from './body-lines.ts';
import { dayIn, isoDay } from './calendar-day.ts';
import { type DateKind, dateKind, dateKindBefore } from './date-words.ts';
import type { PageDate } from './facts.ts';
import { createFinder } from './finder.ts';
import { lengthOf, type Passage, textOf } from './passage.ts';

const MAX_DATES = 50;
/** No date is without one, and few lines have any. */
const DIGIT = /\d/;

/**
 * Finds the dates that a page names of itself: in a row of a table (as in the macro "page properties") whose first cell says
 * `Last tested`, in a line `Last tested: 2027-05-01`, and in a date element right after such words.
 */
export function createDates() {
  const found = new Map<string, PageDate>();
  const colons = createFinder(':');
  let cells = 0;
  let label = '';
  /** What the row announces, once its second cell has begun. */
  let rowKind: DateKind | null = null;
  let answered = false;

  const add = (kind: DateKind, day: string | null): void => {
    if (found.size < MAX_DATES) found.set(`${kind} ${day}`, { kind, day });
  };

  return {
    /** A row begins or ends. */
    row(): void {
      if (rowKind !== null && !answered) add(rowKind, null);
      cells = 0;
      label = '';
      rowKind = null;
      answered = false;
    },
    cell(heading: boolean): void {
      cells += 1;
      if (cells === 2) rowKind = heading ? null : dateKind(label);
    },
    line(line: Passage, times: readonly LineTime[]): void {
      if (cells === 1) {
        label = `${label} ${textOf(line)}`.slice(0, 200);
      } else if (rowKind !== null) {
        const days =
          times.length > 0 ? times.map(({ datetime }) => isoDay(datetime.slice(0, 10))) : [dayIn(textOf(line))];
        for (const day of days) {
          if (day === null) continue;
          answered = true;
          add(rowKind, day);
        }
        return;
      }
      for (const { before, datetime } of times) {
        const kind = dateKindBefore(before);
        const day = isoDay(datetime.slice(0, 10));
        if (kind !== null && day !== null) add(kind, day);
      }
      if (times.length > 0 || lengthOf(line) > 100) return;
      const colon = colons(line.source, line.from) - line.from;
      if (colon < 4 || colon > 60 || colon >= lengthOf(line)) return;
      const text = textOf(line);
      if (!DIGIT.test(text)) return;
      const kind = dateKind(text.slice(0, colon));
      const day = kind === null ? null : dayIn(text.slice(colon + 1));
      if (kind !== null && day !== null) add(kind, day);
    },
    result: (): readonly PageDate[] => [...found.values()],
  };
}
