import { cellText, type ReportRows } from './report-rows.ts';

/** What somebody at a terminal wants to know of a finding first; each is given up before the one before it. */
const ESSENTIAL = ['severity', 'page_title', 'reason', 'rule_id', 'space_key', 'owner_name', 'tenant_id', 'age_days'];
/** With fewer, a row says too little. */
const FEWEST = 4;

interface Part {
  readonly report: ReportRows;
  /** The names of what is left out. */
  readonly hidden: readonly string[];
}

/** The report with fewer and fewer columns, for rows of findings; nothing for one row, of which everything is wanted, and for other rows. */
export function* essentialColumns({ columns, rows }: ReportRows): Generator<Part> {
  const wanted = ESSENTIAL.filter((name) => columns.includes(name));
  if (rows.length < 2 || !wanted.includes('reason')) return;
  const url = columns.indexOf('page_url');
  for (let most = wanted.length; most >= FEWEST; most -= 1) {
    const kept = wanted.slice(0, most);
    const places = kept.map((name) => columns.indexOf(name));
    yield {
      report: {
        columns: kept,
        rows: rows.map((row) => places.map((place) => row[place])),
        addresses: url === -1 ? [] : rows.map((row) => cellText(row[url])),
      },
      hidden: columns.filter((name) => !kept.includes(name)),
    };
  }
}
