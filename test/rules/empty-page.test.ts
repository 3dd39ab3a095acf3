import { readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/empty-page.ts';
import { attachment, facts, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const of = (storage: string) => pageView({ facts: { ...readBody(storage).facts, secrets: [] } });
const macro = (name: string, inside = '') => `<ac:structured-macro ac:name="${name}">${inside}</ac:structured-macro>`;

testRule(rule, {
  fine: [
    { name: 'a sentence', view: of('<p>The database team owns this service.</p>') },
    ...['children', 'pagetree', 'attachments', 'gallery', 'jira', 'include', 'contentbylabel', 'recently-updated'].map(
      (name) => ({ name: `the macro ${name}`, view: of(macro(name)) }),
    ),
    { name: 'a picture', view: of('<ac:image><ri:attachment ri:filename="a.png"/></ac:image>') },
    { name: 'a picture from elsewhere', view: of('<ac:image><ri:url ri:value="https://a.example/a.png"/></ac:image>') },
    {
      name: 'a link that shows the title of its page',
      view: of('<p><ac:link><ri:page ri:content-title="Home"/></ac:link></p>'),
    },
    {
      name: 'code',
      view: of(
        macro('code', '<ac:plain-text-body><![CDATA[kubectl -n shop get pods -o wide --watch]]></ac:plain-text-body>'),
      ),
    },
    { name: 'a page that holds files', view: { ...of(''), attachments: [attachment('plan.pdf')] } },
    { name: 'a lower limit', view: of('<p>See chat.</p>'), options: { minCharacters: 8 } },
    { name: 'thirty characters', view: pageView({ facts: facts({ characters: 30 }) }) },
  ],
  found: [
    {
      name: 'no text',
      view: of('<p />'),
      reason: /^The page has no text \(limit 30\) and shows nothing else\.$/,
      result: { severity: 'low', evidence: { characters: 0, min_characters: 30 } },
    },
    { name: 'a word', view: of('<p>TBD</p>'), reason: /has 3 visible characters/ },
    { name: 'many blanks and little else', view: of(`<p>${'&nbsp; '.repeat(100)}soon</p>`), reason: /has 4 visible/ },
    { name: 'a table of contents of nothing', view: of(macro('toc')), reason: /no text/ },
    {
      name: 'an empty panel and an anchor',
      view: of(macro('info', '<ac:rich-text-body><p/></ac:rich-text-body>') + macro('anchor')),
      reason: /no text/,
    },
    {
      name: 'the hint of a template',
      view: of('<p><ac:placeholder>Describe here what this page is about.</ac:placeholder></p>'),
      reason: /no text/,
    },
    {
      name: 'a file in the trash',
      view: { ...of(''), attachments: [attachment('a.pdf', { status: 'trashed' })] },
      reason: /no text/,
    },
    { name: 'broken markup', view: of('<p>x'), reason: /not well formed/, result: { status: 'skip' } },
    {
      name: 'a body that was not read',
      view: pageView({ facts: null }),
      reason: /has not been read/,
      result: { status: 'skip' },
    },
  ],
});
