import { readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/missing-attachment.ts';
import { attachment, facts, pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const image = (inside: string) => `<p><ac:image>${inside}</ac:image></p>`;
const own = (fileName: string) => image(`<ri:attachment ri:filename="${fileName}"/>`);
const view = (storage: string, files: readonly string[] = [], isRunbook = true) =>
  pageView({
    facts: { ...readBody(storage).facts, secrets: [] },
    attachments: files.map((title, index) => attachment(title, { id: `att${index}` })),
    isRunbook,
  });

testRule(rule, {
  fine: [
    { name: 'a body that shows what the page has', view: view(own('flow.png'), ['flow.png']) },
    { name: 'a body without files', view: view('<p>Restart it.</p>', ['unused.png']) },
    { name: 'a name in other letters of upper and lower case', view: view(own('Flow.PNG'), ['flow.png']) },
    { name: 'a composed name for a decomposed file', view: view(own('caf\u00e9.png'), ['cafe\u0301.png']) },
    { name: 'a decomposed name for a composed file', view: view(own('cafe\u0301.png'), ['caf\u00e9.png']) },
    { name: 'a name written with references', view: view(own('R&amp;D&#32;plan.pdf'), ['R&D plan.pdf']) },
    {
      name: 'a file of another page',
      view: view(image('<ri:attachment ri:filename="far.png"><ri:page ri:content-title="Other"/></ri:attachment>')),
    },
    {
      name: 'a code block that shows markup',
      view: view(
        '<ac:structured-macro ac:name="code"><ac:plain-text-body><![CDATA[<ri:attachment ri:filename="x.png"/>]]></ac:plain-text-body></ac:structured-macro>',
      ),
    },
    {
      name: 'an archived twin beside the current file',
      view: pageView({
        facts: facts({ attachments: ['flow.png'] }),
        attachments: [attachment('flow.png'), attachment('flow.png', { id: 'att2', status: 'archived' })],
      }),
    },
  ],
  found: [
    {
      name: 'a file that is not there',
      view: view(own('flow.png'), ['other.png']),
      reason: /^The body refers to the file "flow\.png", but the page has no attachment of that name\.$/,
      result: { severity: 'high', subject: { type: 'file', id: 'flow.png' }, evidence: { file_name: 'flow.png' } },
    },
    {
      name: 'medium on a page that is no runbook',
      view: view(own('flow.png'), [], false),
      reason: /flow/,
      result: { severity: 'medium' },
    },
    {
      name: 'a file in a viewer',
      view: view(
        '<ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name"><ri:attachment ri:filename="plan.pdf"/></ac:parameter></ac:structured-macro>',
      ),
      reason: /plan\.pdf/,
    },
    { name: 'a file in a link', view: view('<ac:link><ri:attachment ri:filename="a.sh"/></ac:link>'), reason: /a\.sh/ },
    { name: 'one file that is shown twice', view: view(own('a.png') + own('a.png')), reason: /a\.png/ },
    {
      name: 'a file that was put into the trash',
      view: pageView({
        facts: facts({ attachments: ['a.png'] }),
        attachments: [attachment('a.png', { status: 'trashed' })],
      }),
      reason: /has only one that is no longer current\.$/,
    },
    {
      name: 'what is certain in a body that was cut',
      view: view(`${own('a.png')}<p><ac:image><ri:attachment ri:filename="b`),
      reason: /a\.png/,
    },
    {
      name: 'a body that was not read is not judged',
      view: pageView({ facts: null }),
      reason: /not been read/,
      result: { status: 'skip' },
    },
  ],
});
