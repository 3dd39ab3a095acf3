import { escape, h, p } from '../../src/simulator/seed/storage.ts';
import type { Language } from './page.ts';

/** How many forms there are; the number of a runbook chooses. */
const FORMS = 6;
interface Names {
  readonly steps: readonly string[];
  readonly check: readonly string[];
  readonly escalation: readonly string[];
}

const NAMES: Readonly<Record<Language, Names>> = {
  en: {
    steps: ['Steps', 'Procedure', 'What to do', 'Troubleshooting', 'Mitigation', 'Resolution', 'Recovery'],
    check: ['Verification', 'How to check', 'Rollback', 'Back out', 'Success criteria', 'Smoke test', 'If it fails'],
    escalation: [
      'Escalation',
      'Contacts',
      'Who to call',
      'On-call',
      'Emergency contacts',
      'Escalation path',
      'Getting help',
    ],
  },
  de: {
    steps: ['Schritte', 'Vorgehen', 'Maßnahmen', 'Fehlersuche', 'Sofortmaßnahmen', 'Wiederherstellung', 'Entstörung'],
    check: ['Prüfung', 'Erfolgskontrolle', 'Rückfallplan', 'Zurückrollen', 'Abnahme', 'Nachweis', 'Überprüfen'],
    escalation: [
      'Eskalation',
      'Ansprechpartner',
      'Kontakte',
      'Rufbereitschaft',
      'Meldekette',
      'Wen anrufen?',
      'Notfallnummern',
    ],
  },
  fr: {
    steps: ['Étapes', 'Marche à suivre'],
    check: ['Vérification', 'Retour arrière'],
    escalation: ['Escalade', 'Qui appeler'],
  },
};

/** The settings of the French space: what its teams call their sections. */
export const FRENCH_SECTIONS = {
  steps: ['étapes', 'marche à suivre'],
  verification: ['vérification'],
  rollback: ['retour arrière'],
  escalation: ['escalade', 'qui appeler'],
};

const pick = (names: readonly string[], by: number): string => names[by % names.length] ?? '';

/** What the sections of a runbook are called; each number mixes them in another way. */
export function namesOf(language: Language, number: number): Readonly<Record<keyof Names, string>> {
  const { steps, check, escalation } = NAMES[language];
  return {
    steps: pick(steps, number),
    check: pick(check, number * 3 + 1),
    escalation: pick(escalation, number * 5 + 2),
  };
}

const expand = (title: string, raw: string): string =>
  `<ac:structured-macro ac:name="expand"><ac:parameter ac:name="title">${escape(title)}</ac:parameter><ac:rich-text-body>${raw}</ac:rich-text-body></ac:structured-macro>`;

export const hasNumberedHeadings = (number: number): boolean => number % FORMS === 1;

/** The forms in which people set sections apart. */
export function sections(number: number, parts: readonly (readonly [name: string, raw: string])[]): string {
  const each = (write: (name: string, raw: string, index: number) => string): string =>
    parts.map(([name, raw], index) => write(name, raw, index)).join('');
  switch (number % FORMS) {
    case 0:
      return each((name, raw) => h(2, name) + raw);
    case 1:
      return each((name, raw, index) => h(1, `${index + 1}. ${name}`) + raw);
    case 2:
      return each((name, raw) => h(3, `🔧 ${name}`) + raw);
    case 3:
      return each((name, raw) => p(`<strong>${escape(name)}:</strong>`) + raw);
    case 4:
      return each(expand);
    default:
      return `<table><tbody>${each((name, raw) => `<tr><th>${p(escape(name))}</th><td>${raw}</td></tr>`)}</tbody></table>`;
  }
}
