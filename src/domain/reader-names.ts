import type { ReaderList } from './inventory.ts';
import type { RuleContext } from './rule.ts';

const MAX_READERS = 50;

/** A list of readers or editors for people: names of the groups we know, ids of all others, groups before people. */
export function readerNames(readers: ReaderList, known: RuleContext['onCallGroups']): readonly string[] {
  const groups = readers.groups.map((id) => `group ${known.find((group) => group.id === id)?.name ?? id}`);
  const names = [...groups, ...readers.users.map((id) => `user ${id}`)];
  const rest = names.length - MAX_READERS;
  return rest > 0 ? [...names.slice(0, MAX_READERS), `and ${rest} more`] : names;
}
