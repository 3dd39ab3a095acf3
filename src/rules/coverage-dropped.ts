import { z } from 'zod';
import { defineTenantRule, type RuleResult } from '../domain/rule.ts';
import type { SeenSpace, TenantView } from '../domain/tenant-view.ts';

type Coverage = NonNullable<TenantView['coverage']>;

/** Tells of pages and spaces that an audit should have seen and did not. */
export default defineTenantRule({
  id: 'coverage-dropped',
  title: 'The audit sees less than it did, or than it should',
  why: 'What the account cannot see is not judged, and looks like a wiki without faults.',
  severity: 'high',
  remediation:
    'Let the account see the pages again; where they are meant to be gone, say so with `coverage accept`; where too much is expected, change `expect`.',
  explanation: [
    'Found, space by space, are pages that vanished in such numbers that they are hardly deleted (more than a tenth of the space and more than three, or all of them), spaces that are listed no more, and spaces that refuse their pages now. Until they are back or [accepted](operations.md), nothing in such a space resolves.',
    'Found as well is what [`expect`](configuration.md#settings) names and the audit did not see: a space in `spaces`, so many pages in a space in `minPages`, a page in `pages`. What lies outside of the audited spaces is not seen.',
    'Only what a run came to is judged by it: while a space is not listed to its end, and in a run for some spaces, findings stay as they were. What the account never saw and nobody expects cannot be missed.',
  ],
  example: '5 pages of space OPS are not visible any more; 2 were seen.',
  options: z.strictObject({}),
  *check({ coverage }) {
    if (coverage === null) {
      yield { status: 'skip', reason: 'The run did not come to its lists.' };
      return;
    }
    const open = coverage.spaces.filter(isOpen);
    if (open.length > 0) yield { status: 'skip', reason: `${open.length} space(s) were not listed to their end.` };
    yield* spacesShort(coverage);
    if (open.length > 0) return;
    for (const id of coverage.pagesUnseen) {
      yield {
        reason: `The settings expect the page ${id}, and the audit did not see it.`,
        subject: { type: 'page', id },
      };
    }
  },
});

const IN_SCOPE = new Set(['walked', 'partial', 'refused', 'gone']);

/** A list that broke off says nothing of what is missing. */
const isOpen = ({ state, settled, missing }: SeenSpace): boolean =>
  state !== null && IN_SCOPE.has(state) && (!settled || (state === 'partial' && missing === 0));

/** One result a space, whatever it lacks. */
function* spacesShort({ spaces, expect }: Coverage): Iterable<RuleResult> {
  const least = new Map(Object.entries(expect.minPages).map(([key, pages]) => [key.toLowerCase(), pages]));
  const wanted = new Set(expect.spaces.map((key) => key.toLowerCase()));
  const known = new Map(spaces.map((space) => [space.key.toLowerCase(), space]));
  for (const name of new Set([...known.keys(), ...wanted, ...least.keys()])) {
    const space = known.get(name);
    if (space !== undefined && isOpen(space)) continue;
    const key =
      space?.key ??
      [...expect.spaces, ...Object.keys(expect.minPages)].find((each) => each.toLowerCase() === name) ??
      name;
    const said = [dropOf(space), wanted.has(name) ? absenceOf(key, space) : null, shortOf(key, space, least.get(name))];
    const reason = said.filter((sentence) => sentence !== null).join(' ');
    if (reason === '') continue;
    yield {
      reason,
      subject: { type: 'space', id: key },
      evidence: {
        state: space?.state ?? null,
        pages_seen: space?.pagesSeen ?? 0,
        pages_last_time: space?.pagesLastTime ?? 0,
        missing: space?.missing ?? 0,
        expected_pages: least.get(name) ?? null,
      },
    };
  }
}

function dropOf(space: SeenSpace | undefined): string | null {
  if (space === undefined) return null;
  const { key, state, pagesSeen, pagesLastTime, missing } = space;
  if (state === 'gone') return `Space ${key} is not listed any more; ${missing} pages of it were known.`;
  if (state === 'partial') return `${missing} pages of space ${key} are not visible any more; ${pagesSeen} were seen.`;
  if (state === 'refused' && pagesLastTime > 0)
    return `Space ${key} refuses its pages; ${pagesLastTime} were seen last time.`;
  return null;
}

function absenceOf(key: string, space: SeenSpace | undefined): string | null {
  const state = space?.state ?? null;
  if (state === 'walked' || state === 'partial') return null;
  const why =
    state === 'excluded'
      ? 'it is not audited'
      : state === 'refused'
        ? 'it refuses its pages'
        : 'the account does not see it';
  return `The settings expect the space ${key}, and ${why}.`;
}

function shortOf(key: string, space: SeenSpace | undefined, least: number | undefined): string | null {
  const seen = space?.state === 'walked' || space?.state === 'partial' ? space.pagesSeen : 0;
  if (least === undefined || seen >= least) return null;
  return `The settings expect at least ${least} pages in space ${key}, and ${seen} were seen.`;
}
