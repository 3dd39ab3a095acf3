import { readBody } from '../../src/domain/body-facts.ts';
import rule from '../../src/rules/missing-sections.ts';
import { pageView } from '../page-view.ts';
import { testRule } from '../rule-tester.ts';

const of = (storage: string) => pageView({ facts: { ...readBody(storage).facts, secrets: [] } });
/** A body with these headings, each with a sentence below. */
const headed = (...headings: readonly string[]) =>
  of(headings.map((text) => `<h2>${text}</h2><p>Call the team.</p>`).join(''));
const body = (steps: string, check: string, call: string) =>
  of(`<h2>Steps</h2>${steps}<h2>Verification</h2>${check}<h2>Escalation</h2>${call}`);
const P = '<p>Do it.</p>';
const expand = (title: string, inside: string) =>
  `<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">${title}</ac:parameter><ac:rich-text-body>${inside}</ac:rich-text-body></ac:structured-macro>`;

testRule(rule, {
  fine: [
    ...[
      ['Steps', 'Verification', 'Escalation'],
      ['Diagnosis', 'Rollback', 'Contacts'],
      ['Procedure', 'How to verify', 'Who to call'],
      ['1. Troubleshooting', '2) Rolling back', '3 - On-call'],
      ['Step 1: Mitigate', 'Step 2: Validate the result', 'IV. Support contacts'],
      ['🔧 Fix', '✅ Post-check', '📞 Escalation path'],
      ['RESOLUTION STEPS', 'ROLL-BACK PLAN', 'ESCALATION & CONTACT'],
      ['What to do', 'Expected results', 'Ownership'],
      ['Vorgehen', 'Überprüfung', 'Ansprechpartner'],
      ['Durchführung', 'Rückfallplan', 'Eskalationsweg'],
      ['Fehlerbehebung', 'Erfolgskontrolle', 'Rufbereitschaft'],
      ['Maßnahmen', 'Funktionsprüfung', 'Kontakte'],
      ['Wiederherstellung', 'Test', 'Zuständigkeiten'],
    ].map((headings) => ({ name: headings.join(', '), view: headed(...headings) })),
    {
      name: 'headings of any level',
      view: of(`<h1>Runbook</h1><h4>Actions</h4>${P}<h6>Confirm recovery</h6>${P}<h3>Escalate</h3>${P}`),
    },
    {
      name: 'lines in bold',
      view: of(
        `<p><strong>Steps</strong></p>${P}<p><strong>Rollback:</strong> restart it</p><p><b>Contact</b>:</p>${P}`,
      ),
    },
    { name: 'titles of expands', view: of(expand('Steps', P) + expand('Verification', P) + expand('Escalation', P)) },
    {
      name: 'heads of table rows',
      view: of(
        `<table><tbody>${['Steps', 'Rollback', 'Contact'].map((name) => `<tr><th><p>${name}</p></th><td>${P}</td></tr>`).join('')}</tbody></table>`,
      ),
    },
    { name: 'a section with subsections only', view: body(`<h3>First</h3>${P}`, `<h4>Graphs</h4>${P}`, P) },
    {
      name: 'a section that only mentions somebody',
      view: body(P, P, '<p><ac:link><ri:user ri:account-id="a"/></ac:link></p>'),
    },
    {
      name: 'a section that only shows a picture',
      view: body('<ac:image><ri:attachment ri:filename="a.png"/></ac:image>', P, P),
    },
    { name: 'a section that only includes another page', view: body('<ac:structured-macro ac:name="include"/>', P, P) },
    { name: 'a section that says that there is none', view: body(P, '<p>Not possible.</p>', P) },
    {
      name: 'one of two sections of a name with text',
      view: of(`<h2>Steps</h2><h2>Steps</h2>${P}<h2>Rollback</h2>${P}<h2>Contact</h2>${P}`),
    },
    { name: 'nothing that is required', view: headed('Notes'), options: { required: [] } },
    { name: 'a section of the own kind', view: headed('Blast radius'), options: { required: ['Blast radius'] } },
    {
      name: 'names of the own',
      view: headed('Beim Brand'),
      options: { required: ['steps'], synonyms: { steps: ['beim *'] } },
    },
  ],
  found: [
    {
      name: 'prose without headings',
      view: of('<p>Restart the service, then call the team.</p>'),
      reason:
        /^The runbook has no section for steps or diagnosis or mitigation, verification or rollback, escalation or owner\.$/,
      result: {
        severity: 'high',
        evidence: {
          missing_sections: ['steps or diagnosis or mitigation', 'verification or rollback', 'escalation or owner'],
          empty_sections: [],
        },
      },
    },
    {
      name: 'no way to call anybody',
      view: headed('Steps', 'Verification'),
      reason: /^The runbook has no section for escalation or owner\.$/,
    },
    {
      name: 'a word that only begins the same',
      view: headed('Stepson', 'Verification', 'Escalation'),
      reason: /steps/,
    },
    ...['Last tested', 'Letzter Test', 'Next verification', 'Nächste Prüfung'].map((property) => ({
      name: `no way to see that it worked, but a row "${property}"`,
      view: of(
        `<table><tr><th>${property}</th><td>2027-05-01</td></tr></table><h2>Steps</h2>${P}<h2>Escalation</h2>${P}`,
      ),
      reason: /no section for verification or rollback\.$/,
    })),
    {
      name: 'a section with TBD',
      view: body(P, P, '<p>TBD</p>'),
      reason: /^The runbook has nothing under its heading for escalation or owner\.$/,
    },
    ...[
      '<p>TODO: to be defined.</p>',
      '<p>…</p>',
      '<p>t.b.d.</p>',
      '<p>Folgt noch</p>',
      '<ul><li><p>TBD</p></li><li><p>TBC</p></li></ul>',
      '<p />',
      '<p><ac:placeholder>Whom to call</ac:placeholder></p>',
      '<h3>Primary</h3><p>TBD</p><h3>Secondary</h3>',
    ].map((text) => ({ name: `a section with ${text}`, view: body(P, P, text), reason: /nothing under its heading/ })),
    {
      name: 'an empty row',
      view: of(
        `<h2>Steps</h2>${P}<h2>Rollback</h2>${P}<table><tr><th>Escalation</th><td><p/></td></tr><tr><th>Link</th><td>x</td></tr></table>`,
      ),
      reason: /nothing under/,
    },
    {
      name: 'one that is missing and one that is empty',
      view: of(`<h2>Steps</h2>${P}<h2>Rollback</h2>`),
      reason:
        /^The runbook has no section for escalation or owner and has nothing under its heading for verification or rollback\.$/,
    },
    {
      name: 'the whole list',
      view: headed('Steps', 'Rollback', 'Contact'),
      options: { required: ['purpose', 'symptoms', 'steps'] },
      reason: /no section for purpose, symptoms\.$/,
    },
    {
      name: 'names that replace the built-in ones',
      view: headed('Steps'),
      options: { required: ['steps'], synonyms: { steps: ['beim *'] } },
      reason: /steps/,
    },
    { name: 'broken markup', view: of('<h2>Steps'), reason: /not well formed/, result: { status: 'skip' } },
    {
      name: 'a page that is no runbook',
      view: { ...of(''), isRunbook: false },
      reason: /not a runbook/,
      result: { status: 'not-applicable' },
    },
    {
      name: 'a body that was not read',
      view: pageView({ facts: null }),
      reason: /has not been read/,
      result: { status: 'skip' },
    },
  ],
});
