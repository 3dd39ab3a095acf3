import { leaksIn } from '../../canary/canary.ts';
import type { Invariant } from './invariant.ts';

export const noSecretOutside: Invariant = {
  id: 'I5',
  promise: 'no secret is in the database, in the log or in a result',
  broken: ({ inspection, log, notes }) => [
    ...inspection.leaks.map((table) => `a secret is in ${table}`),
    ...leaksIn(log.join('\n')).map((form) => `a secret is in the log (${form})`),
    ...leaksIn(JSON.stringify(notes.map(({ results }) => results))).map((form) => `a secret is in a result (${form})`),
  ],
};
