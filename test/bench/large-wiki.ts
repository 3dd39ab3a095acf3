import { createWorld } from '../../src/simulator/world.ts';
import type { WorldOptions } from '../../src/simulator/world/model.ts';
import type { SimulatedClock } from '../simulated-clock.ts';
import { soundRunbook } from '../sound-runbook.ts';

export const SIZE = { spaces: 50, pagesPerSpace: 200, runbooksPerSpace: 10, folders: 10 } as const;
export const PAGES = SIZE.spaces * SIZE.pagesPerSpace;

/** Two hundred pages a space, three attachments for every two of them, one page in twenty a runbook, by title or by label. */
export function largeWiki(
  { ago }: Pick<SimulatedClock, 'ago'>,
  options: Partial<WorldOptions> = {},
  spaces: number = SIZE.spaces,
) {
  const world = createWorld({ id: 'large', ...options });
  const people = Array.from(
    { length: 20 },
    (_, index) => world.addAccount({ displayName: `Person ${index}` }).accountId,
  );
  const by = people[0] ?? '';
  const onCall = world.addGroup({ name: 'sre-oncall', members: people }).id;
  const ids: string[] = [];
  for (let space = 0; space < spaces; space += 1) {
    const key = `S${space}`;
    world.addSpace({ key, name: key, by, at: ago(900) });
    const home = world.addHomepage({ space: key, title: `Home ${space}`, by, at: ago(900), body: '<p>Hi.</p>' }).id;
    const shelf =
      space < (spaces * SIZE.folders) / SIZE.spaces
        ? world.addFolder({ space: key, title: 'Shelf', by, at: ago(890), parentId: home }).id
        : home;
    for (let index = 1; index < SIZE.pagesPerSpace; index += 1) {
      const isRunbook = index <= SIZE.runbooksPerSpace;
      const byTitle = isRunbook && index % 2 === 0;
      const page = world.addPage({
        space: key,
        title: `${byTitle ? 'Runbook' : 'Topic'} ${space}-${index}`,
        by: people[index % people.length] ?? by,
        at: ago(20 + (index % 600)),
        parentId: isRunbook ? shelf : home,
        body: isRunbook ? soundRunbook('<p>Go.</p>') : '<p>So.</p>',
        labels: isRunbook && !byTitle ? ['runbook'] : index % 3 === 0 ? ['topic'] : [],
      });
      if (index === 1) world.setReadRestriction(page.id, { users: people, groups: [onCall] });
      ids.push(page.id);
      for (let file = 0; file < 1 + (index % 2); file += 1)
        world.addAttachment(page.id, { title: `f${file}.png`, mediaType: 'image/png', fileSize: 10, by, at: ago(15) });
    }
  }
  /** Edits every hundredth page, other ones at each call, and adds a file to one in ten of these. */
  const workDay = (day: number, at: Date): void => {
    for (let index = day; index < ids.length; index += 100) {
      const id = ids[index] ?? '';
      world.editPage(id, { by, at, body: `<p>Day ${day}.</p>` });
      if (index % 10 === 0)
        world.addAttachment(id, { title: `d${day}.png`, mediaType: 'image/png', fileSize: 9, by, at });
    }
  };
  return { world, workDay };
}
