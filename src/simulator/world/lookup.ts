import type { Content, LabelOn, Space, WorldState } from './model.ts';
import { canRead, canReadSpace, type Subject } from './visibility.ts';

export const readableSpaces = (world: WorldState, who: Subject): Space[] =>
  [...world.spaces.values()].filter((space) => canReadSpace(world, who, space));

export const readableContents = (world: WorldState, who: Subject, type: Content['type']): Content[] =>
  [...world.contents.values()].filter((content) => content.type === type && canRead(world, who, content));

/** The content where the subject may see it; missing and invisible are the same answer. */
export function readable(world: WorldState, who: Subject, id: string): Content | null {
  const content = world.contents.get(id);
  return content !== undefined && canRead(world, who, content) ? content : null;
}

const settled = (world: WorldState, at: string, now: Date): boolean =>
  now.getTime() - Date.parse(at) >= world.options.searchLagMs;

/** The labels that reads show: a fresh one comes late where the world has a search lag. */
export const settledLabels = (world: WorldState, content: Content, now: Date): LabelOn[] =>
  [...content.labels.values()].filter((label) => settled(world, label.at, now));

export const isIndexed = (world: WorldState, content: Content, now: Date): boolean =>
  settled(world, content.createdAt, now);

export const labelId = (world: WorldState, label: LabelOn): string =>
  world.labelIds.get(`${label.prefix}:${label.name}`) ?? '0';
