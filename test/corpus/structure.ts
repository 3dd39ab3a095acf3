import { anchorLink, h, include, p, pageLink, text, webLink } from '../../src/simulator/seed/storage.ts';
import { NOTES_HUB } from './notes.ts';
import type { PagePlan } from './page.ts';

const said = text('What is here was written for those who come after, and it is long enough to be read.');
const children = '<ac:structured-macro ac:name="children" />';
const page = (title: string, about: string, plan: Partial<PagePlan> = {}): PagePlan => ({
  space: 'MAP',
  title,
  about,
  expected: [],
  body: said,
  created: 50,
  ...plan,
});

/** Links by title, with a place on that page. */
const jump = (title: string, anchor: string): string =>
  p(`<ac:link ac:anchor="${anchor}"><ri:page ri:content-title="${title}" /></ac:link>`);

/** What must exist for the others: hubs, and targets in the archive and in the trash. */
export const HUBS: readonly PagePlan[] = [
  ...['OPS', 'SRE', 'LAGER', 'FR'].flatMap((space) =>
    [1, 2].map((number) =>
      page(`${space} runbooks, shelf ${number}, template`, 'a hub that lists its children', { space, body: children }),
    ),
  ),
  page(NOTES_HUB, 'has more children than fit on a screen', {
    space: 'NOTES',
    expected: ['deep-nesting'],
    body: children,
  }),
  page('Old exchange', 'archived', { space: 'OPS', fate: 'archived' }),
  page('Thrown away', 'in the trash', { space: 'OPS', fate: 'trashed' }),
  page('Written anew', 'in the trash', { space: 'OPS', fate: 'trashed', parent: null }),
  page('Written anew', 'has the title of a page in the trash', { space: 'OPS' }),
];

/** Trees, links and titles: where pages stand and what leads to them. */
export const STRUCTURE: readonly PagePlan[] = [
  page('Lost island', 'at the root, and nothing leads to it', { parent: null, expected: ['orphan-page'] }),
  page('Island with a bridge', 'at the root, and a page links to it', { parent: null }),
  page('Island with an address', 'at the root, and a page includes it', { parent: null }),
  page('Selfish island', 'at the root, and only it links to itself', {
    parent: null,
    expected: ['orphan-page'],
    body: said + p(pageLink('Selfish island')),
  }),
  page('Bridges', 'links to what stands at the root', {
    body: said + p(pageLink('island WITH a bridge')) + include('Island with an address'),
  }),
  page('Closed wing', 'archived with a child below it', { fate: 'archived' }),
  page('Room in the closed wing', 'its parent is archived', { parent: 'Closed wing', expected: ['orphan-page'] }),
  page('Second room in the closed wing', 'its parent is archived, and a page links to it', { parent: 'Closed wing' }),
  page('Way to the second room', 'links to a child of the archive', {
    body: said + p(pageLink('Second room in the closed wing')),
  }),
  page('Circle one', 'includes a page that includes it', { body: said + include('Circle two') }),
  page('Circle two', 'includes a page that includes it', { body: said + include('Circle three') }),
  page('Circle three', 'closes a circle of includes', { body: said + include('Circle one') }),
  page('Mirror', 'includes itself', { body: said + include('Mirror') }),
  page('Half a circle', 'includes the circle and nothing', {
    expected: ['broken-include'],
    body: include('Circle one') + include('Circle four'),
  }),
  page('Register of the archive', 'names the archive twice', {
    expected: ['archived-but-linked'],
    body: said + p(pageLink('Old exchange', 'OPS'), pageLink('Closed wing')),
  }),
  page('Register of the dead', 'links to what was never there, in a space that was walked', {
    expected: ['broken-page-link'],
    body: said + p(pageLink('Never written', 'OPS')),
  }),
  page('Links elsewhere', 'links into a space that nobody walked', {
    unjudged: ['broken-page-link'],
    body: said + p(pageLink('Private thoughts of Ann', '~ANN')),
  }),
  page('Links to the web', 'links to pages of another site', {
    body: said + p(webLink('https://other.corp.net/wiki/spaces/X/pages/1/Y', 'there')),
  }),
  page('Jumps', 'jumps into another page, rightly and wrongly', {
    expected: ['broken-anchor'],
    body: said + jump('Landing', 'North-gate') + jump('Landing', 'South-gate'),
  }),
  page('Jumps rightly', 'jumps into another page in two spellings', {
    body: said + jump('Landing', 'North-gate') + jump('Landing', 'Landing-Northgate'),
  }),
  page('Jumps into the unknown', 'jumps into a page that shows others', {
    body: said + jump('Circle one', 'anywhere') + anchorLink('top', 'up'),
  }),
  page('Landing', 'has one gate', { body: said + h(2, 'North gate') + said }),
  page('Rota of the night shift', 'twin', { expected: ['duplicate-title'] }),
  page('rota  of the NIGHT shift', 'twin in other capitals and blanks', {
    space: 'SRE',
    expected: ['duplicate-title'],
  }),
  page('Über uns', 'twin with an umlaut', { expected: ['duplicate-title'] }),
  page('Über uns'.normalize('NFD'), 'twin with a decomposed umlaut', { space: 'SRE', expected: ['duplicate-title'] }),
  page('Rota of the night shift 2', 'a title that only begins alike'),
  page('Empty room', 'nothing at all', { expected: ['empty-page'], body: '' }),
  page('Nearly empty room', 'a word', { expected: ['empty-page'], body: text('Soon.') }),
  page('Frame of a room', 'an empty panel and a table of contents', {
    expected: ['empty-page'],
    body: '<ac:structured-macro ac:name="toc" /><ac:structured-macro ac:name="panel"><ac:rich-text-body><p></p></ac:rich-text-body></ac:structured-macro>',
  }),
  page('Room with a view', 'a picture and no text', {
    body: '<ac:image><ri:url ri:value="https://corp.net/a.png" /></ac:image>',
  }),
  page('Room with a list', 'children and no text', { body: children }),
  page('Room with a hint', 'what its template wants to know', {
    expected: ['empty-page'],
    body: '<p><ac:placeholder>What is this room for, and who has its key?</ac:placeholder></p>',
  }),
  page('Cut room', 'markup that is cut off, so its text may be lost', {
    unjudged: ['empty-page'],
    body: '<p>A <ac:ima',
  }),
  page('NUL room', 'a NUL in its text', { body: `${said}<p>a\0b</p>` }),
  page('exe.\u202Egpj room', 'a title that is written backwards'),
  page('Blog about the runbook meeting', 'a meeting note with a runbook in its title', {
    labels: ['meeting-notes'],
    created: 250,
    body: text('We spoke about steps, and about who is to keep them.'),
  }),
  page('Template for every runbook', 'a template for runbooks', {
    labels: ['runbook', 'template'],
    created: 250,
    body: text('Write the steps here, TODO, and say how to see that it worked.'),
  }),
  ...Array.from({ length: 9 }, (_, index) =>
    page(`Stairs ${index + 1}`, `${index + 1} levels below the root`, {
      parent: index === 0 ? 'Bridges' : `Stairs ${index}`,
      body: said + text(`From here it is ${9 - index} more.`),
      expected: index + 2 > 8 ? ['deep-nesting'] : [],
    }),
  ),
];
