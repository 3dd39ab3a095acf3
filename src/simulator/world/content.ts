import { type Instant, toIso } from './identifiers.ts';
import { type Content, newestVersion, type Space, type Version, type WorldState } from './model.ts';

export interface NewContent {
  /** Key or id. */
  readonly space: string;
  readonly title: string;
  readonly by: string;
  readonly at: Instant;
  readonly body?: string;
  readonly parentId?: string | null;
  readonly status?: Content['status'];
  readonly subtype?: 'live';
  readonly ownerId?: string;
  readonly labels?: readonly string[];
}

export interface Edit {
  readonly by: string;
  readonly at: Instant;
  readonly body?: string;
  readonly title?: string;
  readonly minor?: boolean;
  readonly message?: string;
}

const NOBODY = { users: [], groups: [] };

/** The verbs about pages, blog posts and folders. */
export function contentVerbs(state: WorldState, space: (idOrKey: string) => Space) {
  const content = (id: string): Content => {
    const found = state.contents.get(id);
    if (found === undefined) throw new Error(`no content ${id}`);
    return found;
  };
  const childrenOf = (id: string): Content[] => [...state.contents.values()].filter((each) => each.parentId === id);

  // An archived page keeps its title reserved, a trashed one does not.
  const isTitleTaken = (spaceId: string, title: string, self: string | null): boolean =>
    [...state.contents.values()].some(
      (each) =>
        each.type === 'page' &&
        each.spaceId === spaceId &&
        each.id !== self &&
        (each.status === 'current' || each.status === 'archived') &&
        each.title.toLowerCase() === title.toLowerCase(),
    );
  const refuseTakenTitle = (spaceId: string, title: string, self: string | null): void => {
    if (isTitleTaken(spaceId, title, self)) throw new Error(`space ${spaceId} has a page titled "${title}" already`);
  };

  const add = (type: Content['type'], given: NewContent): Content => {
    const home = space(given.space);
    if (type === 'page') refuseTakenTitle(home.id, given.title, null);
    if (typeof given.parentId === 'string') content(given.parentId);
    const createdAt = toIso(given.at);
    const first: Version = {
      number: 1,
      createdAt,
      authorId: given.by,
      minorEdit: false,
      message: '',
      title: given.title,
      body: given.body ?? '',
    };
    const id = state.nextId();
    const labels = (given.labels ?? []).map(
      (name) => [`global:${name}`, { prefix: 'global', name, by: given.by, at: createdAt }] as const,
    );
    for (const [key] of labels) if (!state.labelIds.has(key)) state.labelIds.set(key, state.nextId());
    const added: Content = {
      id,
      type,
      spaceId: home.id,
      status: given.status ?? 'current',
      subtype: given.subtype ?? null,
      title: given.title,
      parentId: given.parentId ?? null,
      position: type === 'blogpost' ? null : Number(id) % 997,
      authorId: given.by,
      ownerId: given.ownerId ?? given.by,
      lastOwnerId: null,
      createdAt,
      versions: [first],
      labels: new Map(labels),
      properties: new Map(),
      state: null,
      read: NOBODY,
      update: NOBODY,
      hiddenFrom: new Set(),
    };
    state.contents.set(id, added);
    return added;
  };

  const editPage = (pageId: string, edit: Edit): void => {
    const page = content(pageId);
    const before = newestVersion(page);
    if (edit.title !== undefined && page.type === 'page') refuseTakenTitle(page.spaceId, edit.title, page.id);
    page.title = edit.title ?? page.title;
    page.versions.push({
      number: before.number + 1,
      createdAt: toIso(edit.at),
      authorId: edit.by,
      minorEdit: edit.minor ?? false,
      message: edit.message ?? '',
      title: page.title,
      body: edit.body ?? before.body,
    });
  };

  return {
    content,
    childrenOf,
    isTitleTaken,
    addPage: (given: NewContent): Content => add('page', given),
    addBlogPost: (given: NewContent): Content => add('blogpost', given),
    addFolder: (given: NewContent): Content => add('folder', given),
    /** The page that a space opens with; it has no parent. */
    addHomepage(given: NewContent): Content {
      const added = add('page', given);
      space(given.space).homepageId = added.id;
      return added;
    },
    editPage,
    /** Makes no version, as on the real site. */
    movePage(pageId: string, parentId: string | null, spaceIdOrKey?: string): void {
      const page = content(pageId);
      page.parentId = parentId;
      if (spaceIdOrKey !== undefined) page.spaceId = space(spaceIdOrKey).id;
    },
    setOwner(pageId: string, ownerId: string): void {
      const page = content(pageId);
      page.lastOwnerId = page.ownerId;
      page.ownerId = ownerId;
    },
    archivePage(pageId: string): void {
      content(pageId).status = 'archived';
    },
    /** The page loses its place in the tree and its children move up. */
    trashPage(pageId: string): void {
      const page = content(pageId);
      for (const child of childrenOf(pageId)) child.parentId = page.parentId;
      Object.assign(page, { status: 'trashed', parentId: null, position: null });
    },
    purgePage(pageId: string): void {
      const page = content(pageId);
      for (const child of childrenOf(pageId)) child.parentId = page.parentId;
      for (const file of state.attachments.values()) if (file.containerId === pageId) state.attachments.delete(file.id);
      for (const each of state.comments.values()) if (each.containerId === pageId) state.comments.delete(each.id);
      state.contents.delete(pageId);
    },
    /** Through the API a page comes back as a new version of the same text, under the parent that is named. */
    restorePage(pageId: string, made?: Pick<Edit, 'by' | 'at' | 'message'> & { parentId?: string | null }): void {
      const page = content(pageId);
      Object.assign(page, { status: 'current', position: Number(pageId) % 997 });
      if (made === undefined) return;
      page.parentId = made.parentId ?? null;
      const { title, body } = newestVersion(page);
      editPage(pageId, { ...made, title, body });
    },
    versionsOf: (pageId: string): readonly Version[] => content(pageId).versions,
    /** Takes one node out of one account's sight, without any restriction that could be read. */
    hidePageFrom(pageId: string, accountId: string): void {
      content(pageId).hiddenFrom.add(accountId);
    },
    showPageTo(pageId: string, accountId: string): void {
      content(pageId).hiddenFrom.delete(accountId);
    },
  };
}
