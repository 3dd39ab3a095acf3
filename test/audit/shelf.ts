import { createWorld } from '../../src/simulator/world.ts';
import type { WorldOptions } from '../../src/simulator/world/model.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { soundRunbook } from '../sound-runbook.ts';

/** A space OPS with a home page, so many stale runbooks (the first is the oldest) and so many other pages, and an empty space DOCS. */
export function shelf(
  { now, ago }: Pick<SimulatedClock, 'now' | 'ago'>,
  { runbooks = 4, others = 0, ...options }: { runbooks?: number; others?: number } & Partial<WorldOptions> = {},
) {
  const world = createWorld({ id: 'shelf', ...options });
  const ann = world.addAccount({ displayName: 'Ann Example' }).accountId;
  const ben = world.addAccount({ displayName: 'Ben Example' }).accountId;
  const onCall = world.addGroup({ name: 'sre-oncall', members: [ann] }).id;
  world.addSpace({ key: 'OPS', name: 'Operations', by: ann, at: ago(900) });
  world.addSpace({ key: 'DOCS', name: 'Documentation', by: ann, at: ago(900) });
  const home = world.addHomepage({ space: 'OPS', title: 'Operations', by: ann, at: ago(900) }).id;
  const stale = Array.from({ length: runbooks }, (_, index) => {
    const title = `Runbook ${index + 1}`;
    return world.addPage({
      space: 'OPS',
      title,
      by: ann,
      at: ago(300 - index),
      parentId: home,
      body: soundRunbook('<p>Go.</p>'),
    }).id;
  });
  for (let index = 1; index <= others; index += 1) {
    world.addPage({ space: 'OPS', title: `Note ${index}`, by: ann, at: ago(10), parentId: home, body: '<p>So.</p>' });
  }
  const edit = (pageId: string): void =>
    world.editPage(pageId, { by: ann, at: now(), body: soundRunbook('<p>Mended.</p>') });
  const labelled = (): string[] => stale.filter((id) => world.contents.get(id)?.labels.has('global:docaudit-stale'));
  return { world, ann, ben, onCall, home, stale, edit, labelled };
}
