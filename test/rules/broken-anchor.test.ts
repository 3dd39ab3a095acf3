import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/broken-anchor.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { address, include, judgeGraph, jumpTo, linkTo, macro } from '../link-graph.ts';

const anchor = (name: string): string => macro('anchor', `<ac:parameter ac:name="">${name}</ac:parameter>`);
const BODY =
  '<h1>Übersicht der Dienste</h1><h2>Step 1: fail-over (DB)</h2><h2>Check</h2><h2>Check</h2><h3>2. Rollback</h3><h3>Ping &amp; wait</h3>' +
  anchor('way-back');

eachDatabase('broken-anchor', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (tenant: string, jumps: string, { read = true } = {}) =>
    judgeGraph(db.store, tenant, rule, {
      spaces: [{ id: 'S2', key: 'DOCS' }],
      pages: [
        { id: '1', title: 'My Runbook', body: read ? BODY + jumps : null },
        { id: '2', title: 'Manual', spaceId: 'S2', body: '<h1>Contents</h1>', judged: false },
        { id: '3', title: 'Collection', body: `<h1>All</h1>${include('Manual')}`, judged: false },
        { id: '4', title: 'Unread', body: null, judged: false },
        { id: '5', title: 'Damaged', body: '<h1>All</h1><p>', judged: false },
        { id: '6', title: 'Archived', body: '<h1>All</h1>', gone: 'archived' },
      ],
    });

  test.each([
    ['as the new editor writes it', jumpTo('Step-1:-fail-over-(DB)')],
    ['percent-encoded', jumpTo('%C3%9Cbersicht-der-Dienste')],
    ['as the old editor writes it', jumpTo('MyRunbook-Step1:fail-over(DB)')],
    ['as it stands in the text', jumpTo('Step 1: fail-over (DB)')],
    ['of the second of two equal headings', jumpTo('Check.1') + jumpTo('MyRunbook-Check.1')],
    ['with what Confluence puts before a digit', jumpTo('id-2.Rollback') + jumpTo('id-MyRunbook-2.Rollback')],
    ['as it is copied from a heading', jumpTo('[inlineExtension]Check')],
    ['of a heading with a character that storage format escapes', jumpTo('Ping-&amp;-wait')],
    ['of an anchor macro, in either editor', jumpTo('way-back') + jumpTo('MyRunbook-way-back')],
    ['of the page itself', jumpTo('top') + jumpTo('My-Runbook') + jumpTo('comment-4711') + jumpTo('-')],
    ['in an address', address('#Check')],
    ['on another page', linkTo('Manual', { space: 'DOCS', anchor: 'Contents' })],
    ['on a page that does not exist', linkTo('Nowhere', { anchor: 'Contents' })],
    ['on a page that is archived', linkTo('Archived', { anchor: 'x' })],
    ['on a page that shows others', linkTo('Collection', { anchor: 'Contents' })],
    ['on a page that is unread', linkTo('Unread', { anchor: 'x' })],
    ['on a page whose markup is damaged', linkTo('Damaged', { anchor: 'x' })],
  ])('has nothing to say of an anchor %s', async (name, jumps) => {
    expect(await judge(`fine ${name}`, jumps)).toEqual([]);
  });

  test.each([
    ['here', jumpTo('Step-2') + address('#Step-2'), '"#Step-2"'],
    ['after the title of the page', jumpTo('MyRunbook-Escalation'), '"#MyRunbook-Escalation"'],
    ['on another page', linkTo('manual', { space: 'DOCS', anchor: 'Check' }), '"#Check" on "Manual"'],
  ])('names an anchor that is not there: %s', async (name, jumps, spot) => {
    expect(await judge(`found ${name}`, jumps)).toMatchObject([
      {
        pageId: '1',
        status: 'fail',
        severity: 'info',
        reason: `The page links to a place that does not seem to exist: ${spot}.`,
      },
    ]);
  });

  test('names three at most and counts the rest', async () => {
    const [found] = await judge('many', ['w', 'x', 'y', 'z'].map(jumpTo).join(''));
    expect(found?.reason).toBe('The page links to 4 places that do not seem to exist: "#w", "#x", "#y" and 1 more.');
    expect(found?.evidence).toMatchObject({ places: 4 });
  });

  test('has nothing to say of a page that may show headings of others', async () => {
    expect(await judge('includes', jumpTo('Nowhere') + include('Manual'))).toEqual([]);
    expect(await judge('app', jumpTo('Nowhere') + macro('some-app'))).toEqual([]);
    expect(await judge('code', jumpTo('Nowhere') + macro('toc'))).toHaveLength(1);
  });

  test('leaves a page alone whose body was not read', async () => {
    expect(await judge('unread', '', { read: false })).toMatchObject([{ status: 'skip' }]);
  });

  test('is a matter of doubt', () => {
    expect(rule).toMatchObject({ confidence: 'partial' });
  });
});
