import { readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/incomplete-markers.ts';
import { pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const body = (storage: string) => pageView({ facts: { ...readBody(storage).facts, secrets: [] } });
const line = (text: string) => body(`<p>${text}</p>`);
const macro = (name: string, inside: string) =>
  `<ac:structured-macro ac:name="${name}">${inside}</ac:structured-macro>`;
const lozenge = (title: string) => macro('status', `<ac:parameter ac:name="title">${title}</ac:parameter>`);

testRule(rule, {
  fine: [
    { name: 'a finished page', view: line('Restart the broker and check the queue.') },
    { name: 'code', view: body(macro('code', '<ac:plain-text-body><![CDATA[grep TODO *.py]]></ac:plain-text-body>')) },
    { name: 'a word in code marks', view: line('Search for <code>TODO</code>.') },
    { name: 'the states of a board', view: line('Move the ticket from TODO to DONE. The TODO column is full.') },
    { name: 'a limit of the board', view: line('Keep to the WIP limit.') },
    { name: 'a mention in quotation marks', view: line('Replace every "TBD" before you publish.') },
    { name: 'a word of another language', view: line('Reiniciar todo el sistema. TODO EL EQUIPO avisa.') },
    { name: 'keys and addresses', view: line('See TODO-123, https://x.example/TODO/1, wip_limit, AUTODOC and WIPER.') },
    { name: 'a promise inside a sentence', view: line('The value is to be defined by whoever calls the job.') },
    { name: 'a state in a cell', view: body('<table><tr><td>Offen</td><td>Done</td></tr></table>') },
    { name: 'a lozenge that says something else', view: body(`<p>${lozenge('APPROVED')}</p>`) },
    { name: 'kinds that are ignored', view: line('TODO'), options: { ignore: ['TODO'] } },
  ],
  found: [
    {
      name: 'a TODO',
      view: line('TODO: add the number of the data centre'),
      reason: /^The runbook says that it is not finished: it holds TODO once\.$/,
      result: { severity: 'medium', evidence: { markers: ['TODO'], count: 1 } },
    },
    {
      name: 'several kinds',
      view: body('<h2>Rollback (TBD)</h2><p>T.B.D.</p><p>FIXME and fixme</p><p>Lorem ipsum dolor sit amet.</p>'),
      reason: /it holds FIXME 2 times, TBD 2 times, "lorem ipsum" once\.$/,
      result: { evidence: { markers: ['FIXME', 'TBD', 'lorem ipsum'], count: 5 } },
    },
    { name: 'a cell', view: body('<table><tr><td>Phone</td><td>tbd</td></tr></table>'), reason: /TBD once/ },
    { name: 'a mark in bold', view: line('Owner: <strong>TBA</strong>'), reason: /TBD once/ },
    { name: 'a lozenge', view: body(`<p>${lozenge('WIP')}</p>`), reason: /WIP once/ },
    { name: 'a line that only promises', view: line('To be defined …'), reason: /a line that only promises text once/ },
    { name: 'a promise after a colon', view: line('Telephone: coming soon.'), reason: /promises/ },
    {
      name: 'German promises',
      view: body('<p>Folgt noch.</p><li>Eskalation – wird noch ergänzt</li><p>(in Arbeit)</p>'),
      reason: /promises text 3 times/,
    },
    {
      name: 'hints that nobody replaced',
      view: body('<p><ac:placeholder>Describe the steps</ac:placeholder></p>'),
      reason: /a hint of its template once/,
    },
    { name: 'no body', view: pageView({ facts: null }), reason: /has not been read/, result: { status: 'skip' } },
    {
      name: 'a page that is no runbook',
      view: { ...line('TODO'), isRunbook: false },
      reason: /not a runbook/,
      result: { status: 'not-applicable' },
    },
  ],
});
