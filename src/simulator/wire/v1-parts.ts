import type { Content, LabelOn, Readers, WorldState } from '../world/model.ts';
import { labelId } from '../world/lookup.ts';
import { showGroup, showPerson } from './user.ts';

/** How many names one restriction list holds inside another answer. */
const LIST_CAP = 200;

interface Window {
  readonly start: number;
  readonly limit: number;
}

const cut = (rows: readonly unknown[], { start, limit }: Window) => {
  const results = rows.slice(start, start + limit);
  return { results, start, limit, size: results.length };
};

/** One operation's own list of a node; what it inherits is not in it. */
export function showRestriction(
  world: WorldState,
  base: string,
  content: Content,
  operation: 'read' | 'update',
  window: Window = { start: 0, limit: LIST_CAP },
) {
  const list: Readers = content[operation];
  const users = list.users.map((id) => showPerson(world, base, id));
  // Deleting a group does not delete the restrictions that name it, so an unknown group is shown by its id.
  const groups = list.groups.map((id) =>
    showGroup(base, world.groups.get(id) ?? { id, name: id, members: new Set(), siteAccess: false }),
  );
  return {
    operation,
    restrictions: { user: cut(users, window), group: cut(groups, window) },
    _expandable: { content: `/rest/api/content/${content.id}` },
    _links: { self: `${base}/rest/api/content/${content.id}/restriction/byOperation/${operation}` },
  };
}

/** The labels of a node as v1 lists them. */
export function showLabels(world: WorldState, base: string, content: Content, labels: readonly LabelOn[]) {
  const shown = labels.map((label) => ({
    prefix: label.prefix,
    name: label.name,
    id: labelId(world, label),
    label: label.name,
  }));
  return {
    ...cut(shown, { start: 0, limit: LIST_CAP }),
    _links: { self: `${base}/rest/api/content/${content.id}/label` },
  };
}
