import { escape } from '../../src/simulator/seed/storage.ts';
import type { Variant } from './variant.ts';

const STALE = ['stale-runbook', 'untested-runbook'] as const;
const nightly = [3, 2, 1].map((age) => ({ by: 'bot', age }) as const);

/** When people last looked at a runbook, and what only looks as if they had. */
export const FRESHNESS: readonly Variant[] = [
  { about: 'nothing is wrong with it', expected: [], change: () => ({}) },
  {
    about: 'old in every way',
    expected: STALE,
    change: () => ({ edits: [{ by: 'ben', age: 200 }], tested: 220 }),
  },
  {
    about: 'edited 180 days ago to the hour',
    expected: STALE,
    change: () => ({ edits: [{ by: 'ben', age: 180 }], tested: 181 }),
  },
  {
    about: 'edited 179 days ago',
    expected: ['stale-runbook:warn', 'untested-runbook'],
    change: () => ({ edits: [{ by: 'ben', age: 179 }], tested: 185 }),
  },
  {
    about: 'edited and tested a hundred days ago',
    expected: ['stale-runbook:warn'],
    change: () => ({ edits: [{ by: 'ben', age: 100 }], tested: 110 }),
  },
  { about: 'edited 89 days ago', expected: [], change: () => ({ edits: [{ by: 'ben', age: 89 }], tested: 120 }) },
  {
    about: 'a bot edits it every night, people did long ago',
    expected: STALE,
    change: () => ({ edits: [{ by: 'ben', age: 250 }, ...nightly], tested: 260 }),
  },
  {
    about: 'a bot edits it every night, and a person did lately',
    expected: [],
    change: () => ({ edits: [{ by: 'ben', age: 30 }, ...nightly] }),
  },
  {
    about: 'only minor edits are new',
    expected: STALE,
    change: () => ({
      edits: [
        { by: 'ben', age: 210 },
        { by: 'cem', age: 5, minor: true },
      ],
      tested: 215,
    }),
  },
  {
    about: 'old but attested by its label',
    expected: [],
    change: ({ labels }, { day }) => ({
      labels: [...labels, `reviewed-${day(12)}`],
      edits: [{ by: 'ben', age: 400 }],
      tested: 130,
      created: 900,
    }),
  },
  {
    about: 'old but tested lately, as its text says',
    expected: [],
    change: () => ({ edits: [{ by: 'ben', age: 410 }], tested: 15, created: 900 }),
  },
  {
    about: 'old but reviewed lately, by a row of its table',
    expected: ['untested-runbook'],
    change: (_, { day, say }) => ({
      edits: [{ by: 'ben', age: 290 }],
      tested: 200,
      rows: [[say('Last reviewed', 'Zuletzt geprüft'), day(9)]],
    }),
  },
  {
    about: 'attested for a day that lies ahead',
    expected: STALE,
    change: ({ labels }) => ({
      labels: [...labels, 'reviewed-2099-01-01'],
      edits: [{ by: 'ben', age: 222 }],
      tested: 230,
    }),
  },
  {
    about: 'attested by the label of another tool',
    expected: STALE,
    change: ({ labels }) => ({
      labels: [...labels, 'reviewed', 'review-2026'],
      edits: [{ by: 'ben', age: 240 }],
      tested: 250,
    }),
  },
  {
    about: 'a live doc whose edits are all called minor',
    expected: [],
    change: () => ({
      subtype: 'live',
      edits: [
        { by: 'ben', age: 300 },
        { by: 'cem', age: 8, minor: true },
      ],
    }),
  },
  {
    about: 'written once by one person',
    expected: ['never-reviewed-runbook', 'untested-runbook', 'bus-factor-one'],
    change: () => ({ created: 60, edits: [], tested: null }),
  },
  {
    about: 'written once, but tried out since',
    expected: ['bus-factor-one'],
    change: () => ({ created: 60, edits: [], tested: 12 }),
  },
  { about: 'too young to be reviewed', expected: [], change: () => ({ created: 12, edits: [], tested: 3 }) },
  {
    about: 'does not say when it was tested',
    expected: ['untested-runbook'],
    change: () => ({ tested: null }),
  },
  {
    about: 'says that it was tested, but not when',
    expected: ['untested-runbook'],
    change: (_, { say }) => ({
      tested: null,
      rows: [[say('Last tested', 'Letzter Test'), say('in spring', 'im Frühling')]],
    }),
  },
  {
    about: 'will be tested in a year that lies ahead',
    expected: ['untested-runbook'],
    change: (_, { say }) => ({ tested: null, rows: [[say('Last tested', 'Letzter Test'), '2099-05-05']] }),
  },
  {
    about: 'says when an incident was tested, not the runbook',
    expected: ['untested-runbook'],
    change: ({ more }, { day, say }) => ({
      tested: null,
      more: `${more}<p>${escape(say(`The switch was delivered on ${day(40)}.`, `Der Schalter kam am ${day(40)}.`))}</p>`,
    }),
  },
  {
    about: 'its review was due by its label',
    expected: ['review-date-passed'],
    change: ({ labels }, { day }) => ({ labels: [...labels, `review-by-${day(12)}`], tested: 40 }),
  },
  {
    about: 'its review was due, and somebody attested it since',
    expected: [],
    change: ({ labels }, { day }) => ({ labels: [...labels, `review-by-${day(50)}`, `reviewed-${day(20)}`] }),
  },
  {
    about: 'an old date of review stayed beside the new one',
    expected: [],
    change: ({ labels }, { day }) => ({ labels: [...labels, `review-by-${day(70)}`, `review-by-${day(-80)}`] }),
  },
  {
    about: 'its review was due yesterday, which is not over everywhere',
    expected: [],
    change: ({ labels }, { day }) => ({ labels: [...labels, `review-by-${day(1)}`], tested: 40 }),
  },
  {
    about: 'its review was due by a row of its table',
    expected: ['review-date-passed'],
    change: (_, { day, say }) => ({ rows: [[say('Next review', 'Nächste Prüfung'), day(15)]], tested: 44 }),
  },
  {
    about: 'its review is due soon, by a row of its table',
    expected: [],
    change: (_, { day, say }) => ({ rows: [[say('Next review', 'Nächste Prüfung'), day(-15)]] }),
  },
];
