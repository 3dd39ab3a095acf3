import { beforeAll, expect, test } from 'vitest';
import type { BodyFacts } from '../../src/domain/facts.ts';
import { pagesNeedingBodies, saveFacts } from '../../src/store/facts.ts';
import { absentPages, markGone, upsertPages } from '../../src/store/pages.ts';
import { upsertSpaces } from '../../src/store/spaces.ts';
import { saveFreshness, saveHumanVersions, saveProfiles } from '../../src/store/verdicts.ts';
import { saveStep, seenIds } from '../../src/store/walk.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { examplePage, exampleSpace, listedRun, readAll } from './examples.ts';

const facts: BodyFacts = {
  hash: 'abc',
  words: 12,
  characters: 60,
  headings: [{ level: 1, text: 'Steps', empty: false, reaches: true }],
  titles: [],
  shows: true,
  ownerProperty: { accountId: 'cyd' },
  secrets: [{ type: 'github-token', line: 3, hash: '0123456789abcdef', certain: true }],
  attachments: ['a.pdf'],
  foreignAttachments: [],
  dates: [{ kind: 'tested', day: '2027-01-02' }],
  tasks: [{ due: '2027-01-02', assigneeId: 'bob' }],
  markers: [{ kind: 'TODO', count: 2 }],
  stepForms: ['code'],
  links: [
    { kind: 'page', title: 'Other', spaceKey: null, anchor: 'x' },
    { kind: 'url', url: 'https://example.com/' },
    { kind: 'user', accountId: 'bob' },
    { kind: 'anchor', anchor: 'top' },
    { kind: 'include', title: 'Shared', spaceKey: 'OPS' },
  ],
  anchors: ['step-1'],
  macros: ['code'],
  damaged: false,
};

eachDatabase('pages', (open) => {
  let db: TestDatabase;
  const rowVersions = (tenant: string) =>
    db.superuser(`select page_id, xmin::text, ctid::text from audit.page where tenant_id = $1 order by page_id`, [
      tenant,
    ]);
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
    await listedRun(db.store, 'twice', ['1']);
    await db.store.withTenant('twice', (tx) =>
      upsertPages(tx, {
        runId: 'r',
        pages: [examplePage({ id: '1', title: 'Old' }), examplePage({ id: '1', title: 'New' })],
      }),
    );
    expect(await readAll(db.store, 'twice')).toMatchObject([{ page: { title: 'New' } }]);
  });

  test('a title that Postgres cannot store loses only what cannot be stored', async () => {
    await listedRun(db.store, 'odd', ['1', '2']);
    const title = 'NUL \u0000, half \ud800, whole \u{1f600}, spelt \\u0000 and \\\u0000';
    await db.store.withTenant('odd', (tx) =>
      upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1', title }), examplePage({ id: '2' })] }),
    );
    const [first, second] = await readAll(db.store, 'odd');
    expect(first?.page.title).toBe('NUL \ufffd, half \ufffd, whole \u{1f600}, spelt \\u0000 and \\\ufffd');
    expect(second?.page.title).toBe('Page 2');
  });

  test('what was saved is read back as it was, in batches', async () => {
    const ids = ['1', '10', '2', '3'];
    const pages = ids.map((id) => examplePage({ id }));
    await listedRun(db.store, 'whole', ids);
    await db.store.withTenant('whole', (tx) => upsertSpaces(tx, [exampleSpace({ id: 'S1', key: 'OPS' })]));
    await db.store.withTenant('whole', (tx) => upsertPages(tx, { runId: 'r', pages }));
    const read = await readAll(db.store, 'whole');
    expect(read.map(({ page }) => page.id)).toEqual(['1', '10', '2', '3']);
    expect(read[0]).toMatchObject({ spaceKey: 'OPS', facts: null, humanVersion: null, rules: {}, attachments: [] });
    expect(read.map(({ page }) => ({ ...page, createdAt: '', version: { ...page.version, createdAt: '' } }))).toEqual(
      pages.map((page) => ({ ...page, createdAt: '', version: { ...page.version, createdAt: '' } })),
    );
    expect(read[0]?.page.version.createdAt).toBe('2025-02-03T04:05:06.789Z');
  });

  test('a page that complete walks did not see is absent, and back when it is seen again', async () => {
    const run = await listedRun(db.store, 'gone', ['1', '2', '3']);
    await db.store.withTenant('gone', async (tx) => {
      await upsertPages(tx, { runId: 'r', pages: ['1', '2', '3'].map((id) => examplePage({ id })) });
      await saveStep(tx, { runId: run.runId, walk: 'again', step: 0, nextCursor: 'c', ids: ['1'] });
      await saveStep(tx, { runId: run.runId, walk: 'again', step: 1, nextCursor: null, ids: ['3'] });
      const seen = seenIds(tx, { runId: run.runId, walks: ['again'] });
      const absent = await absentPages(tx, { spaceIds: ['S1'], contentType: 'page', seen });
      expect(absent).toEqual([{ pageId: '2', spaceId: 'S1', title: 'Page 2' }]);
      expect(await absentPages(tx, { spaceIds: ['S2'], contentType: 'page', seen })).toEqual([]);
      expect(await markGone(tx, { runId: 'r', pageIds: ['2'], because: 'trashed' })).toBe(1);
    });
    expect((await readAll(db.store, 'gone')).map(({ page }) => page.id)).toEqual(['1', '3']);
    await db.store.withTenant('gone', (tx) => upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '2' })] }));
    expect(await readAll(db.store, 'gone')).toHaveLength(3);
  });

  test('a walk that grows a table brings its statistics along', async () => {
    const { runId } = await listedRun(db.store, 'large', []);
    for (let step = 1; step <= 10; step++) {
      const ids = Array.from({ length: 250 }, (_, i) => `${step * 1000 + i}`);
      await db.store.withTenant('large', async (tx) => {
        await upsertPages(tx, { runId, pages: ids.map((id) => examplePage({ id })) });
        await saveStep(tx, { runId, walk: 'pages:S1', step, nextCursor: null, ids });
      });
    }
    const [row] = await db.superuser(
      `select reltuples::integer as known from pg_class where oid = 'audit.page'::regclass`,
    );
    expect(row?.['known']).toBeGreaterThan(1000);
  });

  test('facts and links are read back, and asked for again when the page or the extractor changes', async () => {
    const run = await listedRun(db.store, 'facts', ['1']);
    const need = (factsVersion: number, again = false, exempt = false) =>
      db.store.withTenant('facts', (tx) =>
        pagesNeedingBodies(tx, run, { contentType: 'page', factsVersion, again, exempt }),
      );
    await db.store.withTenant('facts', async (tx) => {
      await upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1' })] });
      await saveFacts(tx, { factsVersion: 1, rows: [{ pageId: '1', versionNumber: 3, facts }] });
      await saveFacts(tx, { factsVersion: 1, rows: [{ pageId: '1', versionNumber: 3, facts }] });
    });
    const { links, ...rest } = facts;
    expect((await readAll(db.store, 'facts'))[0]?.facts).toEqual(rest);
    const stored = await db.superuser(
      `select kind, title, space_key as "spaceKey", anchor, url, account_id as "accountId" from audit.page_link where tenant_id = 'facts' order by ord`,
    );
    const none = { title: null, spaceKey: null, anchor: null, url: null, accountId: null };
    expect(stored).toEqual(links.map((link) => ({ ...none, ...link })));
    expect(await need(1)).toEqual([]);
    expect(await need(2)).toEqual(['1']);
    expect(await need(1, true)).toEqual(['1']);
    const edited = examplePage({ id: '1' });
    await db.store.withTenant('facts', (tx) =>
      upsertPages(tx, { runId: 'r', pages: [{ ...edited, version: { ...edited.version, number: 4 } }] }),
    );
    expect(await need(1)).toHaveLength(1);
    expect((await readAll(db.store, 'facts'))[0]?.facts).toBeNull();
  });

  test('what the audit worked out is read back and not rewritten', async () => {
    const version = { number: 2, createdAt: '2024-05-05T00:00:00.000Z', authorId: 'ann', minorEdit: false };
    const human = { upTo: 3, version, ignored: { minor: 1 } };
    const rules = { 'stale-runbook': { severity: 'high', options: { failDays: 30 } } };
    await listedRun(db.store, 'verdict', ['1', '2']);
    const save = () =>
      db.store.withTenant('verdict', async (tx) => {
        await upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1' }), examplePage({ id: '2' })] });
        await saveProfiles(tx, {
          profiles: [{ profileId: 'p', rules }],
          pages: [{ pageId: '1', profileId: 'p', isRunbook: true, exempt: false }],
        });
        await saveHumanVersions(tx, [{ pageId: '1', human }]);
        await saveFreshness(tx, [{ pageId: '1', at: version.createdAt, because: 'human-edit' }]);
      });
    await save();
    const before = await rowVersions('verdict');
    await save();
    expect(await rowVersions('verdict')).toEqual(before);
    const [first, second] = await readAll(db.store, 'verdict');
    expect(first).toMatchObject({ rules, isRunbook: true, humanVersion: human });
    expect(second).toMatchObject({ rules: {}, isRunbook: false, humanVersion: null });
    const [row] = await db.superuser(`select fresh_at::text, fresh_because from audit.page where fresh_at is not null`);
    expect(row).toEqual({ fresh_at: '2024-05-05 00:00:00+00', fresh_because: 'human-edit' });
  });
});
