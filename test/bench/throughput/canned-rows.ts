/** The rows of a wiki of any size, each made from its number alone, in the shapes in which Confluence sends them. */

export const PER_SPACE = 1_000;
const FIRST_ID = 1_000_000;
const DAY_MS = 86_400_000;
/** One page in so many is a runbook: every other of them by its title, the rest by label. */
const RUNBOOK_EACH = 20;

export const pageId = (page: number): string => String(FIRST_ID + page);
export const pageOf = (id: string): number => Number(id) - FIRST_ID;
/** Three files for every two pages. */
export const filesOf = (pages: number): number => Math.floor(pages * 1.5);
export const isLabelled = (page: number): boolean => page % (2 * RUNBOOK_EACH) === RUNBOOK_EACH + 1;
const isTitled = (page: number): boolean => page % (2 * RUNBOOK_EACH) === 1;

export interface Cast {
  readonly people: readonly string[];
  /** Of each space by its place: id and key. */
  readonly spaces: readonly { readonly id: string; readonly key: string }[];
  readonly base: string;
  readonly startedAt: number;
}

const spaceOf = ({ spaces }: Cast, page: number) => spaces[Math.floor(page / PER_SPACE)] ?? { id: '', key: '' };
const personOf = ({ people }: Cast, page: number): string => people[page % people.length] ?? '';
const ago = ({ startedAt }: Cast, days: number): string => new Date(startedAt - days * DAY_MS).toISOString();
const titleOf = (page: number): string => `${isTitled(page) ? 'Runbook' : 'Notes on the service'} ${page}`;

const linksOf = (cast: Cast, page: number) => {
  const webui = `/spaces/${spaceOf(cast, page).key}/pages/${pageId(page)}/${titleOf(page).replaceAll(' ', '+')}`;
  return {
    editui: `/pages/resumedraft.action?draftId=${pageId(page)}`,
    webui,
    edituiv2: `/spaces/${spaceOf(cast, page).key}/pages/edit-v2/${pageId(page)}`,
    tinyui: `/x/${pageId(page)}`,
  };
};

/** A row of a v2 list of pages. Eight children a page, so trees are four levels deep; edited up to 600 days ago. */
export function pageRow(cast: Cast, page: number, body: string | null) {
  const place = page % PER_SPACE;
  const number = 1 + (page % 7);
  return {
    id: pageId(page),
    status: 'current',
    title: titleOf(page),
    spaceId: spaceOf(cast, page).id,
    authorId: personOf(cast, page),
    createdAt: ago(cast, 700),
    version: {
      number,
      message: '',
      minorEdit: false,
      authorId: personOf(cast, page * 3),
      createdAt: ago(cast, 20 + (page % 580)),
      ncsStepVersion: String(number),
    },
    body: body === null ? {} : { storage: { representation: 'storage', value: body } },
    _links: linksOf(cast, page),
    parentId: place === 0 ? null : pageId(page - place + Math.floor(place / 8)),
    parentType: place === 0 ? null : 'page',
    position: place,
    ownerId: personOf(cast, page * 5),
    lastOwnerId: null,
  };
}

/** What a page says: runbooks have their sections, and one in ten shows a file that it does not have. */
export function bodyOf(page: number, length: number): string {
  const text = `<p>${`What is known of the service ${page}, and what to do about it. `.repeat(Math.ceil(length / 60))}</p>`;
  const shown = page % 200 === 1 ? '<ac:image><ri:attachment ri:filename="gone.png" /></ac:image>' : '';
  const sections = '<h2>Rollback</h2><p>Close the panel.</p><h2>Escalation</h2><p>Call the owner.</p>';
  return isTitled(page) || isLabelled(page) ? `<h2>Steps</h2>${text}${shown}${sections}` : `${text}${shown}`;
}

/** A row of the site's list of attachments. */
export function fileRow(cast: Cast, file: number) {
  const page = Math.floor((file * 2) / 3);
  const title = `figure-${file % 3}.png`;
  // One after the other, as the list is ordered.
  const createdAt = new Date(cast.startedAt - 600 * DAY_MS + file).toISOString();
  const place = `/pages/viewpageattachments.action?pageId=${pageId(page)}&preview=/${pageId(page)}/${file}/${title}`;
  return {
    id: `att${50_000_000 + file}`,
    status: 'current',
    title,
    createdAt,
    pageId: pageId(page),
    mediaType: 'image/png',
    mediaTypeDescription: 'PNG Image',
    comment: '',
    fileId: `00000000-0000-4000-8000-${String(file).padStart(12, '0')}`,
    fileSize: 20_000 + file,
    webuiLink: place,
    downloadLink: `/download/attachments/${pageId(page)}/${title}?version=1`,
    version: { number: 1, message: '', minorEdit: false, authorId: personOf(cast, page), createdAt },
    _links: { webui: place, download: `/download/attachments/${pageId(page)}/${title}?version=1` },
  };
}

const noList = { results: [], start: 0, limit: 200, size: 0 };

/** A hit of a v1 search with labels and restrictions: nothing is restricted, and each page has up to three labels. */
export function hitRow(cast: Cast, page: number) {
  const self = `${cast.base}/rest/api/content/${pageId(page)}`;
  const names = [
    ...(isLabelled(page) ? ['runbook'] : []),
    `topic-${page % 40}`,
    ...(page % 2 === 0 ? ['team-web'] : []),
  ];
  const labels = names.map((name) => ({ prefix: 'global', name, id: `9${page % 40}`, label: name }));
  const operation = (name: string) => ({
    operation: name,
    restrictions: { user: noList, group: noList },
    _expandable: { content: `/rest/api/content/${pageId(page)}` },
    _links: { self: `${self}/restriction/byOperation/${name}` },
  });
  return {
    id: pageId(page),
    type: 'page',
    ari: `ari:cloud:confluence:site:page/${pageId(page)}`,
    status: 'current',
    title: titleOf(page),
    macroRenderedOutput: {},
    extensions: { position: page % PER_SPACE },
    metadata: {
      labels: { results: labels, start: 0, limit: 200, size: labels.length, _links: { self: `${self}/label` } },
      _expandable: { currentuser: '', properties: '', frontend: '' },
    },
    restrictions: {
      read: operation('read'),
      update: operation('update'),
      _expandable: {},
      _links: { self: `${self}/restriction/byOperation` },
    },
    _expandable: {
      container: `/rest/api/space/${spaceOf(cast, page).key}`,
      children: `/rest/api/content/${pageId(page)}/child`,
    },
    _links: { self, ...linksOf(cast, page) },
  };
}
