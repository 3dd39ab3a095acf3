import { readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/empty-escalation.ts';
import { pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const body = (storage: string) => pageView({ facts: { ...readBody(storage).facts, secrets: [] } });
const section = (inside: string, heading = 'Escalation') =>
  body(
    `<h2>Steps</h2><p>Call +49 30 1234567.</p><h2>${heading}</h2>${inside}<h2>Links</h2><a href="https://x.example">x</a>`,
  );
const says = (text: string) => section(`<p>${text}</p>`);
const mention = '<ac:link><ri:user ri:account-id="5b"/></ac:link>';
const NOBODY = /^The section on escalation names no link, mention, telephone number, address or channel\.$/;

testRule(rule, {
  fine: [
    { name: 'a mention', view: section(`<p>First ${mention}.</p>`) },
    { name: 'a link', view: says('Use <a href="https://rota.example/db">the rota</a>.') },
    { name: 'a link to a page', view: section('<p><ac:link><ri:page ri:content-title="Rota"/></ac:link></p>') },
    { name: 'an international number', view: says('Duty manager: +49 (30) 1234-567') },
    { name: 'a national number', view: says('Leitstelle 030 / 123 45 67') },
    { name: 'an American number', view: says('Call (555) 010-9999.') },
    { name: 'an extension', view: says('Control room, ext. 4711') },
    { name: 'a short number', view: says('In case of fire dial 112.') },
    { name: 'a channel', view: says('Write to #ops-incident first.') },
    { name: 'a handle', view: says('Ping @sre-oncall in the chat.') },
    { name: 'an address', view: says('noc@example.org') },
    { name: 'a paging service', view: says('Raise it in PagerDuty with the service Billing.') },
    { name: 'a contact in the heading', view: section('<p>They know.</p>', 'Escalation (#ops-db)') },
    { name: 'a contact below a subheading', view: section(`<h3>First line</h3><p>Ada, tel 030 123456</p>`) },
    { name: 'a contact below a line in bold', view: section('<p><strong>Primary</strong></p><p>#ops</p>') },
    {
      name: 'a table',
      view: section('<table><tr><th>Who</th><th>How</th></tr><tr><td>NOC</td><td>+1 555 010 9999</td></tr></table>'),
    },
    { name: 'a macro that draws its own content', view: section('<ac:structured-macro ac:name="include"/>') },
    { name: 'a picture', view: section('<ac:image><ri:attachment ri:filename="tree.png"/></ac:image>') },
    { name: 'German', view: section('<p>Rufbereitschaft: 0171 2345678</p>', 'Eskalation') },
    {
      name: 'a second section that names somebody',
      view: body(`<h2>Escalation</h2><p>See contacts.</p><h2>Contacts</h2><p>${mention}</p>`),
    },
    { name: 'a bold line instead of a heading', view: body(`<p><strong>Escalation:</strong> ${mention}</p>`) },
  ],
  found: [
    {
      name: 'a placeholder',
      view: says('TBD'),
      reason: /^The section on escalation is empty\.$/,
      result: { severity: 'high', evidence: { sections: 1, empty: true } },
    },
    { name: 'words only', view: says('Inform the database team and the lead on duty.'), reason: NOBODY },
    {
      name: 'numbers that are no telephone',
      view: says('After 30 minutes, at 03:15 or on 2027-05-01, call for help.'),
      reason: NOBODY,
    },
    { name: 'a wait', view: says('Call after 300 seconds; ticket #4711, build 1.20.300.'), reason: NOBODY },
    { name: 'a date element', view: says('Last changed <time datetime="2027-05-01"/>.'), reason: NOBODY },
    {
      name: 'a table of contents',
      view: section('<p>Ask around.</p><ac:structured-macro ac:name="toc"/>'),
      reason: NOBODY,
    },
    { name: 'a German one', view: section('<p>Das Team informieren.</p>', '7. Eskalation'), reason: NOBODY },
    { name: 'a bold line', view: body('<p><strong>Who to call</strong></p><p>The boss.</p>'), reason: NOBODY },
    {
      name: 'no such section',
      view: body('<h2>Steps</h2><p>Restart.</p>'),
      reason: /has no section on escalation/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'a damaged body',
      view: body('<h2>Escalation</h2><p>Ask <b>around'),
      reason: /not well formed/,
      result: { status: 'skip' },
    },
    { name: 'no body', view: pageView({ facts: null }), reason: /has not been read/, result: { status: 'skip' } },
  ],
});
