import { wikiOf } from '../theatre.ts';
import type { Invariant } from './invariant.ts';
import { momentsOf, wikiIn } from './moments.ts';
import { restoredIn } from './writes.ts';

export const findingsOfAMoment: Invariant = {
  id: 'I1',
  promise: 'the findings of a complete run are what the model says at some moment of it, page by page',
  broken: (facts) =>
    momentsOf(facts).flatMap(({ shift, tenant, from, to, verdicts }) =>
      [...wikiIn(facts, tenant).verdicts].flatMap(([pageId, history]) => {
        const before = history.filter(({ at }) => at <= from).at(-1);
        const during = history.filter(({ at }) => at > from && at <= to);
        const possible = [...(before === undefined ? [] : [before]), ...during].map(({ verdict }) => verdict);
        const said = verdicts.get(pageId) ?? 'none';
        if (possible.length === 0 || possible.includes(said)) return [];
        if (shift === 'witness' && restoredIn(facts, wikiOf(tenant)).has(pageId)) return [];
        // A page that was made while the run looked need not have been seen.
        if (before === undefined && said === 'none') return [];
        return [`${shift}: page ${pageId} of ${tenant} is ${said}, the model says ${possible.join(' or ')}`];
      }),
    ),
};
