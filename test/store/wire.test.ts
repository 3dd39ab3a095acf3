import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase, type TestDatabase } from '../database.ts';

eachDatabase('values on the wire', (open) => {
  let db: TestDatabase;
  const read = async (expression: ReturnType<typeof sql>) => {
    const [row] = await db.store.withTenant('t', (tx) =>
      tx.rows<{ value: unknown }>(sql`select ${expression} as value`),
    );
    return row?.value;
  };
  beforeAll(async () => {
    db = await open();
  });

  test.each<[string, unknown]>([
    ['9007199254740993::bigint', '9007199254740993'],
    ['12::integer', 12],
    ['12::smallint', 12],
    ['1.5::double precision', 1.5],
    ['1.10::numeric', '1.10'],
    ['true', true],
    ["'2027-03-28'::date", '2027-03-28'],
    ["'2027-03-28 01:30:00.123456+02'::timestamptz", '2027-03-27T23:30:00.123456Z'],
    ["'2027-03-28 01:30:00+00'::timestamptz", '2027-03-28T01:30:00Z'],
    [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    [`'{"a": 1}'::json`, { a: 1 }],
    [`array['a', 'b "c" \\ d', '', 'NULL', null, 'x,{y}']::text[]`, ['a', 'b "c" \\ d', '', 'NULL', null, 'x,{y}']],
    ["'{}'::text[]", []],
    ['array[1, null, 3]', [1, null, 3]],
    ['null::bigint', null],
  ])('%s is read the same from both', async (expression, value) => {
    expect(await read(sql.raw(expression))).toEqual(value);
  });

  test.each<[unknown, string]>([
    ['text with "quotes" \\ and ü', 'text'],
    [42, 'integer'],
    [false, 'boolean'],
    [null, 'text'],
    [{ a: 'b' }, 'jsonb'],
    [['a', 'b "c" \\', null, 'NULL', ''], 'text[]'],
    [[], 'text[]'],
  ])('%j comes back as it was sent', async (value, type) => {
    expect(await read(sql`${sql.param(value)}::${sql.raw(type)}`)).toEqual(value);
  });

  test('a date is sent as the instant that it is', async () => {
    const at = new Date('2026-05-06T07:08:09.010Z');
    expect(await read(sql`${at}::timestamptz`)).toBe('2026-05-06T07:08:09.01Z');
  });
});
