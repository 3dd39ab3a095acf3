import { beforeAll, expect, test } from 'vitest';
import type { BodyFacts } from '../../src/domain/facts.ts';
import { pagesNeedingBodies, saveFacts } from '../../src/store/facts.ts';
import { streamPages } from '../../src/store/page-batches.ts';
import { absentPages, markGone, upsertPages } from '../../src/store/pages.ts';
import { upsertSpaces } from '../../src/store/spaces.ts';
import { saveFreshness, saveHumanVersions, saveProfiles } from '../../src/store/verdicts.ts';
import { saveStep, seenIds } from '../../src/store/walk.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { beginRun, examplePage, exampleSpace } from './examples.ts';

const facts: BodyFacts = {
  hash: 'abc',
  words: 12,
  headings: [{ level: 1, text: 'Steps' }],
  attachments: ['a.pdf'],
  foreignAttachments: [],
  links: [
    { kind: 'page', title: 'Other', spaceKey: null, anchor: 'x' },
    { kind: 'url', url: 'https://example.com/' },
    { kind: 'user', accountId: 'bob' },
    { kind: 'anchor', anchor: 'top' },
    { kind: 'include', title: 'Shared', spaceKey: 'OPS' },
  ],
  macros: ['code'],
  damaged: false,
};

eachDatabase('pages', (open) => {
  let db: TestDatabase;
  const rowVersions = (tenant: string) =>
    db.superuser(`select page_id, xmin::text, ctid::text from audit.page where tenant_id = $1 order by page_id`, [
      tenant,
    ]);
  const collect = async (tenantId: string, size = 500) => {
    const pages = [];
    for await (const batch of streamPages(db.store, { tenantId, factsVersion: 'v1', size })) pages.push(...batch.pages);
    return pages;
  };
  beforeAll(async () => {
    db = await open();
  });

  test('a page that did not change is not rewritten', async () => {
    const pages = [examplePage({ id: '1' }), examplePage({ id: '2' })];
    const save = (list: typeof pages) =>
      db.store.withTenant('calm', (tx) => upsertPages(tx, { runId: 'r', pages: list }));
    expect(await save(pages)).toEqual({ seen: 2, changed: 2 });
    const before = await rowVersions('calm');
    expect(await save(pages)).toEqual({ seen: 2, changed: 0 });
    expect(await rowVersions('calm')).toEqual(before);
    expect(await save([examplePage({ id: '1', title: 'Renamed' }), examplePage({ id: '2' })])).toEqual({
      seen: 2,
      changed: 1,
    });
    expect((await rowVersions('calm'))[1]).toEqual(before[1]);
  });

  test('a list that shows a page twice is saved, with the later of the two', async () => {
    await db.store.withTenant('twice', (tx) =>
      upsertPages(tx, {
        runId: 'r',
        pages: [examplePage({ id: '1', title: 'Old' }), examplePage({ id: '1', title: 'New' })],
      }),
    );
    expect(await collect('twice')).toMatchObject([{ page: { title: 'New' } }]);
  });

  test('a title that Postgres cannot store loses only what cannot be stored', async () => {
    const title = 'NUL \u0000, half \ud800, whole \u{1f600}, spelt \\u0000 and \\\u0000';
    await db.store.withTenant('odd', (tx) =>
      upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1', title }), examplePage({ id: '2' })] }),
    );
    const [first, second] = await collect('odd');
    expect(first?.page.title).toBe('NUL \ufffd, half \ufffd, whole \u{1f600}, spelt \\u0000 and \\\ufffd');
    expect(second?.page.title).toBe('Page 2');
  });

  test('what was saved is read back as it was, in batches', async () => {
    const pages = ['1', '10', '2', '3'].map((id) => examplePage({ id }));
    await db.store.withTenant('whole', (tx) => upsertSpaces(tx, [exampleSpace({ id: 'S1', key: 'OPS' })]));
    await db.store.withTenant('whole', (tx) => upsertPages(tx, { runId: 'r', pages }));
    const read = await collect('whole', 3);
    expect(read.map(({ page }) => page.id)).toEqual(['1', '10', '2', '3']);
    expect(read[0]).toMatchObject({ spaceKey: 'OPS', facts: null, human: null, fresh: null, attachments: [] });
    expect(read.map(({ page }) => ({ ...page, createdAt: '', version: { ...page.version, createdAt: '' } }))).toEqual(
      pages.map((page) => ({ ...page, createdAt: '', version: { ...page.version, createdAt: '' } })),
    );
    expect(read[0]?.page.version.createdAt).toBe('2025-02-03T04:05:06.789Z');
  });

  test('a page that complete walks did not see is absent, and back when it is seen again', async () => {
    const run = await beginRun(db.store, 'gone');
    await db.store.withTenant('gone', async (tx) => {
      await upsertPages(tx, { runId: 'r', pages: ['1', '2', '3'].map((id) => examplePage({ id })) });
      await saveStep(tx, { runId: run.runId, walk: 'pages', step: 0, nextCursor: 'c', ids: ['1'] });
      await saveStep(tx, { runId: run.runId, walk: 'pages', step: 1, nextCursor: null, ids: ['3'] });
      const seen = seenIds(tx, { runId: run.runId, walks: ['pages'] });
      const absent = await absentPages(tx, { spaceIds: ['S1'], contentType: 'page', seen });
      expect(absent).toEqual([{ pageId: '2', spaceId: 'S1', title: 'Page 2' }]);
      expect(await absentPages(tx, { spaceIds: ['S2'], contentType: 'page', seen })).toEqual([]);
      expect(await markGone(tx, { runId: 'r', pageIds: ['2'], because: 'trashed' })).toBe(1);
    });
    expect((await collect('gone')).map(({ page }) => page.id)).toEqual(['1', '3']);
    await db.store.withTenant('gone', (tx) => upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '2' })] }));
    expect(await collect('gone')).toHaveLength(3);
  });

  test('facts and links are read back, and asked for again when the page or the extractor changes', async () => {
    const need = (factsVersion: string) =>
      db.store.withTenant('facts', (tx) => pagesNeedingBodies(tx, { factsVersion, limit: 10 }));
    await db.store.withTenant('facts', async (tx) => {
      await upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1' })] });
      await saveFacts(tx, { factsVersion: 'v1', rows: [{ pageId: '1', versionNumber: 3, facts }] });
      await saveFacts(tx, { factsVersion: 'v1', rows: [{ pageId: '1', versionNumber: 3, facts }] });
    });
    expect((await collect('facts'))[0]?.facts).toEqual(facts);
    expect(await need('v1')).toEqual([]);
    expect(await need('v2')).toEqual([{ pageId: '1', spaceId: 'S1', contentType: 'page', versionNumber: 3 }]);
    const edited = examplePage({ id: '1' });
    await db.store.withTenant('facts', (tx) =>
      upsertPages(tx, { runId: 'r', pages: [{ ...edited, version: { ...edited.version, number: 4 } }] }),
    );
    expect(await need('v1')).toHaveLength(1);
    expect((await collect('facts'))[0]?.facts).toBeNull();
  });

  test('what the audit worked out is read back and not rewritten', async () => {
    const human = { number: 2, createdAt: '2024-05-05T00:00:00.000Z', authorId: 'ann', minorEdit: false };
    const save = () =>
      db.store.withTenant('verdict', async (tx) => {
        await upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1' }), examplePage({ id: '2' })] });
        await saveProfiles(tx, {
          profiles: [{ profileId: 'p', rules: { 'stale-runbook': { failDays: 30 } } }],
          pages: [{ pageId: '1', profileId: 'p', isRunbook: true, exempt: false }],
        });
        await saveHumanVersions(tx, [
          { pageId: '1', ofVersion: 3, humanVersion: human },
          { pageId: '2', ofVersion: 3, humanVersion: null },
        ]);
        await saveFreshness(tx, [{ pageId: '1', at: human.createdAt, because: 'human-edit' }]);
      });
    await save();
    const before = await rowVersions('verdict');
    await save();
    expect(await rowVersions('verdict')).toEqual(before);
    const [first, second] = await collect('verdict');
    expect(first).toMatchObject({ profileId: 'p', isRunbook: true, human: { version: human, ofVersion: 3 } });
    expect(first?.fresh).toEqual({ at: '2024-05-05T00:00:00Z', because: 'human-edit' });
    expect(second?.human).toEqual({ version: null, ofVersion: 3 });
  });
});
