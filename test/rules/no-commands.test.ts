import { readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/no-commands.ts';
import { pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const body = (storage: string) => pageView({ facts: { ...readBody(storage).facts, secrets: [] } });
const macro = (name: string, inside = '') => `<ac:structured-macro ac:name="${name}">${inside}</ac:structured-macro>`;
const PROSE = '<h2>Steps</h2><p>Restart the broker, then look at the queue.</p>';

testRule(rule, {
  fine: [
    { name: 'code', view: body(macro('code', '<ac:plain-text-body><![CDATA[ls]]></ac:plain-text-body>')) },
    { name: 'preformatted text', view: body('<pre>ls</pre>') },
    { name: 'a numbered list', view: body(`${PROSE}<ol><li>Restart</li></ol>`) },
    {
      name: 'tasks',
      view: body('<ac:task-list><ac:task><ac:task-body>Restart</ac:task-body></ac:task></ac:task-list>'),
    },
    { name: 'lines numbered by hand', view: body('<p>1. Restart</p><p>2. Look</p>') },
    { name: 'numbered headings', view: body('<h3>Step 1: Restart</h3><p>x</p><h3>Step 2: Look</h3>') },
    { name: 'numbered German headings', view: body('<h3>Schritt 1 – Neustart</h3><h3>Schritt 2 – Prüfen</h3>') },
    { name: "an app's code", view: body(macro('github-file')) },
    { name: 'a drawing of the steps', view: body(macro('drawio')) },
  ],
  found: [
    {
      name: 'prose',
      view: body(PROSE),
      reason: /^The runbook holds no code, no numbered list and no tasks\.$/,
      result: { severity: 'low' },
    },
    { name: 'bullets', view: body('<ul><li>Restart</li></ul>'), reason: /no numbered list/ },
    {
      name: 'one numbered line',
      view: body('<p>1. Purpose</p><p>It runs 3 times. 2 are spare.</p>'),
      reason: /holds no/,
    },
    { name: 'numbers out of order', view: body('<p>2. Look</p><p>4) Wait</p>'), reason: /holds no/ },
    {
      name: 'steps that may stand elsewhere',
      view: body(PROSE + macro('include')),
      reason: /includes other pages/,
      result: { status: 'skip' },
    },
    { name: 'a damaged body', view: body('<p>Restart'), reason: /not well formed/, result: { status: 'skip' } },
    { name: 'no body', view: pageView({ facts: null }), reason: /has not been read/, result: { status: 'skip' } },
  ],
});
