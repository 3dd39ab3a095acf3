import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import rule from '../../src/rules/duplicate-title.ts';

interface Row {
  readonly page_id: string;
  readonly status: string;
  readonly reason: string;
  readonly evidence: { readonly other_page_ids: readonly string[]; readonly other_pages: number };
}
type Subject = readonly [pageId: string, space: string, title: string, options?: object, type?: 'page' | 'blogpost'];

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create();
  await database.exec(`create temp table subject (
    page_id text collate "C", space_id text collate "C", space_key text, title text collate "C",
    content_type text, is_runbook boolean, severity text, options jsonb)`);
});
afterAll(() => database.close());

async function judge(subjects: readonly Subject[]): Promise<readonly Row[]> {
  await database.exec('truncate subject');
  const rows = subjects.map(([page_id, space, title, options = {}, type = 'page']) => ({
    page_id,
    space,
    title,
    options,
    type,
  }));
  await database.query(
    `insert into subject select page_id, 'id-' || space, space, title, type, false, 'low', options
     from jsonb_to_recordset($1::jsonb) as x(page_id text, space text, title text, type text, options jsonb)`,
    [JSON.stringify(rows)],
  );
  return (await database.query<Row>(rule.sql)).rows;
}
const ids = async (...subjects: readonly Subject[]) => (await judge(subjects)).map(({ page_id }) => page_id);

describe('duplicate-title', () => {
  it('leaves blog posts out, whose dates set them apart', async () => {
    expect(await ids(['1', 'OPS', 'News', {}, 'blogpost'], ['2', 'OPS', 'News', {}, 'blogpost'])).toEqual([]);
    expect(await ids(['1', 'OPS', 'News', {}, 'blogpost'], ['2', 'OPS', 'News'])).toEqual([]);
  });

  it('names the other page and its space', async () => {
    expect(
      await judge([
        ['1', 'OPS', 'Overview'],
        ['2', 'HR', 'Overview'],
        ['3', 'HR', 'Holidays'],
      ]),
    ).toEqual([
      {
        page_id: '1',
        status: 'fail',
        reason: 'Another page has the same title: "Overview" in HR.',
        evidence: { other_page_ids: ['2'], other_pages: 1 },
      },
      {
        page_id: '2',
        status: 'fail',
        reason: 'Another page has the same title: "Overview" in OPS.',
        evidence: { other_page_ids: ['1'], other_pages: 1 },
      },
    ]);
  });

  it('names three others at most and counts the rest', async () => {
    const rows = await judge(['9', '10', '11', '12', '13', '14'].map((id): Subject => [id, `S${id}`, 'Home']));
    expect(rows.find(({ page_id }) => page_id === '10')?.reason).toBe(
      '5 other pages have the same title: "Home" in S9, "Home" in S11, "Home" in S12 and 2 more.',
    );
    expect(rows.find(({ page_id }) => page_id === '9')?.evidence.other_page_ids).toEqual([
      '10',
      '11',
      '12',
      '13',
      '14',
    ]);
  });

  it.each<[string, string, string]>([
    ['upper and lower case', 'Über uns', 'ÜBER UNS'],
    ['white space', ' Fail  over\u00a0plan ', 'fail over plan'],
    ['composed and decomposed letters', 'Caf\u00e9', 'Cafe\u0301'],
    ['compatibility forms', 'ﬁle １', 'file 1'],
  ])('takes titles that differ in %s for the same', async (_, one, other) => {
    expect(await ids(['1', 'OPS', one], ['2', 'HR', other])).toEqual(['1', '2']);
  });

  it('keeps titles apart that differ in their letters, and ignores empty ones', async () => {
    expect(await ids(['1', 'OPS', 'Plan A'], ['2', 'HR', 'Plan B'], ['3', 'X', ' '], ['4', 'Y', ''])).toEqual([]);
  });

  it('stays within the space where a page is configured so', async () => {
    const within = { acrossSpaces: false };
    expect(await ids(['1', 'OPS', 'Home', within], ['2', 'HR', 'Home', within])).toEqual([]);
    expect(await ids(['1', 'OPS', 'Home', within], ['2', 'OPS', 'HOME', within], ['3', 'HR', 'Home', within])).toEqual([
      '1',
      '2',
    ]);
    expect(await ids(['1', 'OPS', 'Home', within], ['2', 'HR', 'Home', { acrossSpaces: true }])).toEqual(['2']);
  });

  it('keeps evidence small and stays fast where thousands of pages share a title', async () => {
    const started = performance.now();
    const rows = await judge(
      Array.from({ length: 3_000 }, (_, index): Subject => [`${index}`, `S${index}`, 'Overview']),
    );
    expect(rows).toHaveLength(3_000);
    expect(rows.every(({ evidence }) => evidence.other_page_ids.length === 20 && evidence.other_pages === 2_999)).toBe(
      true,
    );
    expect(performance.now() - started).toBeLessThan(60_000);
  });

  it('keeps control characters of titles out of its sentence', async () => {
    const [first] = await judge([
      ['1', 'OPS', 'A\u001b[31m\nB'],
      ['2', 'HR', 'a\u001b[31m b'],
    ]);
    expect(first?.reason).toBe('Another page has the same title: "a[31m b" in HR.');
  });
});
