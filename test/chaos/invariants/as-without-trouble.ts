import type { Invariant } from './invariant.ts';

export const asWithoutTrouble: Invariant = {
  id: 'I10',
  promise: 'in the end everything is as it would have been without the trouble',
  broken: ({ knowledge, reference }) =>
    [...knowledge].flatMap(([tenant, { own, witness }]) => [
      ...(witness === null ? [] : differences(`${tenant} and a witness`, own.audited, witness.audited)),
      ...(reference === null
        ? []
        : differences(`${tenant} and itself without a crash`, all(own), all(reference.get(tenant)))),
    ]),
};

const all = (known: { audited: readonly string[]; written: readonly string[] } | undefined): readonly string[] => [
  ...(known?.audited ?? []),
  ...(known?.written ?? []),
];

function differences(who: string, left: readonly string[], right: readonly string[]): readonly string[] {
  const [here, there] = [new Set(left), new Set(right)];
  return [
    ...left.filter((line) => !there.has(line)).map((line) => `${who}: only here ${line}`),
    ...right.filter((line) => !here.has(line)).map((line) => `${who}: only there ${line}`),
  ];
}
