import type { Invariant } from './invariant.ts';
import { writeOf } from './writes.ts';

export const quietWithoutNews: Invariant = {
  id: 'I8',
  promise: 'a night without news writes nothing and finds nothing new',
  broken: ({ notes, calls, scenario }) => [
    ...notes
      .filter(({ shift }) => shift === 'still' || shift === 'witness')
      .flatMap(({ shift, how, results }) =>
        how === 'ended' && results.every(({ outcome }) => outcome === 'complete')
          ? []
          : [`${shift}: ${how} ${results.map(({ outcome, detail }) => `${outcome} (${detail})`).join(', ')}`],
      ),
    ...notes
      .filter(({ shift }) => shift === 'still')
      .flatMap(({ results }) =>
        results.flatMap(({ tenantId, writesDone, findingsNew, findingsResolved }) => {
          const news = Object.values(findingsNew).reduce((sum, one) => sum + one, 0) + findingsResolved + writesDone;
          return news === 0
            ? []
            : [`${tenantId}: ${writesDone} writes, ${findingsResolved} resolved, ${JSON.stringify(findingsNew)} new`];
        }),
      ),
    // What waits for an approval is planned every night; where everything was approved nothing is left to plan.
    ...notes
      .filter(({ shift }) => shift === 'still' && scenario.work !== 'audit')
      .flatMap(({ results }) =>
        results.flatMap(({ tenantId, writesPlanned }) =>
          writesPlanned === 0 ? [] : [`${tenantId}: ${writesPlanned} writes planned without news`],
        ),
      ),
    ...calls
      .filter((call) => call.worker === 'still' && writeOf(call) !== null)
      .map(({ method, path }) => `still: ${method} ${path}`),
  ],
};
