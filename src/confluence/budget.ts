import { AuditError } from '../domain/errors.ts';

/** What one run of one tenant may still spend. Both checks throw before anything is sent. */
export interface Budget {
  check(aheadMs?: number): void;
  spend(): void;
  spent(): number;
}

export function createBudget(limits: { requests: number; until: Date }, now: () => Date): Budget {
  let spent = 0;
  const check = (aheadMs = 0): void => {
    if (spent >= limits.requests) {
      throw new AuditError('budget-spent', `The run has used its ${limits.requests} requests.`);
    }
    if (now().getTime() + aheadMs >= limits.until.getTime()) {
      throw new AuditError('time-spent', 'The run has used its time.');
    }
  };
  return {
    check,
    spend() {
      check();
      spent += 1;
    },
    spent: () => spent,
  };
}
