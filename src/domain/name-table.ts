const SLOTS = 256;

/**
 * Finds what belongs to a name that stands somewhere in a text, without cutting it out: wikis use few names, each of them thousands of
 * times. For a name that is not in the table it is made anew each time.
 */
export function createNameTable<T extends { readonly name: string }>(
  names: Iterable<string>,
  make: (name: string) => T,
): (text: string, from: number, to: number) => T {
  const slots: T[][] = Array.from({ length: SLOTS }, () => []);
  for (const name of new Set(names)) slots[slotOf(name, 0, name.length)]?.push(make(name));
  return (text, from, to) => {
    for (const each of slots[slotOf(text, from, to)] ?? []) if (isName(each.name, text, from, to)) return each;
    return make(text.slice(from, to));
  };
}

const slotOf = (text: string, from: number, to: number): number =>
  (text.charCodeAt(from) * 5 + text.charCodeAt(to - 1) * 37 + (to - from) * 83) % SLOTS;

/** True where exactly this name stands there; comparing codes is faster than calling a method for names so short. */
export function isName(name: string, text: string, from: number, to: number): boolean {
  if (name.length !== to - from) return false;
  let same = 0;
  while (same < name.length && text.charCodeAt(from + same) === name.charCodeAt(same)) same += 1;
  return same === name.length;
}
