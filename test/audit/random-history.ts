import * as fc from 'fast-check';
import type { Content } from '../../src/simulator/world/model.ts';
import type { World } from '../../src/simulator/world.ts';
import { soundRunbook } from '../sound-runbook.ts';

export interface Actors {
  readonly people: readonly string[];
  readonly bot: string;
  readonly group: string;
  /** Whom no restriction shuts out. */
  readonly auditor: string;
  readonly spaces: readonly string[];
  /** Whether the wiki has blog posts. */
  readonly posts: boolean;
  /** What is purged leaves no sign, and a tenth of a space at once would pass for lost visibility: how many may still be. */
  readonly left: { purges: number };
}

/** One thing that happens on a wiki. The numbers choose what and how; they stay the same while a history is made shorter. */
export interface Happening {
  readonly kind: Kind;
  readonly what: number;
  readonly how: number;
}

interface Scene extends Actors {
  readonly world: World;
  readonly at: Date;
  readonly by: string;
  readonly page: Content;
  readonly how: number;
  /** One of these, as `how` wants it. */
  readonly choose: <T>(from: readonly T[]) => T;
}

const LABELS = ['runbook', 'evergreen', 'template', 'reviewed-2026-10-30', 'topic'] as const;
const FILES = ['tool.exe', 'picture.png', 'id_rsa'] as const;

const restrict =
  (what: 'setReadRestriction' | 'setUpdateRestriction') =>
  ({ world, page, people, auditor, group, choose }: Scene) =>
    world[what](
      page.id,
      choose([{ users: [...people, auditor] }, { users: [auditor], groups: [group] }, { users: [auditor] }, {}, {}]),
    );

const bodyFor = ({ page, how, at, choose }: Scene): string =>
  choose([
    soundRunbook(`<p>${at.getTime()} ${how}</p>`),
    `<p><ac:link><ri:page ri:content-title="${page.title}"/></ac:link></p>`,
    soundRunbook('<ac:image><ri:attachment ri:filename="picture.png"/></ac:image>'),
    '<p>Short.</p>',
  ]);

const HAPPENINGS = {
  edit: (scene: Scene) => scene.world.editPage(scene.page.id, { ...scene, body: bodyFor(scene) }),
  botEdit: ({ world, page, at, bot }: Scene) => world.editPage(page.id, { by: bot, at, body: '<p>Synced.</p>' }),
  minor: ({ world, page, at, by }: Scene) => world.editPage(page.id, { by, at, minor: true, body: '<p>Comma.</p>' }),
  rename: ({ world, page, at, by, how, choose }: Scene) => {
    const title = `${choose(['Runbook', 'Note'])} ${how}`;
    if (!world.isTitleTaken(page.spaceId, title, page.id)) world.editPage(page.id, { by, at, title });
  },
  add: (scene: Scene) => {
    const { world, page, at, by, how, choose, spaces } = scene;
    const title = `${choose(['Runbook', 'Note'])} ${how}`;
    const home = homeOf(world, choose(spaces));
    const parent = page.type === 'page' && how % 2 === 0 ? page : home;
    if (!world.isTitleTaken(parent.spaceId, title, null))
      world.addPage({ space: parent.spaceId, title, by, at, parentId: parent.id, body: bodyFor(scene) });
  },
  post: (scene: Scene) => {
    const { world, at, by, how, choose, spaces, posts } = scene;
    if (posts) world.addBlogPost({ space: choose(spaces), title: `Runbook ${how}`, by, at, body: bodyFor(scene) });
  },
  label: ({ world, page, at, by, choose }: Scene) => world.addLabel(page.id, choose(LABELS), by, at),
  unlabel: ({ world, page, choose }: Scene) => world.removeLabel(page.id, choose(LABELS)),
  restrictReading: restrict('setReadRestriction'),
  restrictEditing: restrict('setUpdateRestriction'),
  restrictFolder: ({ world, people, auditor, choose }: Scene) =>
    world.setReadRestriction(
      choose(foldersOf(world)).id,
      choose([{ users: [auditor] }, { users: [auditor, ...people] }, {}]),
    ),
  own: ({ world, page, people, choose }: Scene) => world.setOwner(page.id, choose(people)),
  moveToSpace: ({ world, page, choose, spaces }: Scene) => {
    const home = homeOf(world, choose(spaces));
    if (page.parentId === null || page.id === home.id) return;
    for (const each of treeOf(world, page)) world.movePage(each.id, each.parentId, home.spaceId);
    world.movePage(page.id, home.id);
  },
  moveBelow: ({ world, page, choose }: Scene) => {
    const below = new Set(treeOf(world, page).map(({ id }) => id));
    const places = [...currentPages(world), ...foldersOf(world)].filter(
      ({ id, spaceId }) => spaceId === page.spaceId && !below.has(id),
    );
    if (page.parentId !== null && places.length > 0) world.movePage(page.id, choose(places).id);
  },
  trash: ({ world, page }: Scene) => mayLeave(world, page) && world.trashPage(page.id),
  archive: ({ world, page }: Scene) => mayLeave(world, page) && world.archivePage(page.id),
  purge: ({ world, page, left }: Scene) => {
    if (!mayLeave(world, page) || left.purges === 0) return;
    left.purges -= 1;
    world.purgePage(page.id);
  },
  restore: ({ world, at, by, choose }: Scene) => {
    const shelved = [...world.contents.values()].filter(({ status }) => status === 'trashed' || status === 'archived');
    if (shelved.length === 0) return;
    const page = choose(shelved);
    // A page of the same name may have come meanwhile.
    if (world.isTitleTaken(page.spaceId, page.title, page.id)) return;
    // People restore without a new version, the API with one.
    world.restorePage(page.id, choose([undefined, { by, at, parentId: null }]));
  },
  attach: ({ world, page, at, by, choose }: Scene) =>
    world.addAttachment(page.id, { title: choose(FILES), mediaType: 'application/octet-stream', fileSize: 10, by, at }),
  detach: ({ world, page }: Scene) => {
    const [file] = world.attachmentsOf(page.id);
    if (file !== undefined) world.removeAttachment(file.id);
  },
} as const satisfies Readonly<Record<string, (scene: Scene) => unknown>>;

type Kind = keyof typeof HAPPENINGS;
const KINDS = Object.keys(HAPPENINGS) as readonly Kind[];

/** The days of a history: what happens on each of them. */
export const someDays: fc.Arbitrary<readonly (readonly Happening[])[]> = fc.array(
  fc.array(fc.record({ kind: fc.constantFrom(...KINDS), what: fc.nat(2 ** 30), how: fc.nat(2 ** 30) }), {
    minLength: 2,
    maxLength: 12,
    size: 'max',
  }),
  { minLength: 2, maxLength: 3 },
);

/** Makes it happen; what cannot happen to the page at hand does not. */
export function happen(world: World, actors: Actors, { kind, what, how }: Happening, at: Date): void {
  const pages = currentPages(world, actors.posts);
  const page = pages[what % pages.length];
  if (page === undefined) throw new Error('The wiki is empty.');
  const choose = <T>(from: readonly T[]): T => from[how % from.length] as T;
  HAPPENINGS[kind]({ ...actors, world, at, page, how, choose, by: choose(actors.people) });
}

const currentPages = (world: World, posts = false): Content[] =>
  [...world.contents.values()].filter(
    ({ type, status }) => status === 'current' && (type === 'page' || (posts && type === 'blogpost')),
  );
const foldersOf = (world: World): Content[] => [...world.contents.values()].filter(({ type }) => type === 'folder');
const treeOf = (world: World, page: Content): Content[] => [
  page,
  ...world.childrenOf(page.id).flatMap((child) => treeOf(world, child)),
];
const homeOf = (world: World, key: string): Content => {
  const space = [...world.spaces.values()].find((each) => each.key === key);
  return world.content(space?.homepageId ?? '');
};
/** A home page stays, and so does a wiki to speak of. */
const mayLeave = (world: World, page: Content): boolean =>
  page.type === 'page' && page.parentId !== null && currentPages(world).length > 12;
