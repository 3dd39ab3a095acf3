import type { createWorld } from '../../src/simulator/world.ts';
import type { Content } from '../../src/simulator/world/model.ts';
import { soundRunbook } from '../sound-runbook.ts';

type World = ReturnType<typeof createWorld>;

/** The same chance for the same seed, in [0, 1). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export interface Actors {
  readonly people: readonly string[];
  readonly bot: string;
  readonly group: string;
  /** Whom no restriction shuts out. */
  readonly auditor: string;
  readonly spaces: readonly string[];
}

/** One thing that happens on a wiki, as chance wants it; what cannot happen to the page at hand does not. */
export function happen(
  world: World,
  { people, bot, group, auditor, spaces }: Actors,
  roll: () => number,
  at: Date,
): string {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(roll() * from.length)] as T;
  const pages = [...world.contents.values()].filter(({ type, status }) => type === 'page' && status === 'current');
  const page: Content = pick(pages);
  const by = pick(people);
  const kinds: Readonly<Record<string, () => unknown>> = {
    edit: () => world.editPage(page.id, { by, at, body: soundRunbook(`<p>${at.getTime()} ${roll()}</p>`) }),
    botEdit: () => world.editPage(page.id, { by: bot, at, body: '<p>Synced.</p>' }),
    minor: () => world.editPage(page.id, { by, at, minor: true, body: '<p>Comma.</p>' }),
    rename: () => world.editPage(page.id, { by, at, title: `Runbook ${Math.floor(roll() * 1e9)}` }),
    unname: () => world.editPage(page.id, { by, at, title: `Note ${Math.floor(roll() * 1e9)}` }),
    add: () =>
      world.addPage({
        space: pick(spaces),
        title: `${pick(['Runbook', 'Note'])} ${Math.floor(roll() * 1e9)}`,
        by,
        at,
        body: pick([
          soundRunbook('<p>Go.</p>'),
          `<p><ac:link><ri:page ri:content-title="${page.title}"/></ac:link></p>`,
        ]),
      }),
    label: () => world.addLabel(page.id, pick(['runbook', 'evergreen', 'template', 'reviewed-2026-10-30']), by, at),
    unlabel: () => world.removeLabel(page.id, pick(['runbook', 'evergreen', 'template'])),
    restrict: () =>
      world.setReadRestriction(
        page.id,
        pick([{ users: [...people, auditor] }, { users: [auditor], groups: [group] }, {}]),
      ),
    move: () => world.movePage(page.id, null, pick(spaces)),
    trash: () => world.trashPage(page.id),
    archive: () => world.archivePage(page.id),
    purge: () => world.purgePage(page.id),
    attach: () =>
      world.addAttachment(page.id, {
        title: pick(['tool.exe', 'picture.png', 'id_rsa']),
        mediaType: 'application/octet-stream',
        fileSize: 10,
        by,
        at,
      }),
    detach: () => {
      const [file] = world.attachmentsOf(page.id);
      if (file !== undefined) world.removeAttachment(file.id);
    },
  };
  const kind = pick(Object.keys(kinds));
  // A home page stays, and so does a wiki to speak of.
  if (['trash', 'archive', 'purge', 'move'].includes(kind) && (page.parentId === null || pages.length < 12))
    return 'nothing';
  kinds[kind]?.();
  return kind;
}
