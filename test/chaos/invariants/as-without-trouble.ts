import type { Facts } from '../facts.ts';
import type { Invariant } from './invariant.ts';
import { restoredIn } from './writes.ts';

export const asWithoutTrouble: Invariant = {
  id: 'I10',
  promise: 'in the end everything is as it would have been without the trouble',
  broken: (facts) =>
    [...facts.knowledge].flatMap(([tenant, { own, witness }]) => {
      const seen = (lines: readonly string[]) => withoutRestored(facts, tenant, lines);
      return [
        ...(witness === null ? [] : differences(`${tenant} and a witness`, seen(own.audited), seen(witness.audited))),
        ...(facts.reference === null
          ? []
          : differences(`${tenant} and itself without a crash`, settled(own), settled(facts.reference.get(tenant)))),
      ];
    }),
};

function withoutRestored(facts: Facts, tenant: string, lines: readonly string[]): readonly string[] {
  const restored = [...restoredIn(facts, tenant)].map((id) => `"${id}"`);
  return lines.filter((line) => !restored.some((id) => line.includes(id)));
}

/** All that is known in the end. Comments of a page in the archive or the trash are left out: which night took it away says who was asked before. */
function settled(known: { audited: readonly string[]; written: readonly string[] } | undefined): readonly string[] {
  const lines = [...(known?.audited ?? []), ...(known?.written ?? [])];
  return lines.filter((line) => {
    const [what, id] = line.split(' ');
    return what !== 'comment' || lines.includes(`page ${id} current`);
  });
}

function differences(who: string, left: readonly string[], right: readonly string[]): readonly string[] {
  const [here, there] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !there.has(line)).map((line) => `${who}: only here ${line}`),
    ...right.filter((line) => !here.has(line)).map((line) => `${who}: only there ${line}`),
  ];
}
