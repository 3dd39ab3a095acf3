import { bullets, code, include, p, status, text } from '../../src/simulator/seed/storage.ts';
import type { Variant } from './variant.ts';

/** What a runbook says, what it leaves out, and what only looks as if it were left out. */
export const SECTIONS: readonly Variant[] = [
  {
    about: 'nobody to call',
    expected: ['missing-sections'],
    change: () => ({ escalation: null }),
  },
  {
    about: 'escalation is TBD',
    expected: ['missing-sections', 'empty-escalation', 'incomplete-markers'],
    change: () => ({ escalation: text('TBD') }),
  },
  {
    about: 'nothing under its escalation',
    expected: ['missing-sections', 'empty-escalation'],
    change: () => ({ escalation: '<p></p>' }),
  },
  {
    about: 'escalation names nobody who can be reached',
    expected: ['empty-escalation'],
    change: (_, { say }) => ({
      escalation: text(
        say('Inform the team and whoever leads the shift.', 'Das Team und die Schichtleitung informieren.'),
      ),
    }),
  },
  {
    about: 'a picture of the rota instead of names',
    expected: [],
    change: () => ({
      escalation: '<ac:image><ri:url ri:value="https://rota.corp.net/now.png" /></ac:image>',
    }),
  },
  {
    about: 'no way to see that it worked',
    expected: ['missing-sections'],
    change: () => ({ check: null }),
  },
  {
    about: 'the check follows later, as it promises',
    expected: ['missing-sections', 'incomplete-markers'],
    change: (_, { say }) => ({ check: text(say('To be defined', 'Folgt noch')) }),
  },
  {
    about: 'an essay without steps',
    expected: ['missing-sections', 'no-commands'],
    change: ({ more }, { say }) => ({
      steps: null,
      more:
        more +
        text(
          say(
            'One has to know the history of this system to understand why it behaves like that, and the history is long.',
            'Man muss die Geschichte dieser Anlage kennen, um zu verstehen, warum sie sich so verhält, und die ist lang.',
          ),
        ),
    }),
  },
  {
    about: 'steps as bullets only',
    expected: ['no-commands'],
    change: (_, { say }) => ({
      steps: bullets([say('Look at the lamp.', 'Die Lampe ansehen.'), say('Turn the key.', 'Den Schlüssel drehen.')]),
    }),
  },
  {
    about: 'steps lie on a page that it includes',
    expected: [],
    unjudged: ['no-commands'],
    change: (_, { parent, say }) => ({ steps: text(say('As everywhere:', 'Wie überall:')) + include(parent) }),
  },
  {
    about: 'a macro of an app shows the commands',
    expected: [],
    change: () => ({
      steps:
        '<ac:structured-macro ac:name="git-snippet-cloud"><ac:parameter ac:name="path">run.sh</ac:parameter></ac:structured-macro>',
    }),
  },
  {
    about: 'a macro that nobody knows',
    expected: [],
    change: ({ more }) => ({
      more: `${more}<ac:structured-macro ac:name="zyx-unknown-9"><ac:rich-text-body><p>?</p></ac:rich-text-body></ac:structured-macro>`,
    }),
  },
  {
    about: 'TODO in its text',
    expected: ['incomplete-markers'],
    change: ({ more }, { say }) => ({
      more: more + text(say('TODO: ask for the port.', 'TODO: nach dem Port fragen.')),
    }),
  },
  {
    about: 'a coloured WIP',
    expected: ['incomplete-markers'],
    change: ({ more }) => ({ more: more + p(status('WIP', 'Yellow')) }),
  },
  {
    about: 'FIXME in a table',
    expected: ['incomplete-markers'],
    change: ({ rows }) => ({ rows: [...rows, ['Port', 'FIXME']] }),
  },
  {
    about: 'a hint of its template that nobody replaced',
    expected: ['incomplete-markers'],
    change: ({ more }) => ({ more: `${more}<p><ac:placeholder>Describe the impact here</ac:placeholder></p>` }),
  },
  {
    about: 'a line that promises text',
    expected: ['incomplete-markers'],
    change: ({ more }, { say }) => ({ more: more + text(say('Network plan: coming soon', 'Netzplan: folgt')) }),
  },
  {
    about: 'TODO in code only',
    expected: [],
    change: ({ more }) => ({
      more: more + code('bash', ['# TODO is what the tool prints here', 'grep TODO notes.txt']),
    }),
  },
  {
    about: 'TODO as the name of a column',
    expected: [],
    change: ({ more }, { say }) => ({
      more:
        more + text(say('Move the card from TODO to DONE.', 'Die Karte aus der Spalte TODO in die nächste ziehen.')),
    }),
  },
  {
    about: 'the Spanish word for everything',
    expected: [],
    change: ({ more }) => ({ more: more + text('Cierra todo y espera. El método completo está en la pared.') }),
  },
  {
    about: 'lorem ipsum stayed',
    expected: ['incomplete-markers'],
    change: ({ more }) => ({ more: more + text('Lorem ipsum dolor sit amet, consectetur adipiscing elit.') }),
  },
  {
    about: 'its markup is cut off, so its escalation may be lost',
    expected: [],
    unjudged: ['missing-sections'],
    change: ({ more }) => ({ escalation: null, more: `${more}<p>And then <strong>the line` }),
  },
  {
    about: 'its markup is cut off after everything that counts',
    expected: [],
    change: ({ more }) => ({ more: `${more}<ac:structured-macro ac:name="info"><ac:rich-text-bo` }),
  },
];
