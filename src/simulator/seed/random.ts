export interface Random {
  /** 0 <= n < below */
  int(below: number): number;
  between(least: number, most: number): number;
  chance(share: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** `count` different items, in a new order. */
  some<Item>(items: readonly Item[], count: number): Item[];
}

/** Random numbers that are the same for the same words on every machine (mulberry32). */
export function createRandom(words: string): Random {
  let state = 0x9e37_79b9;
  for (const character of words) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x0100_0193);

  const next = (): number => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number): number => Math.floor(next() * below);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[int(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const some = <Item>(items: readonly Item[], count: number): Item[] => {
    const left = [...items];
    return Array.from({ length: Math.min(count, left.length) }, () => left.splice(int(left.length), 1)).flat();
  };
  return {
    int,
    between: (least, most) => least + int(most - least + 1),
    chance: (share) => next() < share,
    pick,
    some,
  };
}
