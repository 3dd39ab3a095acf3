import { describe, expect, it } from 'vitest';
import { readBody } from '../../src/domain/body-facts.ts';
import type { BodyLink } from '../../src/domain/facts.ts';

const extractFacts = (storage: string) => readBody(storage).facts;
const macro = (name: string, inside: string) =>
  `<ac:structured-macro ac:name="${name}">${inside}</ac:structured-macro>`;
const parameter = (name: string, inside: string) => `<ac:parameter ac:name="${name}">${inside}</ac:parameter>`;
const file = (name: string, inside = '') =>
  `<ri:attachment ri:filename="${name}" ri:version-at-save="1">${inside}</ri:attachment>`;
const target = (title: string, space = '') =>
  `<ri:page ri:content-title="${title}"${space && ` ri:space-key="${space}"`}/>`;

describe('extractFacts on files', () => {
  it.each<[string, string, readonly string[]]>([
    ['an image', `<ac:image ac:width="300">${file('a.png')}</ac:image>`, ['a.png']],
    [
      'a link to a file',
      `<ac:link>${file('a.pdf')}<ac:plain-text-link-body><![CDATA[plan]]></ac:plain-text-link-body></ac:link>`,
      ['a.pdf'],
    ],
    ['a viewer', macro('view-file', parameter('name', file('a.docx'))), ['a.docx']],
    ['any macro with a file', macro('drawio', parameter('custom', file('a.drawio'))), ['a.drawio']],
    ['several, in their order, each once', file('b.png') + file('a.png') + file('b.png'), ['b.png', 'a.png']],
    ['references in the name', file('R&amp;D &#252;ber &nbsp;x&eacute;.png'), ['R&D \u00fcber \u00a0x\u00e9.png']],
    ['a reference is decoded once', file('a&amp;amp;b.png'), ['a&amp;b.png']],
    ['a decomposed name comes composed', file('cafe\u0301.png'), ['caf\u00e9.png']],
    ['a self-closed element', '<ac:image><ri:attachment ri:filename="a.png"/></ac:image>', ['a.png']],
    [
      'markup that is shown as code',
      macro('code', `<ac:plain-text-body><![CDATA[${file('x.png')}]]></ac:plain-text-body>`),
      [],
    ],
    ['markup in code without CDATA', macro('code', `<ac:plain-text-body>${file('x.png')}</ac:plain-text-body>`), []],
    ['a comment', `<!-- ${file('x.png')} -->`, []],
    ['an image from elsewhere', '<ac:image><ri:url ri:value="https://example.com/a.png"/></ac:image>', []],
    ['a file without a name', '<ri:attachment ri:filename=" "/><ri:attachment/>', []],
  ])('reads %s', (_, storage, expected) => {
    expect(extractFacts(storage)).toMatchObject({ attachments: expected, damaged: false });
  });

  it.each<[string, string, string | null, string]>([
    ['a page of the same space', file('a.png', target('Other')), null, 'Other'],
    ['a page of another space', file('a.png', target('Other', 'OPS')), 'OPS', 'Other'],
    ['a blog post', file('a.png', '<ri:blog-post ri:content-title="News" ri:posting-day="2026/01/01"/>'), null, 'News'],
    ['something without a title', file('a.png', '<ri:content-entity ri:content-id="5"/>'), null, ''],
    [
      'the page that a macro names',
      macro(
        'multimedia',
        parameter('name', file('a.png')) + parameter('page', `<ac:link>${target('Other')}</ac:link>`),
      ),
      null,
      'Other',
    ],
  ])('knows a file of %s from one of its own', (_, storage, spaceKey, pageTitle) => {
    const found = extractFacts(storage + file('own.png'));
    expect(found.attachments).toEqual(['own.png']);
    expect(found.foreignAttachments).toEqual([{ fileName: 'a.png', pageTitle, spaceKey }]);
  });

  it('does not give the page of one macro to the files beside or around it', () => {
    const inner = macro('multimedia', parameter('page', target('Other')));
    const found = extractFacts(
      macro('panel', `<ac:rich-text-body>${inner}${file('a.png')}</ac:rich-text-body>`) + file('b.png'),
    );
    expect(found).toMatchObject({ attachments: ['a.png', 'b.png'], foreignAttachments: [] });
  });
});

describe('extractFacts on links', () => {
  it.each<[string, string, readonly BodyLink[]]>([
    [
      'a page of the same space',
      `<ac:link>${target('Home')}</ac:link>`,
      [{ kind: 'page', title: 'Home', spaceKey: null, anchor: null }],
    ],
    [
      'a page of another space',
      `<ac:link>${target('Home', 'OPS')}</ac:link>`,
      [{ kind: 'page', title: 'Home', spaceKey: 'OPS', anchor: null }],
    ],
    [
      'a heading of another page',
      `<ac:link ac:anchor="Step%201">${target('Home')}</ac:link>`,
      [{ kind: 'page', title: 'Home', spaceKey: null, anchor: 'Step 1' }],
    ],
    [
      'a heading of its own',
      '<ac:link ac:anchor="Top"><ac:link-body>up</ac:link-body></ac:link>',
      [{ kind: 'anchor', anchor: 'Top' }],
    ],
    ['an anchor that is not encoded', '<ac:link ac:anchor="100%"/>', [{ kind: 'anchor', anchor: '100%' }]],
    [
      'an included page',
      macro('include', parameter('', `<ac:link>${target('Part', 'X')}</ac:link>`)),
      [{ kind: 'include', title: 'Part', spaceKey: 'X' }],
    ],
    [
      'an included excerpt',
      macro('excerpt-include', parameter('', `<ac:link>${target('Part')}</ac:link>`)),
      [{ kind: 'include', title: 'Part', spaceKey: null }],
    ],
    [
      'a parameter that names a page',
      macro('children', parameter('page', `<ac:link>${target('Up')}</ac:link>`)),
      [{ kind: 'page', title: 'Up', spaceKey: null, anchor: null }],
    ],
    [
      'an address',
      '<a href="https://example.com/?a=1&amp;b=2" data-card-appearance="inline">x</a>',
      [{ kind: 'url', url: 'https://example.com/?a=1&b=2' }],
    ],
    ['an address within the page', '<a href="#top">x</a>', [{ kind: 'anchor', anchor: 'top' }]],
    [
      'a person',
      '<ac:link><ri:user ri:account-id="712020:abc"/></ac:link>',
      [{ kind: 'user', accountId: '712020:abc' }],
    ],
    [
      'a person in the other attribute',
      '<ac:link><ri:user ri:userkey="712020:abc"/></ac:link>',
      [{ kind: 'user', accountId: '712020:abc' }],
    ],
    [
      'the same person twice',
      '<ri:user ri:account-id="a"/><ri:user ri:account-id="a"/>',
      [{ kind: 'user', accountId: 'a' }],
    ],
    [
      'a space or an anchor without a name',
      '<ac:link><ri:space ri:space-key="OPS"/></ac:link><a name="x">y</a><a href="#">z</a>',
      [],
    ],
    [
      'a link that is shown as code',
      macro('code', `<ac:plain-text-body><![CDATA[<ac:link>${target('X')}</ac:link>]]></ac:plain-text-body>`),
      [],
    ],
  ])('reads %s', (_, storage, links) => {
    expect(extractFacts(storage)).toMatchObject({ links, damaged: false });
  });
});

describe('extractFacts on text', () => {
  it.each<[string, string, number]>([
    ['words in paragraphs', '<p>one two</p><p>three</p>', 3],
    ['a word that markup cuts through', '<p>un<strong>believ</strong>able</p>', 1],
    ['words that only a line break parts', 'one<br/>two', 2],
    ['words that only a paragraph parts', 'one<p>two</p>three', 3],
    ['blanks that are references', '<p>one&nbsp;two&#160;three</p>', 3],
    [
      'code',
      macro('code', parameter('language', 'bash') + '<ac:plain-text-body><![CDATA[rm -rf x]]></ac:plain-text-body>'),
      3,
    ],
    [
      'no macro parameters, placeholders or identifiers of tasks',
      `${macro('status', parameter('title', 'two words'))}<ac:placeholder>Type here</ac:placeholder><ac:task><ac:task-id>7</ac:task-id><ac:task-status>incomplete</ac:task-status><ac:task-body>do it</ac:task-body></ac:task>`,
      2,
    ],
    [
      'a panel once, not its fallback too',
      '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">note</ac:adf-attribute><ac:adf-content><p>only this</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>only this</p></ac:adf-fallback></ac:adf-extension>',
      2,
    ],
    ['text without blanks in Japanese', '<p>手順書 DB</p>', 4],
    ['nothing', '<p /><p>&nbsp;</p>', 0],
  ])('counts %s', (_, storage, words) => {
    expect(extractFacts(storage)).toMatchObject({ words, damaged: false });
  });

  it('reads headings with their level, without what a reader does not see', () => {
    const storage = `<h1>Fail <em>over</em>\n &amp; back</h1><h3>${macro('status', parameter('title', 'DONE'))}Steps</h3><h2> </h2>`;
    expect(extractFacts(storage).headings).toEqual([
      { level: 1, text: 'Fail over & back', empty: true, reaches: false },
      { level: 3, text: 'Steps', empty: true, reaches: false },
    ]);
  });

  it('lists macros once and sorted, also the old form and those that show files by themselves', () => {
    const storage =
      macro('toc', '') +
      macro('gallery', '') +
      macro('attachments', '') +
      macro('toc', '') +
      '<ac:macro ac:name="info"/>';
    expect(extractFacts(storage).macros).toEqual(['attachments', 'gallery', 'info', 'toc']);
  });

  it('hashes the body as it came', () => {
    expect(extractFacts('abc').hash).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(extractFacts('').hash).not.toBe(extractFacts(' ').hash);
  });
});

describe('extractFacts on anchors', () => {
  const anchor = (name: string) => macro('anchor', parameter('', name));
  it.each<[string, string, readonly string[]]>([
    ['macros, each once', anchor('way-back') + anchor(' Step  1 ') + anchor('way-back'), ['way-back', 'Step 1']],
    ['a macro inside a heading', `<h1>${anchor('a')}Steps</h1>`, ['a']],
    ['references in a name', anchor('R&amp;D'), ['R&D']],
    ['no other macro', macro('toc', parameter('', 'x')) + macro('panel', parameter('title', 'x')), []],
    ['no other parameter, and no empty name', macro('anchor', parameter('color', 'x')) + anchor(' '), []],
    ['no code', macro('code', `<ac:plain-text-body><![CDATA[${anchor('x')}]]></ac:plain-text-body>`), []],
  ])('reads %s', (_, storage, anchors) => {
    expect(extractFacts(storage)).toMatchObject({ anchors, damaged: false });
  });

  it('says so where there are more than anybody makes', () => {
    const found = extractFacts(Array.from({ length: 2_001 }, (_, index) => anchor(`a${index}`)).join(''));
    expect(found.anchors).toHaveLength(2_000);
    expect(found.damaged).toBe(true);
    expect(extractFacts(anchor('x'.repeat(100_000)))).toMatchObject({ anchors: [], damaged: true });
  });
});
