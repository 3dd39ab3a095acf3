import type { Facts } from '../facts.ts';
import { UNDONE } from '../shifts/list.ts';
import { originOf } from '../theatre.ts';
import { OUR_LABEL, type Wiki } from '../wiki.ts';
import type { Invariant } from './invariant.ts';
import { writesTo } from './writes.ts';

export const labelsAsWanted: Invariant = {
  id: 'I3',
  promise: 'in the end the labels on the site are those that the findings ask for, and nobody else’s label was touched',
  broken: (facts) =>
    facts.wikis.flatMap((wiki) => [
      ...wiki.currentPages().flatMap(({ id, labels }) => {
        if (wiki.disputed.has(id) || undone(facts, wiki.name).has(id)) return [];
        const wanted = wiki.verdicts.get(id)?.at(-1)?.verdict === 'fail';
        const there = labels.has(`global:${OUR_LABEL}`);
        return wanted === there ? [] : [`page ${id} of ${wiki.name} ${there ? 'has' : 'lacks'} the label`];
      }),
      ...[...wiki.labelledByPeople].flatMap((id) => {
        const off = labelWrites(facts, wiki.name).find(({ pageId, method }) => pageId === id && method === 'DELETE');
        return off === undefined ? [] : [`the label that people put on page ${id} of ${wiki.name} was taken off`];
      }),
      ...labelWrites(facts, wiki.name).flatMap(({ label, method }) =>
        method === 'DELETE' && label !== OUR_LABEL ? [`the label ${label} of ${wiki.name} was touched`] : [],
      ),
      ...foreignLabels(wiki),
    ]),
};

/** Pages whose labels are as somebody wanted who took a run back: `undone-stays-away.ts`. */
const undone = (facts: Facts, tenant: string): ReadonlySet<string | null> =>
  new Set(
    facts.scenario.work === 'undo'
      ? writesTo(facts, tenant).flatMap(({ worker, kind, pageId }) =>
          worker === UNDONE && kind === 'label' ? pageId : [],
        )
      : [],
  );

/** Label writes that reached the site of a tenant. */
const labelWrites = ({ calls }: Facts, tenant: string) =>
  calls.flatMap(({ origin, method, path }) => {
    const url = new URL(path, origin);
    const [, pageId] = /\/content\/(\w+)\/label$/.exec(url.pathname) ?? [];
    if (method === 'GET' || pageId === undefined || origin !== originOf(tenant)) return [];
    return [{ method, pageId, label: url.searchParams.get('name') }];
  });

/** Labels that the program put on pages and may not. */
const foreignLabels = ({ name, world, auditor }: Wiki): string[] =>
  [...world.contents.values()].flatMap(({ id, labels }) =>
    [...labels.values()].flatMap((label) =>
      label.by === auditor && label.name !== OUR_LABEL ? [`page ${id} of ${name} got the label ${label.name}`] : [],
    ),
  );
