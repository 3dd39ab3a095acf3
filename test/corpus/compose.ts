import { bullets, code, day as dateElement, escape, h, p, steps, text } from '../../src/simulator/seed/storage.ts';
import type { Language, PagePlan, Person, Setting } from './page.ts';
import { namesOf, sections } from './forms.ts';

export interface Topic {
  readonly title: string;
  readonly symptom: string;
  readonly steps: readonly string[];
  readonly command: string;
  readonly check: string;
}

/** A runbook before it is written down: sound as it comes, and changed by a variant. */
export interface RunbookDraft extends Omit<PagePlan, 'body' | 'expected' | 'about' | 'unjudged'> {
  readonly labels: readonly string[];
  /** How many days ago it was tested; null where it does not say. */
  readonly tested: number | null;
  /** More rows of its table of properties; the cells are markup. */
  readonly rows: readonly (readonly [label: string, cell: string])[];
  /** Markup under each heading; null where the section is missing. */
  readonly steps: string | null;
  readonly check: string | null;
  readonly escalation: string | null;
  /** Markup after the sections. */
  readonly more: string;
}

/** Where a draft stands, so that no two are the same text. */
export interface Place {
  readonly language: Language;
  readonly space: string;
  readonly parent: string;
  /** Counts the runbooks; chooses form, names of sections and who is to be called. */
  readonly number: number;
  readonly place: string;
}

const CALLED: readonly Person[] = ['ann', 'ben', 'cem', 'dora'];

/** A runbook that nothing is wrong with. */
export function soundDraft(topic: Topic, { language, space, parent, number, place }: Place, at: Setting): RunbookDraft {
  const here = (words: string): string => words.replaceAll('{place}', place);
  const title = `${topic.title} (${place})`;
  const byTitle = number % 3;
  return {
    space,
    parent,
    title: byTitle === 1 ? `Runbook: ${title}` : byTitle === 2 ? `${title}, playbook` : title,
    labels: [...(byTitle === 1 ? [] : ['runbook']), `team-${['tills', 'stock', 'web', 'mail'][number % 4]}`],
    by: 'ann',
    created: 300 + number,
    edits: [{ by: 'ben', age: 10 + (number % 60) }],
    tested: 20 + (number % 50),
    rows: [['System', escape(place)]],
    steps: stepsOf(topic, number, here),
    check: text(here(topic.check)),
    escalation: contact(number, language, at),
    more: text(here(topic.symptom)),
  };
}

/** Markup of the whole runbook, in the form that its number chooses. */
export function runbookBody(draft: RunbookDraft, { language, number }: Place, at: Setting): string {
  const names = namesOf(language, number);
  const parts = [
    [names.steps, draft.steps],
    [names.check, draft.check],
    [names.escalation, draft.escalation],
  ] as const;
  const there = parts.flatMap(([name, raw]) => (raw === null ? [] : [[name, raw] as const]));
  const rows = draft.rows.map(([label, cell]) => `<tr><th>${p(escape(label))}</th><td>${p(cell)}</td></tr>`).join('');
  return [
    `<ac:structured-macro ac:name="details"><ac:rich-text-body><table><tbody>${rows}</tbody></table></ac:rich-text-body></ac:structured-macro>`,
    draft.tested === null ? '' : testedOn(draft.tested, language, number, at),
    sections(number, there),
    h(1, { en: 'Background', de: 'Hintergrund', fr: 'Contexte' }[language]),
    draft.more,
  ].join('');
}

function stepsOf(topic: Topic, number: number, here: (words: string) => string): string {
  const said = topic.steps.map(here);
  const command = code('bash', [here(topic.command)]);
  if (number % 4 === 0) return steps(said);
  if (number % 4 === 1) return bullets(said) + command;
  if (number % 4 === 2) return said.map((step, index) => text(`${index + 1}. ${step}`)).join('');
  return steps(said) + command;
}

/** The ways in which people write whom to call. */
function contact(number: number, language: Language, at: Setting): string {
  const person = at.mention(CALLED[number % CALLED.length] ?? 'ann');
  const call = { en: 'Call', de: 'Anrufen:', fr: 'Appeler' }[language];
  const ways = [
    p(call, person),
    text(`${call} +49 30 555${1000 + number}`),
    text('#shop-alerts'),
    p(`<a href="https://rota.corp.net/${number}">${call}</a>`),
    text('PagerDuty, shop-primary'),
    text('night-shift@corp.net'),
    text({ en: 'Dial 4711 from any desk.', de: 'Durchwahl 4711', fr: 'Tel. 4711' }[language]),
  ];
  return ways[number % ways.length] ?? '';
}

const MONTHS = {
  en: 'January February March April May June July August September October November December'.split(' '),
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember'.split(' '),
};

const row = (label: string, cell: string): string =>
  `<table><tbody><tr><th>${label}</th><td>${cell}</td></tr></tbody></table>`;

/** When it was tested, in the ways people write that down. French teams keep the English table of the company. */
function testedOn(age: number, language: Language, number: number, at: Setting): string {
  const iso = at.day(age);
  const [year = '', month = '', date = ''] = iso.split('-');
  const named = MONTHS[language === 'de' ? 'de' : 'en'][Number(month) - 1] ?? '';
  const german = [
    row('Letzter Test', `${date}.${month}.${year}`),
    text(`Zuletzt geübt: ${Number(date)}. ${named} ${year}`),
    p('Letzte Übung am', dateElement(iso)),
    row('Zuletzt getestet am', dateElement(iso)),
  ];
  const english = [
    row('Last tested', iso),
    text(`Last drill: ${Number(date)} ${named} ${year}`),
    p('Last tested on', dateElement(iso)),
    row('Last rehearsal', `${named} ${Number(date)}, ${year}`),
  ];
  return (language === 'de' ? german : english)[number % 4] ?? '';
}
