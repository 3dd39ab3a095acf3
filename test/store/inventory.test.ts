import { beforeAll, expect, test } from 'vitest';
import { missingAccounts, namedAccounts, upsertAccounts } from '../../src/store/accounts.ts';
import { markAttachmentsGone, upsertAttachments } from '../../src/store/attachments.ts';
import { upsertPages } from '../../src/store/pages.ts';
import { readSpaces, setSpaceStates, type SpaceState, upsertSpaces } from '../../src/store/spaces.ts';
import { saveStep, seenIds } from '../../src/store/walk.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { exampleAttachment, examplePage, exampleSpace, listedRun, readAll } from './examples.ts';

eachDatabase('inventory', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  test('attachments that a complete walk did not see are gone, and unchanged ones are not rewritten', async () => {
    const run = await listedRun(db.store, 'files', ['1']);
    const files = ['att1', 'att2'].map((id) => exampleAttachment({ id }));
    const upsert = () => db.store.withTenant('files', (tx) => upsertAttachments(tx, files));
    expect(await upsert()).toEqual({ seen: 2, changed: 2 });
    expect(await upsert()).toEqual({ seen: 2, changed: 0 });
    await db.store.withTenant('files', async (tx) => {
      await upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1' })] });
      await saveStep(tx, { runId: run.runId, walk: 'attachments', step: 0, nextCursor: null, ids: ['att2'] });
      const seen = seenIds(tx, { runId: run.runId, walks: ['attachments'] });
      expect(await markAttachmentsGone(tx, { seen })).toBe(1);
    });
    expect((await readAll(db.store, 'files'))[0]?.attachments).toMatchObject([{ id: 'att2', fileSize: 1234 }]);
  });

  test('accounts that pages name and nobody asked for lately are missing', async () => {
    await db.store.withTenant('people', async (tx) => {
      await upsertSpaces(tx, [exampleSpace({ id: 'S1', key: 'OPS', ownerId: 'dan' })]);
      await upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '1', ownerId: 'cyd' })] });
      await upsertAccounts(tx, [{ id: 'ann', displayName: 'Ann', type: 'atlassian', status: 'active' }]);
      const ids = await namedAccounts(tx);
      expect(ids).toEqual(['ann', 'bob', 'cyd', 'dan']);
      expect(await missingAccounts(tx, { ids, olderThan: new Date('2020-01-01') })).toEqual(['bob', 'cyd', 'dan']);
      expect(await missingAccounts(tx, { ids, olderThan: new Date('2999-01-01') })).toEqual([
        'ann',
        'bob',
        'cyd',
        'dan',
      ]);
    });
  });

  test('a space remembers how many pages the last complete walk saw', async () => {
    const walked = (runId: string, state: Partial<SpaceState>) =>
      db.store.withTenant('spaces', (tx) =>
        setSpaceStates(tx, {
          runId,
          states: [
            {
              spaceId: 'S1',
              state: 'walked',
              excludedBecause: null,
              pagesSeen: 0,
              degraded: 0,
              missing: 0,
              howKnown: null,
              ...state,
            },
          ],
        }),
      );
    const counts = async () => {
      const [space] = await db.store.withTenant('spaces', readSpaces);
      return [space?.state, space?.pagesSeen, space?.pagesLastTime];
    };
    await db.store.withTenant('spaces', (tx) => upsertSpaces(tx, [exampleSpace({ id: 'S1', key: 'OPS' })]));
    await walked('r1', { pagesSeen: 100 });
    expect(await counts()).toEqual(['walked', 100, 0]);
    await walked('r2', { state: 'partial', pagesSeen: 10 });
    await walked('r2', { state: 'partial', pagesSeen: 20 });
    expect(await counts()).toEqual(['partial', 20, 100]);
    await walked('r3', { pagesSeen: 90 });
    expect(await counts()).toEqual(['walked', 90, 100]);
  });
});
