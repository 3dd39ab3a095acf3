import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { describedViews } from './described-views.ts';

/**
 * The columns that users may rely on, `name type` in their order. Additions at the end are put on record with
 * `vitest run test/store/view-contract.test.ts -u`, which never takes anything out. To rename, remove, move or retype a column, or to
 * drop a view, is a new major version: edit view-contract.json by hand, raise `major` in it and the version in package.json with it,
 * and say in CHANGELOG.md what readers have to change.
 */
interface Contract {
  readonly major: number;
  readonly views: Readonly<Record<string, readonly string[]>>;
}

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const contract = JSON.parse(read('./view-contract.json')) as Contract;

/** What no longer is as it was promised, one sentence each. */
function broken(promised: Contract['views'], found: Contract['views']): string[] {
  return Object.entries(promised).flatMap(([view, columns]) => {
    const now = found[view];
    if (now === undefined) return [`${view} is gone`];
    return columns.flatMap((column, at) =>
      now[at] === column ? [] : [`${view}: ${now[at] ?? 'nothing'} stands where ${column} was promised`],
    );
  });
}

/** The promise with what came since at its end. */
const extended = (promised: Contract['views'], found: Contract['views']): Contract['views'] =>
  Object.fromEntries(
    Object.keys({ ...promised, ...found }).map((view) => {
      const old = promised[view] ?? [];
      return [view, [...old, ...(found[view] ?? []).slice(old.length)]];
    }),
  );

eachDatabase('the contract of the views', (open) => {
  let db: TestDatabase;
  let found: Contract['views'];

  beforeAll(async () => {
    db = await open();
    const views = await describedViews(db);
    found = Object.fromEntries(
      views.map(({ name, columns }) => [name, columns.map((column) => `${column.name} ${column.type}`)]),
    );
  });

  test('names, order and types of all columns are as promised, additions at the end aside', () => {
    expect(broken(contract.views, found)).toEqual([]);
  });

  test('what was added is on record', async () => {
    const text = `${JSON.stringify({ ...contract, views: extended(contract.views, found) }, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot('./view-contract.json');
  });
});

test('the major version of the contract is that of the program; before 1.0 it is the first', () => {
  const { version } = JSON.parse(read('../../package.json')) as { version: string };
  expect(contract.major).toBe(Math.max(1, Number(version.split('.')[0])));
});

test.each([
  ['an addition at the end', { v: ['a text', 'b integer', 'c text'] }, []],
  ['a new view', { v: ['a text', 'b integer'], w: ['a text'] }, []],
  ['a view that is gone', {}, ['v is gone']],
  ['a column that is gone', { v: ['a text'] }, ['v: nothing stands where b integer was promised']],
  ['another type', { v: ['a text', 'b bigint'] }, ['v: b bigint stands where b integer was promised']],
  [
    'an addition in between',
    { v: ['a text', 'x text', 'b integer'] },
    ['v: x text stands where b integer was promised'],
  ],
])('%s is told for what it is', (_, now, faults) => {
  const promised = { v: ['a text', 'b integer'] };
  expect(broken(promised, now)).toEqual(faults);
  // Recording takes nothing out.
  expect(extended(promised, now)['v']?.slice(0, 2)).toEqual(promised.v);
});
