import { beforeAll, expect, test } from 'vitest';
import rule from '../../src/rules/unreferenced-attachment.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { address, judgeGraph, linkTo, macro } from '../link-graph.ts';

const file = (name: string, holder = ''): string =>
  `<ac:image><ri:attachment ri:filename="${name}">${holder}</ri:attachment></ac:image>`;
const onPage = (title: string, space = ''): string =>
  `<ri:page ri:content-title="${title}"${space && ` ri:space-key="${space}"`}/>`;

eachDatabase('unreferenced-attachment', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });
  const judge = (
    tenant: string,
    body: string | null,
    elsewhere: string | null = '',
    options = {},
    title = 'Plan.PDF',
  ) =>
    judgeGraph(db.store, tenant, rule, {
      options,
      spaces: [{ id: 'S2', key: 'DOCS' }],
      pages: [
        { id: '1', title: 'Plans', body },
        { id: '2', title: 'Other', spaceId: 'S2', body: elsewhere, judged: false },
      ],
      files: [{ id: 'att1', title, fileSize: 3_000_000 }],
    });

  test.each([
    ['as a picture', file('plan.pdf')],
    ['in decomposed letters', file('u\u0308bersicht.png'), '', 'Übersicht.png'],
    [
      'in a viewer',
      macro('view-file', `<ac:parameter ac:name="name"><ri:attachment ri:filename="plan.pdf"/></ac:parameter>`),
    ],
    ['by the list of files', macro('attachments')],
    ['by a macro of an app', macro('drawio')],
    ['by another page', '', file('plan.pdf', onPage('plans', 'ops'))],
    ['by its address', '', address('/wiki/download/attachments/1/Plan.PDF?api=v2')],
    ['by the address of the list of files', '', address('/wiki/pages/viewpageattachments.action?pageId=1')],
  ])('has nothing to say of a file that is shown %s', async (name, body, elsewhere = '', title = 'Plan.PDF') => {
    expect(await judge(`fine ${name}`, body, elsewhere, {}, title)).toEqual([]);
  });

  test.each([
    ['nothing', '', ''],
    ['another file', file('other.pdf') + linkTo('Other', { space: 'DOCS' }), ''],
    ['a file of that name on another page', file('plan.pdf', onPage('Other', 'DOCS')), file('plan.pdf')],
    ['code and a status', macro('code') + macro('status'), ''],
  ])('names a file where there is %s', async (name, body, elsewhere) => {
    expect(await judge(`found ${name}`, body, elsewhere)).toMatchObject([
      {
        pageId: '1',
        status: 'fail',
        severity: 'info',
        reason: 'No page shows or links to the file "Plan.PDF".',
        subjectId: 'att1',
        evidence: { file_name: 'Plan.PDF', media_type: 'application/pdf', file_size: 3_000_000 },
      },
    ]);
  });

  test('names each file of a page by itself, without those that are gone', async () => {
    const files = ['b.pdf', 'a.pdf'].map((title) => ({ id: `att-${title}`, title }));
    const found = await judgeGraph(db.store, 'several', rule, {
      pages: [{ id: '1' }],
      files: [...files, { id: 'att-x', title: 'x.pdf', status: 'trashed' }],
    });
    expect(new Set(found.map(({ subjectId }) => subjectId))).toEqual(new Set(['att-a.pdf', 'att-b.pdf']));
    expect(found.map(({ pageId }) => pageId)).toEqual(['1', '1']);
  });

  test('leaves small files alone where it is told to', async () => {
    expect(await judge('small', '', '', { minMb: 3.5 })).toEqual([]);
    expect(await judge('large', '', '', { minMb: 2.5 })).toHaveLength(1);
  });

  test('says nothing for certain while a body is unread', async () => {
    expect(await judge('own', null)).toMatchObject([{ pageId: '1', status: 'skip' }]);
    expect(await judge('other', '', null)).toMatchObject([{ pageId: '1', status: 'skip' }]);
    expect(rule).toMatchObject({ about: 'attachment', confidence: 'partial' });
  });
});
