import { mostAttempts } from '../budgets.ts';
import type { Invariant } from './invariant.ts';

export const retriesInBudget: Invariant = {
  id: 'I11',
  promise: 'retries keep to their budget',
  broken: ({ inspection }) =>
    inspection.attempts.flatMap(({ tenant, calls, attempts, most, claims }) => {
      const bound = mostAttempts({ calls, claims });
      if (most <= bound.perCall && attempts <= bound.inAll) return [];
      return [`${tenant}: ${attempts} attempts for ${calls} calls, ${most} for one of them`];
    }),
};
