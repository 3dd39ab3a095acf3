import { beforeAll, expect, test } from 'vitest';
import { FACTS_VERSION, readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/broken-page-link.ts';
import { saveFacts } from '../../src/store/facts.ts';
import { markGone, upsertPages } from '../../src/store/pages.ts';
import { runSetRule } from '../../src/store/set-rules.ts';
import { markWalked, setSpaceStates, type SpaceState, upsertSpaces } from '../../src/store/spaces.ts';
import { saveProfiles } from '../../src/store/verdicts.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { examplePage, exampleSpace, listedRun } from '../store/examples.ts';

const link = (title: string, space = '') =>
  `<ac:link><ri:page ri:content-title="${title}"${space && ` ri:space-key="${space}"`}/></ac:link>`;
const state = (spaceId: string, given: SpaceState['state']): SpaceState => ({
  spaceId,
  state: given,
  excludedBecause: null,
  pagesSeen: 1,
  degraded: 0,
  missing: 0,
  howKnown: null,
});

/** The target pages: titles by id, and the space of each. */
const TARGETS = [
  { id: '20', spaceId: 'S1', title: 'Übersicht der Dienste' },
  { id: '21', spaceId: 'S1', title: 'Old plan' },
  { id: '22', spaceId: 'S1', title: 'Thrown away' },
  { id: '23', spaceId: 'S1', title: 'Purged' },
  { id: '24', spaceId: 'S2', title: 'Shared steps' },
  { id: '25', spaceId: 'S3', title: 'Half known' },
];

eachDatabase('broken-page-link', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  /** What the rule says of one page of OPS with this body. */
  async function judge(tenant: string, body: string, { read = true, listedAt = '' } = {}) {
    const run = await listedRun(db.store, tenant, ['1']);
    return db.store.withTenant(tenant, async (tx) => {
      await upsertSpaces(tx, [
        exampleSpace({ id: 'S1', key: 'OPS' }),
        exampleSpace({ id: 'S2', key: 'DOCS' }),
        exampleSpace({ id: 'S3', key: 'HALF' }),
        exampleSpace({ id: 'S4', key: 'LAST' }),
      ]);
      await setSpaceStates(tx, { runId: 'run-0', states: [state('S4', 'walked')] });
      await setSpaceStates(tx, {
        runId: run.runId,
        states: [state('S1', 'walked'), state('S2', 'walked'), state('S3', 'partial')],
      });
      const listed = listedAt === '' ? run : { ...run, runId: 'earlier', startedAt: listedAt };
      await markWalked(tx, listed, { spaceIds: ['S1', 'S2'], from: run.startedAt, full: true });
      await upsertPages(tx, { runId: run.runId, pages: [examplePage({ id: '1' }), ...TARGETS.map(examplePage)] });
      for (const [id, because] of [
        ['21', 'archived'],
        ['22', 'trashed'],
        ['23', 'deleted-or-hidden'],
      ] as const)
        await markGone(tx, { runId: run.runId, pageIds: [id], because });
      const facts = { ...readBody(body).facts, secrets: [] };
      if (read) await saveFacts(tx, { factsVersion: FACTS_VERSION, rows: [{ pageId: '1', versionNumber: 3, facts }] });
      await saveProfiles(tx, {
        profiles: [{ profileId: 'p', rules: { [rule.id]: { severity: 'medium', options: {} } } }],
        pages: [{ pageId: '1', isRunbook: false, exempt: false, profileId: 'p' }],
      });
      return runSetRule(tx, run, rule);
    });
  }

  test.each([
    ['a page of its own space', link('Old plan') + link('Übersicht der Dienste')],
    ['a title in other letters and blanks', link(' ÜBERSICHT der dienste ')],
    ['a title in decomposed letters', link('U\u0308bersicht der Dienste')],
    ['a page of another space', link('Shared steps', 'DOCS')],
    ['a key in small letters', link('Shared steps', 'docs')],
    ['itself', link('Page 1')],
    ['a page in the archive or the trash', link('Old plan') + link('Thrown away')],
    ['an address', '<a href="https://example.com/">x</a>'],
    [
      'an included page, which another rule judges',
      `<ac:structured-macro ac:name="include"><ac:parameter ac:name="">${link('Nowhere')}</ac:parameter></ac:structured-macro>`,
    ],
  ])('has nothing to say of a link to %s', async (name, body) => {
    expect(await judge(`fine ${name}`, body)).toEqual([]);
  });

  test('names the page that does not exist and its space', async () => {
    expect(
      await judge('missing', link('Nowhere') + link('nowhere', 'OPS') + link('Shared steps', 'DOCS')),
    ).toMatchObject([
      {
        pageId: '1',
        status: 'fail',
        severity: 'medium',
        reason: 'The page links to a page that the audit account does not find: "Nowhere" in OPS.',
        evidence: { missing_pages: 1, targets: ['"Nowhere" in OPS'] },
      },
    ]);
  });

  test('names three at most, in the order of the body, also of other spaces, and counts the rest', async () => {
    const [found] = await judge(
      'many',
      ['D', 'C', 'B', 'A'].map((title) => link(title)).join('') + link('Page 1', 'DOCS'),
    );
    expect(found?.reason).toBe(
      'The page links to 5 pages that the audit account does not find: "D" in OPS, "C" in OPS, "B" in OPS and 2 more.',
    );
  });

  test('takes a page that was deleted for missing, although its row is there', async () => {
    expect(await judge('deleted', link('Purged'))).toMatchObject([
      { status: 'fail', reason: expect.stringContaining('"Purged" in OPS') },
    ]);
  });

  test.each([
    ['was walked in part', 'HALF'],
    ['was walked in an earlier run only', 'LAST'],
    ['nobody can see', 'SECRET'],
  ])('does not judge a link into a space that %s', async (name, space) => {
    expect(await judge(`doubt ${name}`, link('Nowhere', space))).toMatchObject([
      { status: 'skip', reason: expect.stringContaining('not fully read') },
    ]);
    expect(await judge(`both ${name}`, link('Nowhere', space) + link('Nowhere'))).toMatchObject([
      { status: 'fail', evidence: { missing_pages: 1 } },
    ]);
  });

  test('is sure of a page that is known, even in a space that was walked in part', async () => {
    expect(await judge('half', link('Half known', 'HALF'))).toEqual([]);
  });

  test('leaves a page alone whose body was not read', async () => {
    expect(await judge('unread', link('Nowhere'), { read: false })).toMatchObject([
      { status: 'skip', reason: expect.stringContaining('not been read') },
    ]);
  });

  test.each([
    ['fail', 'was there when all of the space was listed', '2027-01-01T00:00:00Z'],
    ['skip', 'is younger than the last listing of all of the space', '2020-01-01T00:00:00Z'],
  ])('says %s of a link that %s, where tonight only changes were listed', async (status, name, listedAt) => {
    expect(await judge(name, link('Nowhere'), { listedAt })).toMatchObject([{ status }]);
  });

  test('does not look at the pages of other tenants', async () => {
    await judge('neighbour', '');
    await db.store.withTenant('neighbour', (tx) =>
      upsertPages(tx, { runId: 'r', pages: [examplePage({ id: '99', title: 'Next door' })] }),
    );
    expect(await judge('lonely', link('Next door'))).toMatchObject([{ status: 'fail' }]);
  });
});
