import type { Row } from '../night-shift.ts';
import type { CorpusPage } from './world.ts';

export interface Score {
  readonly ruleId: string;
  /** Pages that the rule is right about, names wrongly, and overlooks. */
  readonly right: number;
  readonly wrong: number;
  readonly overlooked: number;
  readonly precision: number;
  readonly recall: number;
  /** A sentence for each page of the last two. */
  readonly misses: readonly string[];
}

/** The tenant itself, as if it were a page. */
const TENANT = {
  id: '',
  space: '',
  title: 'the tenant',
  about: 'its credential ends in days',
  body: '',
  expected: ['token-expiring'],
} as const;

/** Compares what an audit says of each page with what it should say, rule by rule; a warning is no failure. */
export function scores(
  ruleIds: Iterable<string>,
  pages: readonly CorpusPage[],
  findings: readonly Row[],
): readonly Score[] {
  const byId = new Map([...pages, TENANT].map((page) => [page.id, page]));
  const expected = new Set(
    [...byId.values()].flatMap(({ id, expected: verdicts }) => verdicts.map((verdict) => `${verdict} ${id}`)),
  );
  const found = new Set(
    findings.map((row) => `${row['rule_id']}${row['status'] === 'warn' ? ':warn' : ''} ${row['page_id'] ?? ''}`),
  );
  const told = (entry: string): string => {
    const [verdict = '', id = ''] = entry.split(' ');
    const page = byId.get(id);
    return `${verdict}: ${page?.space} "${page?.title}" (${page?.about})`;
  };
  return [...ruleIds].map((ruleId) => {
    const ofRule = (entries: ReadonlySet<string>): Set<string> =>
      new Set([...entries].filter((entry) => entry.split(/[ :]/)[0] === ruleId));
    const [wanted, got] = [ofRule(expected), ofRule(found)];
    const right = wanted.intersection(got).size;
    const wrong = [...got.difference(wanted)];
    const overlooked = [...wanted.difference(got)];
    return {
      ruleId,
      right,
      wrong: wrong.length,
      overlooked: overlooked.length,
      precision: share(right, got.size),
      recall: share(right, wanted.size),
      misses: [
        ...wrong.map((entry) => `found wrongly: ${told(entry)}`),
        ...overlooked.map((entry) => `overlooked: ${told(entry)}`),
      ],
    };
  });
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);

/** Pairs of rule and page that the audit could not judge, and those that it should not have been able to. */
export function unjudgedPairs(
  pages: readonly CorpusPage[],
  rows: readonly Row[],
): { readonly said: string[]; readonly expected: string[] } {
  const titles = new Map(pages.map(({ id, title }) => [id, title]));
  return {
    said: rows.map((row) => `${row['rule_id']}: ${titles.get(String(row['page_id']))}`).toSorted(),
    expected: pages.flatMap(({ title, unjudged = [] }) => unjudged.map((rule) => `${rule}: ${title}`)).toSorted(),
  };
}
