import type { Random } from '../../src/simulator/seed/random.ts';
import { soundRunbook } from '../sound-runbook.ts';
import { OUR_LABEL, type Wiki } from './wiki.ts';

/** What people do to a page while a night is at work on it. */
const DEEDS = [
  'edit',
  'rename',
  'evergreen',
  'add',
  'trash',
  'purge',
  'archive',
  'move',
  'unlabel',
  'label',
  'foreign',
] as const;

/**
 * Somebody does something to a page that nobody has touched in this night: where two changes of one page fall into the same night,
 * what was read of each could belong to no moment at all. Says what was done.
 */
export function interfere(wiki: Wiki, random: Random, at: Date, touched: Set<string>): string {
  if (wiki.ladder && random.chance(0.4)) return touchOurs(wiki, random, at, touched);
  const { world, name, people, spaces } = wiki;
  const homes = new Set([...world.spaces.values()].map(({ homepageId }) => homepageId));
  const pages = wiki.currentPages().filter(({ id }) => !touched.has(id) && !homes.has(id));
  if (pages.length === 0) return 'nothing';
  const page = random.pick(pages);
  const by = random.pick(people);
  const deed = random.pick(DEEDS);
  touched.add(page.id);
  const { status, spaceId } = page;
  // A small wiki that loses much at once looks like lost visibility, which is another story.
  const mayVanish =
    [...wiki.lives.values()].filter((times) => times.at(-1)?.to !== Number.POSITIVE_INFINITY).length < 2;
  const body = soundRunbook(`<p>${name} ${at.getTime()}</p>`);
  switch (deed) {
    case 'edit':
      world.editPage(page.id, { by, at, body });
      break;
    case 'rename':
      world.editPage(page.id, {
        by,
        at,
        title: `${/runbook/i.test(page.title) ? 'Note' : 'Runbook'} ${page.id} ${name}`,
      });
      break;
    case 'evergreen':
      if (page.labels.has('global:evergreen')) world.removeLabel(page.id, 'evergreen');
      else world.addLabel(page.id, 'evergreen', by, at);
      break;
    case 'add':
      touched.add(
        world.addPage({
          space: random.pick(spaces),
          title: `Runbook new-${wiki.changes.length} ${name}`,
          by,
          at,
          body,
        }).id,
      );
      break;
    case 'trash':
      if (mayVanish) world.trashPage(page.id);
      break;
    case 'purge':
      if (mayVanish) world.purgePage(page.id);
      break;
    case 'archive':
      if (mayVanish) world.archivePage(page.id);
      break;
    case 'move':
      world.movePage(page.id, null, random.pick(spaces));
      break;
    case 'unlabel':
      wiki.disputed.add(page.id);
      wiki.labelledByPeople.delete(page.id);
      world.removeLabel(page.id, OUR_LABEL);
      break;
    case 'label':
      wiki.disputed.add(page.id);
      world.addLabel(page.id, OUR_LABEL, by, at);
      break;
    case 'foreign':
      world.addLabel(page.id, `note-${name}`, by, at);
      break;
  }
  const isAnother =
    !world.contents.has(page.id) ||
    page.status !== status ||
    page.spaceId !== spaceId ||
    !['trash', 'purge', 'archive', 'move'].includes(deed);
  if (isAnother) wiki.changes.push({ pageId: page.id, at: at.getTime(), deed });
  wiki.remember();
  return `${deed} ${page.id}`;
}

/** The same to what the program left on a page, or to a page that is in the archive or in the trash. */
function touchOurs(wiki: Wiki, random: Random, at: Date, touched: Set<string>): string {
  const { world, auditor, people } = wiki;
  const by = random.pick(people);
  const ours = [...world.comments.values()].filter(({ authorId }) => authorId === auditor);
  const marked = wiki.currentPages().filter(({ properties }) => properties.size > 0);
  const away = [...world.contents.values()].filter(({ status, type }) => type === 'page' && status !== 'current');
  const deeds = [
    ...ours.flatMap(({ id, containerId }) => [
      { pageId: containerId, deed: 'answer', act: () => void world.addComment(containerId, { by, at, parentId: id }) },
      { pageId: containerId, deed: 'uncomment', act: () => world.deleteComment(id) },
    ]),
    ...marked.flatMap(({ id, properties }) =>
      [...properties.keys()].map((key) => ({
        pageId: id,
        deed: 'unmark',
        act: () => world.removeProperty(id, key),
      })),
    ),
    ...away.map(({ id }) => ({ pageId: id, deed: 'bring back', act: () => world.restorePage(id) })),
  ].filter(({ pageId }) => !touched.has(pageId));
  if (deeds.length === 0) return 'nothing';
  const { pageId, deed, act } = random.pick(deeds);
  act();
  touched.add(pageId);
  if (deed !== 'bring back') wiki.disputed.add(pageId);
  wiki.changes.push({ pageId, at: at.getTime(), deed });
  wiki.remember();
  return `${deed} ${pageId}`;
}
