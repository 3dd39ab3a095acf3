import type { Invariant } from './invariant.ts';

export const quietWithoutNews: Invariant = {
  id: 'I8',
  promise: 'a night without news writes nothing and finds nothing new',
  broken: ({ notes, calls }) => [
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
    ...calls
      .filter(({ worker, method, path }) => worker === 'still' && method !== 'GET' && path.includes('/label'))
      .map(({ method, path }) => `still: ${method} ${path}`),
  ],
};
