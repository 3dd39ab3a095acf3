import { code, p, pageLink, tasks, text, viewFile } from '../../src/simulator/seed/storage.ts';
import { PROVIDER_SAMPLES } from '../scan/samples.ts';
import { NOTE_TEXTS } from './note-texts.ts';
import type { PagePlan, Setting } from './page.ts';

export const NOTES_HUB = 'Notes and minutes';
const [token = ''] = PROVIDER_SAMPLES['gitlab'] ?? [];

type Change = Partial<PagePlan> & Pick<PagePlan, 'about' | 'expected'>;

/** What may be special about a page that is no runbook. */
const CHANGES = ({ day, mention }: Setting): readonly (Change & { readonly more?: string })[] => [
  { about: 'an ordinary page', expected: [] },
  { about: 'nobody confirmed it for a year', expected: ['stale-page'], edits: [{ by: 'ben', age: 365 }], created: 800 },
  {
    about: 'nobody confirmed it for a day less than a year',
    expected: [],
    edits: [{ by: 'ben', age: 364 }],
    created: 800,
  },
  {
    // Older versions are read of runbooks only.
    about: 'only a bot touched it for two years',
    expected: [],
    unjudged: ['stale-page'],
    edits: [
      { by: 'ann', age: 700 },
      { by: 'bot', age: 4 },
    ],
    created: 800,
  },
  {
    about: 'old, and confirmed by its label',
    expected: [],
    labels: [`reviewed-${day(100)}`],
    created: 900,
  },
  {
    about: 'a task is overdue',
    expected: ['overdue-task'],
    more: tasks([{ done: false, raw: `${mention('cem')} order <time datetime="${day(9)}" />` }]),
  },
  { about: 'its owner has left', expected: ['inactive-owner'], owner: 'leaver' },
  {
    about: 'links to nothing',
    expected: ['broken-page-link'],
    more: p(pageLink('Nowhere to be found'), pageLink(NOTES_HUB)),
  },
  { about: 'links to what was archived', expected: ['archived-but-linked'], more: p(pageLink('Old exchange', 'OPS')) },
  { about: 'TODO on a page that is no runbook', expected: [], more: text('TODO and TBD: much.') },
  {
    about: 'a token',
    expected: ['secret-in-body', 'sensitive-page-open'],
    more: code('bash', [`push --token ${token}`]),
  },
  { about: 'personal data for everybody', expected: ['sensitive-page-open'], labels: ['pii'] },
  { about: 'personal data for a few', expected: [], labels: ['pii'], read: { groups: ['vault-keepers'] } },
  {
    about: 'left to nobody who is there',
    expected: ['restricted-to-inactive'],
    read: { users: ['leaver', 'auditor'] },
  },
  {
    about: 'holds a macro document',
    expected: ['dangerous-attachment'],
    files: [{ title: 'Plan.XLSM' }],
    more: viewFile('Plan.XLSM'),
  },
  {
    about: 'holds a picture that nothing shows',
    expected: ['unreferenced-attachment'],
    files: [{ title: 'scan.png' }],
  },
  { about: 'its review was due', expected: ['review-date-passed'], labels: [`review-by-${day(3)}`] },
  { about: 'a label that is almost one', expected: ['label-typo'], labels: ['runbok'] },
];

/** Minutes, decisions, guides: each text with one thing or nothing that is special about it. */
export function notes(at: Setting): readonly PagePlan[] {
  const changes = CHANGES(at);
  return NOTE_TEXTS.flatMap(([title, ...paragraphs], index) => {
    const body = paragraphs.map((paragraph) => text(paragraph)).join('');
    return [0, 1].map((turn): PagePlan => {
      const { more = '', ...change } = changes[(index + turn * 7) % changes.length] ??
        changes[0] ?? { about: '', expected: [] };
      return {
        space: 'NOTES',
        title: turn === 0 ? title : `${title} (${2024 + (index % 2)})`,
        parent: NOTES_HUB,
        by: 'ann',
        created: 120 + index,
        ...change,
        body: turn === 0 ? body + more : text(`${index + 3}. ${title}`) + body + more,
      };
    });
  });
}
