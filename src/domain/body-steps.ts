import type { StepForm } from './facts.ts';
import type { Passage } from './passage.ts';

const FORMS: ReadonlyMap<string, StepForm> = new Map([
  ['ol', 'numbered-list'],
  ['ac:task-list', 'task-list'],
  ['pre', 'code'],
  ['ac:plain-text-body', 'code'],
]);
const NUMBERED = /^(?:(?:step|schritt)\s+)?\(?(\d{1,2})\s*[.):–—-]\s*\S/i;

/** Finds the forms in which a body gives steps: code, numbered lists, tasks, and lines or headings numbered by hand. */
export function createStepForms() {
  const found = new Set<StepForm>();
  let next = 1;

  return {
    steps(name: string): void {
      const form = FORMS.get(name);
      if (form !== undefined) found.add(form);
    },
    line({ source, from, to }: Passage): void {
      const code = source.charCodeAt(from);
      // A digit, a bracket, or the first letter of step and Schritt.
      if (!((code >= 48 && code <= 57) || code === 40 || code === 83 || code === 115)) return;
      const number = Number(NUMBERED.exec(source.slice(from, Math.min(to, from + 40)))?.[1] ?? -1);
      if (number === 1) next = 2;
      else if (number === next) {
        next += 1;
        if (number > 1) found.add('numbered-lines');
      }
    },
    result: (): readonly StepForm[] => [...found].toSorted(),
  };
}
