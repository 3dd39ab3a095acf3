import type { Facts } from '../facts.ts';
import type { Wiki } from '../wiki.ts';
import type { Invariant } from './invariant.ts';
import { writesTo } from './writes.ts';

export const onlyAsJudged: Invariant = {
  id: 'I3',
  promise:
    'no page is archived, trashed or marked that people changed after it was planned and before it was looked at again',
  broken: (facts) =>
    // Where a clock jumped the stamps of the ledger say little.
    facts.scenario.clockSteps.length > 0 ? [] : facts.wikis.flatMap((wiki) => hasty(facts, wiki)),
};

/** What makes a page another one than was judged, for good. */
const TELLING = new Set(['edit', 'rename', 'foreign', 'move', 'purge']);
const AWAY = new Set(['trash', 'archive', 'bring back']);

/** The deed that made it another one; null where all was taken back, as a label that was put on and off again. */
function telling(deeds: readonly string[]): string | null {
  const away = deeds.findLast((deed) => AWAY.has(deed));
  const isExempted = deeds.filter((deed) => deed === 'evergreen').length % 2 === 1;
  return (
    deeds.find((deed) => TELLING.has(deed)) ??
    (isExempted ? 'evergreen' : away === undefined || away === 'bring back' ? null : away)
  );
}

function hasty(facts: Facts, { name, changes }: Wiki): string[] {
  const rows = facts.inspection.ledger.filter(({ tenant, undoes }) => tenant === name && undoes === null);
  return writesTo(facts, name).flatMap(({ worker, kind, verb, pageId, mark, sentAt, what }) => {
    if (verb !== 'put') return [];
    const planned = rows
      .filter(
        (row) => row.page === pageId && row.kind === kind && row.mark === mark && row.plannedAt <= facts.begin + sentAt,
      )
      .at(-1);
    // What an undo puts back is no matter of a judgement.
    if (planned === undefined) return [];
    const looked = facts.begin + (facts.calls.find((call) => call.worker === worker)?.sentAt ?? sentAt);
    const change = telling(
      changes
        .filter(({ pageId: changed, at }) => changed === pageId && at > planned.plannedAt && at < looked)
        .map(({ deed }) => deed),
    );
    return change === null ? [] : [`${worker}: ${what} of ${name}, though people did ${change} after the plan`];
  });
}
