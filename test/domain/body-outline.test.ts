import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';

const facts = (storage: string) => readBody(storage).facts;
const macro = (name: string, inside = '') => `<ac:structured-macro ac:name="${name}">${inside}</ac:structured-macro>`;
const rich = (inside: string) => `<ac:rich-text-body>${inside}</ac:rich-text-body>`;
/** Headings as `text`, with a dash before those with nothing below. */
const outline = (storage: string) => facts(storage).headings.map(({ text, empty }) => `${empty ? '-' : ''}${text}`);
const titles = (storage: string) => facts(storage).titles.map(({ text, empty }) => `${empty ? '-' : ''}${text}`);

describe('headings', () => {
  it.each<[string, string, readonly string[]]>([
    ['text below', '<h2>A</h2><p>x</p><h2>B</h2>', ['A', '-B']],
    ['text in a subsection', '<h1>A</h1><h2>B</h2><h3>C</h3><p>x</p><h2>D</h2>', ['A', 'B', 'C', '-D']],
    ['text in the next section of the same rank', '<h2>A</h2><h2>B</h2><p>x</p>', ['-A', 'B']],
    ['text in the next section of a higher rank', '<h3>A</h3><h1>B</h1><p>x</p>', ['-A', 'B']],
    ['text before it', '<p>x</p><h2>A</h2>', ['-A']],
    [
      'text in a panel, a column and a list',
      `<h2>A</h2>${macro('info', rich('<p>x</p>'))}<h2>B</h2><ul><li>x</li></ul>`,
      ['A', 'B'],
    ],
    ['text without a paragraph', '<h2>A</h2>x', ['A']],
    ['code', `<h2>A</h2>${macro('code', '<ac:plain-text-body><![CDATA[ls]]></ac:plain-text-body>')}`, ['A']],
    [
      'markup that is shown as code',
      `<h2>A</h2>${macro('code', '<ac:plain-text-body><h2>B</h2></ac:plain-text-body>')}`,
      ['A'],
    ],
    ['a macro that draws something', `<h2>A</h2>${macro('jira')}<h2>B</h2>${macro('toc')}`, ['A', '-B']],
    ['a bold line', '<h2>A</h2><p><strong>Ada Lovelace</strong></p>', ['A']],
    ['only white space and rules', '<h2>A</h2><p>&nbsp;</p><hr/><p><br/></p>', ['-A']],
    [
      'a placeholder',
      '<h2>A</h2><p>TBD.</p><h2>B</h2><p>To be defined later</p><h2>C</h2><p>TBD by Ada</p>',
      ['-A', '-B', 'C'],
    ],
    ['a date', '<h2>Last tested</h2><p><time datetime="2027-01-01"/></p>', ['Last tested']],
  ])('are told from empty ones by %s', (_, storage, expected) => {
    expect(outline(storage)).toEqual(expected);
  });
});

describe('what stands in place of a heading', () => {
  it.each<[string, string, readonly string[]]>([
    ['a bold line', '<p><strong>Rollback</strong></p><p>x</p>', ['Rollback']],
    ['a bold line with its colon', '<p><b>Rollback:</b></p><p>x</p><p><b>Check</b>:</p>', ['Rollback', '-Check']],
    ['a bold beginning', '<p><strong>Rollback:</strong> undo it</p>', ['Rollback']],
    ['a bold beginning in an item', '<ul><li><p><strong>Rollback:</strong> undo it</p></li></ul>', ['Rollback']],
    ['bold words within a sentence, which are none', '<p>Do <strong>not</strong> stop. <strong>Never</strong></p>', []],
    ['a bold beginning without a colon, which is none', '<p><strong>Never</strong> stop it.</p>', []],
    ['a long bold sentence, which is none', `<p><strong>${'never stop '.repeat(20)}</strong></p>`, []],
    [
      'the head of a row',
      '<table><tr><th><p>Contact</p></th><td><p>Ada</p></td></tr><tr><th>Chat</th><td/></tr></table>',
      ['Contact', '-Chat'],
    ],
    [
      'a row whose value only mentions somebody',
      '<table><tr><th>Contact</th><td><ac:link><ri:user ri:account-id="a"/></ac:link></td></tr></table>',
      ['Contact'],
    ],
    [
      'the title of an expand',
      macro('expand', `<ac:parameter ac:name="title">Rollback</ac:parameter>${rich('<p>x</p>')}`),
      ['Rollback'],
    ],
    [
      'the title of a panel, which is none',
      macro('panel', `<ac:parameter ac:name="title">Rollback</ac:parameter>${rich('<p>x</p>')}`),
      [],
    ],
    ['two bold lines in a row', '<p><b>Rollback</b></p><p><b>Option A:</b> x</p>', ['Rollback', 'Option A']],
    [
      'two bold lines in a row, of which the first is still to be written',
      '<p><b>Rollback</b></p><p>To be defined</p><p><b>Contact:</b> x</p>',
      ['-Rollback', 'Contact'],
    ],
  ])('is %s', (_, storage, expected) => {
    expect(titles(storage)).toEqual(expected);
  });

  it('ends where a table is too long to be one', () => {
    const rows = '<tr><th>Key</th><td>x</td></tr>'.repeat(5_000);
    expect(facts(`<table>${rows}</table><h2>A</h2><p>x</p>`)).toMatchObject({
      headings: [{ empty: false }],
      damaged: false,
    });
    expect(titles(`<table>${rows}</table>`)).toHaveLength(300);
  });
});

const row = (key: string, value: string) => `<table><tbody><tr>${key}${value}</tr></tbody></table>`;

describe('the row that names the owner', () => {
  const user = '<ac:link><ri:user ri:account-id="712020:a"/></ac:link>';

  it.each<[string, string, { accountId: string | null } | null]>([
    ['a mention', row('<th><p>Owner</p></th>', `<td><p>${user}</p></td>`), { accountId: '712020:a' }],
    ['a name in words', row('<th>Owner:</th>', '<td>Team Payments</td>'), { accountId: null }],
    ['a plain cell', row('<td><strong>Page Owner</strong></td>', `<td>${user}</td>`), { accountId: '712020:a' }],
    ['German', row('<th>Verantwortlich</th>', '<td>Team Zahlung</td>'), { accountId: null }],
    ['page properties', macro('details', rich(row('<th>owners</th>', `<td>${user}</td>`))), { accountId: '712020:a' }],
    ['a row of headings', row('<th>Owner</th>', '<th>Due</th>'), null],
    [
      'a column of headings',
      '<table><tr><th>Task</th><th>Owner</th></tr><tr><td>x</td><td>Ada</td></tr></table>',
      null,
    ],
    ['an empty value', row('<th>Owner</th>', '<td><p /></td>'), null],
    ['a placeholder', row('<th>Owner</th>', '<td>TBD</td>') + row('<th>Owner</th>', '<td>N/A</td>'), null],
    ['another property', row('<th>Product owner board</th>', `<td>${user}</td>`), null],
    [
      'the first that says something',
      row('<th>Owner</th>', '<td>?</td>') + row('<th>Owner</th>', `<td>${user}</td>`),
      { accountId: '712020:a' },
    ],
    ['a sentence', `<p>Owner ${user}</p>`, null],
  ])('reads %s', (_, storage, expected) => {
    expect(facts(storage).ownerProperty).toEqual(expected);
  });
});

it('counts characters without white space, and none that a reader does not see', () => {
  expect(facts('<p>a b&nbsp;c</p><ac:placeholder>hint</ac:placeholder>')).toMatchObject({ characters: 3, words: 3 });
});

describe('the text for the search', () => {
  it.each([
    ['a line for each paragraph and item', '<p>a <b>b</b></p><ul><li><p>c</p></li><li>d</li></ul>', 'a b\nc\nd\n'],
    [
      'tabs between cells',
      '<table><tr><th><p>a</p></th><td><p>b</p><p>c</p></td></tr><tr><td>d</td></tr></table>',
      'a \tb c \t\nd\t\n',
    ],
    [
      'parameters and addresses',
      '<ac:parameter ac:name="url">a</ac:parameter><a href="https://b.example">c</a>',
      'a\nhttps://b.example c',
    ],
    ['lines of code', '<ac:plain-text-body><![CDATA[a\nb]]></ac:plain-text-body>', 'a\nb\n'],
  ])('has %s', (_, storage, text) => {
    expect(readBody(storage).text).toBe(text);
  });
});
