import type { ErrorKind } from './errors.ts';

/** What speaks against carrying out a plan or taking back what a run did, and against a single write. */
export const WRITE_ERRORS = {
  conflict: { exit: 5, reason: 'unexpected', hint: 'Somebody changed the same object meanwhile: read it again.' },
  'plan-unknown': { exit: 2, hint: '`npm run report -- planned_actions` names the plans that wait.' },
  'plan-expired': { exit: 2, hint: 'Audit again in the mode plan: pages move on, and so must plans.' },
  'plan-refused': {
    exit: 6,
    reason: 'breaker',
    hint: 'Look at report.planned_actions and the coverage; `--override-breaker REASON` carries it out all the same, on record.',
  },
  'run-unknown': { exit: 2, hint: '`npm run report -- run_log` names the runs.' },
} as const satisfies Record<string, ErrorKind>;
