import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../src/simulator/faults/define-fault.ts';

const root = new URL('../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const files = globSync('src/simulator/faults/*.ts', { cwd: root.pathname })
  .filter((path) => basename(path) !== 'define-fault.ts')
  .toSorted();
const tests = globSync('test/**/*.{test,bench,conformance}.ts', { cwd: root.pathname }).map((path) => ({
  path,
  text: read(path),
}));

interface Row {
  /** The kind of fault in our own words. */
  readonly what: string;
  /** Faults of the simulator, each armed in one of these tests at least; none where a world or a socket does without. */
  readonly faults: readonly string[];
  /** Test files, below `test/`. */
  readonly shown: readonly string[];
}

const row = (what: string, faults: string, shown: string): Row => ({
  what,
  faults: faults.split(' ').filter((id) => id !== ''),
  shown: shown.split(' ').map((name) => `test/${name}.test.ts`),
});

/** Every kind of fault that a client of Confluence can meet, by its number in the plan of faults, and where it is shown. */
const ROWS: Readonly<Record<number, Row>> = {
  1: row('a cursor that expires in the middle of a list', 'cursor-expired', 'audit/list-faults confluence/lists'),
  2: row('a cursor that comes again', 'cursor-repeats', 'audit/list-faults confluence/paginate'),
  3: row('a next page behind an empty one', 'empty-pages', 'audit/list-faults confluence/paginate'),
  4: row('a link to the next page in another form', 'odd-next', 'faults/elsewhere confluence/urls'),
  5: row('a link to the next page on another host', 'odd-next', 'faults/elsewhere'),
  6: row('a page that moves while it is listed', 'moves-while-listed', 'audit/list-faults'),
  7: row(
    'list pages that are shorter or longer than asked',
    'short-pages long-pages',
    'audit/list-faults confluence/paginate',
  ),
  8: row('fewer rows than asked for, without a word', 'short-pages', 'audit/list-faults'),
  9: row('a refusal by rate with a time', '', 'confluence/request audit/limits'),
  10: row(
    'a refusal by rate without a time, also by the gateway',
    'throttled gateway-throttled',
    'simulator/faults confluence/request confluence/wait-bound',
  ),
  11: row(
    'a refusal by rate with a time that makes no sense or is very long',
    'throttled',
    'audit/limits domain/backoff',
  ),
  12: row('an hourly quota that is used up', 'quota-used-up', 'confluence/wait-bound confluence/quota'),
  13: row('a quota that another tenant has used up', '', 'confluence/quota domain/points-budget'),
  14: row('a refusal that may be a limit or a missing permission', 'forbidden', 'faults/answers'),
  15: row('a limit that changes', '', 'domain/pacing'),
  16: row(
    'failures of the site, of reads and of writes',
    'server-error fails-over-long-lists',
    'faults/answers faults/writes faults/damaged-lists audit/list-faults',
  ),
  17: row(
    'login pages, redirects and other pages in place of data',
    'redirected login-page ip-allow-list site-suspended',
    'faults/elsewhere confluence/transport audit/sign-in-faults',
  ),
  18: row('an answer of another shape', 'wrong-shape', 'faults/answers faults/damaged-lists'),
  19: row('an answer that is cut', 'cut-short', 'faults/answers faults/writes'),
  20: row('one bad item in a list', 'bad-item', 'faults/damaged-lists confluence/lists'),
  21: row('an answer that would fill the memory', 'huge-body gzip-bomb monstrous-json', 'faults/memory-and-time'),
  22: row('an answer that does not end', 'stalled', 'faults/memory-and-time'),
  23: row('a connection that breaks', 'connection-lost', 'faults/answers faults/writes'),
  24: row('a write whose answer is lost', 'connection-lost', 'faults/writes actions/lost-answers'),
  25: row('a write that is delivered twice', 'delivered-twice', 'faults/writes'),
  26: row(
    'a name that no label can have, and a site that fails over it',
    'server-error',
    'faults/label-names faults/writes',
  ),
  27: row('a page that goes away, moves or closes before its label', 'meanwhile', 'faults/pages-in-between'),
  28: row('a page that is edited before its label', 'meanwhile', 'faults/pages-in-between actions/label-writes'),
  29: row('a person who takes the label off each day', '', 'actions/label-writes'),
  30: row(
    'a token that is revoked in the middle of a night',
    'token-revoked-mid-run',
    'audit/sign-in-faults audit/identity',
  ),
  31: row('a token that ends soon', '', 'doctor/check-expiry'),
  32: row('a space that goes out of sight', 'permission-lost', 'audit/sign-in-faults audit/absence'),
  33: row('a refresh token that another process has used', '', 'sign-in/renew-grant'),
  41: row('a clock that is set', 'meanwhile', 'faults/time-and-settings domain/due-slots'),
  42: row('a scheduler that was down', '', 'schedule/ticker domain/due-slots'),
  43: row('a site of unusual size', '', 'faults/large-sites'),
  44: row('titles that no database takes as they are', '', 'faults/strange-data confluence/lists'),
  45: row('ids that are long, or turn from text to number', 'numeric-ids', 'faults/strange-data confluence/json'),
  46: row(
    'a search index that lags, cuts short or fails because of one page',
    'labels-cut search-refuses',
    'audit/list-faults audit/absence',
  ),
  48: row(
    'settings, names, certificates and proxies that change or mislead',
    'meanwhile proxy-login',
    'faults/time-and-settings faults/connections faults/answers domain/glob',
  ),
};

/** What happens to databases, processes and migrations is shown elsewhere. */
const NOT_OF_THE_CLIENT = new Set([34, 35, 36, 37, 38, 39, 40, 47]);
/** Kinds whose row is still to be written; one that has a row must not stand here. */
const WITHOUT_A_ROW: readonly number[] = [];
const ALL = Array.from({ length: 48 }, (_, index) => index + 1);

const importsOf = (id: string): RegExp => new RegExp(`simulator/faults/${id}\\.ts'`);

it('every kind of fault that a client can meet has its row', () => {
  const without = ALL.filter((number) => ROWS[number] === undefined && !NOT_OF_THE_CLIENT.has(number));
  expect(without).toEqual(WITHOUT_A_ROW);
});

describe.each(Object.entries(ROWS))('fault %s', (_, { what, faults, shown }) => {
  it(`is shown: ${what}`, () => {
    expect(shown.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
    const text = shown.map(read).join('\n');
    expect(faults.filter((id) => !importsOf(id).test(text))).toEqual([]);
  });
});

describe.each(files)('%s', (path) => {
  it('is called like its id, says what it is, and is armed by a test', async () => {
    const { default: fault } = (await import(new URL(path, root).href)) as { default: Fault };
    const id = basename(path, '.ts');
    expect(fault.id).toBe(id);
    expect(fault.about).toMatch(/^[A-Z].{20,}\.$/);
    const armed = tests.filter(({ text }) => importsOf(id).test(text) && /\.strike\(/.test(text));
    expect(armed.map((test) => test.path)).not.toEqual([]);
  });
});

it('every fault of the collection stands in a row', () => {
  const named = new Set(Object.values(ROWS).flatMap(({ faults }) => faults));
  expect(files.map((path) => basename(path, '.ts')).filter((id) => !named.has(id))).toEqual([]);
});
