/** How large a site is; its contents are worked out from their numbers and stored nowhere. */
export interface Size {
  /** Pages of each space. */
  readonly spaces: readonly number[];
  readonly attachments: number;
}

export interface ArithmeticSite {
  /** The answer to a request, as JSON; null where the site does not know the operation. */
  readonly answer: (method: string, target: string, body: string | null) => object | null;
  /** The first so many pages were edited then. */
  readonly edit: (pages: number, at: Date) => void;
}

const FIRST_PAGE = 1_000_000;
const FIRST_SPACE = 1_000;
/** One page in twenty is a runbook. */
const RUNBOOK_EVERY = 20;
const BEGAN = Date.parse('2026-01-05T00:00:00.000Z');
const SHELF_LIFE_MS = 200 * 86_400_000;
const BODY = '<h2>Steps</h2><p>Go.</p><h2>Rollback</h2><p>Close it.</p><h2>Escalation</h2><p>Call the owner.</p>';
const PERSON = {
  accountId: 'auditor',
  displayName: 'Audit Account',
  accountType: 'atlassian',
  accountStatus: 'active',
};

/** Rows `from` to `to` of a list that is read forth or back, 250 at a time; the cursor is the number of the next row. */
function listOf(url: URL, length: number, row: (place: number) => object): object {
  const at = Number(url.searchParams.get('cursor') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 25);
  const end = Math.min(length, at + limit);
  const back = url.searchParams.get('sort')?.startsWith('-') === true;
  const results = Array.from({ length: end - at }, (_, index) => row(back ? length - 1 - at - index : at + index));
  if (end === length) return { results, _links: {} };
  const next = new URL(url);
  next.searchParams.set('cursor', String(end));
  return { results, _links: { next: next.pathname + next.search } };
}

const NOBODY = { restrictions: { user: { results: [], size: 0 }, group: { results: [], size: 0 } } };

/** The first of so many things is the oldest. */
const createdAt = (number: number, of: number): string =>
  new Date(BEGAN + Math.floor((number / of) * SHELF_LIFE_MS)).toISOString();

/** Pages by their ids, without labels or restrictions; nothing has a label. */
const search = (cql: string): object => ({
  results: (/id in \(([\d, ]+)\)/.exec(cql)?.[1]?.split(', ') ?? []).map((id) => ({
    id,
    metadata: { labels: { results: [] } },
    restrictions: { read: NOBODY, update: NOBODY },
  })),
  _links: {},
});

export function createArithmeticSite({ spaces, attachments }: Size): ArithmeticSite {
  const firsts: number[] = [];
  let pages = 0;
  for (const count of spaces) {
    firsts.push(pages);
    pages += count;
  }
  let edited = { pages: 0, at: '' };

  const spaceOf = (page: number): number => firsts.findLastIndex((first) => first <= page);
  const pageRow = (number: number, withBody: boolean): object => {
    const space = spaceOf(number);
    const first = firsts[space] ?? 0;
    const touched = number < edited.pages;
    return {
      id: String(FIRST_PAGE + number),
      spaceId: String(FIRST_SPACE + space),
      status: 'current',
      title: number % RUNBOOK_EVERY === 1 ? `Runbook ${number}` : `A page about topic ${number}`,
      parentId: number === first ? null : String(FIRST_PAGE + first),
      parentType: number === first ? null : 'page',
      authorId: 'auditor',
      ownerId: 'auditor',
      createdAt: createdAt(number, pages),
      version: {
        number: touched ? 2 : 1,
        createdAt: touched ? edited.at : createdAt(number, pages),
        authorId: 'auditor',
        minorEdit: false,
      },
      body: withBody ? { storage: { value: BODY, representation: 'storage' } } : {},
      _links: { webui: `/spaces/S${space}/pages/${FIRST_PAGE + number}` },
    };
  };

  /** The pages of these spaces, by id or those that changed last first. */
  const pagesIn = (url: URL, chosen: readonly number[]): object => {
    if ((url.searchParams.get('status') ?? 'current') !== 'current') return listOf(url, 0, () => ({}));
    const total = chosen.reduce((sum, space) => sum + (spaces[space] ?? 0), 0);
    const numberAt = (place: number): number => {
      let rest = place;
      for (const space of chosen) {
        const count = spaces[space] ?? 0;
        if (rest < count) return (firsts[space] ?? 0) + rest;
        rest -= count;
      }
      return 0;
    };
    if (url.searchParams.get('sort') !== '-modified-date')
      return listOf(url, total, (at) => pageRow(numberAt(at), false));
    // Newest first: what was edited, then the youngest; `listOf` counts down.
    return listOf(url, total, (at) => pageRow(numberAt((at + edited.pages) % total), false));
  };

  const fileRow = (number: number): object => {
    const created = createdAt(number, attachments);
    return {
      id: `att${FIRST_PAGE + number}`,
      pageId: String(FIRST_PAGE + (number % pages)),
      title: `picture-${number}.png`,
      mediaType: 'image/png',
      fileSize: 1_000,
      status: 'current',
      createdAt: created,
      version: { number: 1, createdAt: created, authorId: 'auditor', minorEdit: false },
    };
  };

  const v2 = (url: URL, path: string): object | null => {
    const ids = (name: string): number[] => (url.searchParams.get(name) ?? '').split(',').map(Number);
    if (path === 'spaces')
      return listOf(url, spaces.length, (at) => ({
        id: String(FIRST_SPACE + at),
        key: `S${at}`,
        name: `Space ${at}`,
        type: 'global',
        status: 'current',
        homepageId: String(FIRST_PAGE + (firsts[at] ?? 0)),
      }));
    if (path === 'pages' && url.searchParams.has('id'))
      return { results: ids('id').map((id) => pageRow(id - FIRST_PAGE, true)), _links: {} };
    if (path === 'pages')
      return pagesIn(
        url,
        ids('space-id').map((id) => id - FIRST_SPACE),
      );
    const alone = /^spaces\/(\d+)\/pages$/.exec(path);
    if (alone !== null) return pagesIn(url, [Number(alone[1]) - FIRST_SPACE]);
    if (path === 'attachments') return listOf(url, attachments, fileRow);
    return null;
  };

  return {
    edit: (count, at) => {
      edited = { pages: count, at: at.toISOString() };
    },
    answer(method, target, body) {
      const url = new URL(target, 'https://giant.atlassian.net');
      if (url.pathname.startsWith('/wiki/api/v2/users-bulk'))
        return { results: (JSON.parse(body ?? '{}') as { accountIds: string[] }).accountIds.map(() => PERSON) };
      if (url.pathname.startsWith('/wiki/api/v2/')) return v2(url, url.pathname.slice('/wiki/api/v2/'.length));
      const cql = url.searchParams.get('cql') ?? '';
      switch (`${method} ${url.pathname}`) {
        case 'GET /wiki/rest/api/user/current':
          return { type: 'known', ...PERSON };
        case 'GET /wiki/rest/api/group':
          return { results: [{ id: 'oncall-1', name: 'sre-oncall' }], _links: {} };
        case 'GET /wiki/rest/api/search':
          return { totalSize: cql.includes('attachment') ? attachments : pages };
        case 'GET /wiki/rest/api/content/search':
          return search(cql);
        default:
          return null;
      }
    },
  };
}
