import { describe, expect, it } from 'vitest';
import { json, startScripted, v2Error } from './scripted-server.ts';
import { createTestClient } from './test-client.ts';

const VERSION = {
  number: 4,
  message: '',
  minorEdit: false,
  authorId: 'aaid:1',
  createdAt: '2026-05-04T09:30:00.125Z',
  ncsStepVersion: null,
};

const SPACE = {
  id: '61200',
  key: 'OPS',
  name: 'Operations',
  type: 'global',
  status: 'current',
  homepageId: '70100',
  spaceOwnerId: 'aaid:1',
  currentActiveAlias: 'OPS',
  icon: null,
  _links: { webui: '/spaces/OPS' },
};

const PAGE = {
  id: '70100',
  spaceId: '61200',
  status: 'current',
  title: 'Restart the queue',
  parentId: '70099',
  parentType: 'page',
  position: 12,
  authorId: 'aaid:1',
  ownerId: 'aaid:2',
  lastOwnerId: null,
  createdAt: '2026-05-04T09:30:00.125Z',
  version: VERSION,
  body: {},
  _links: { webui: '/spaces/OPS/pages/70100', tinyui: '/x/AbCd' },
};

const ATTACHMENT = {
  id: 'att80555',
  pageId: '70100',
  title: 'plan.svg',
  mediaType: 'image/svg+xml',
  mediaTypeDescription: null,
  fileSize: 5_120,
  status: 'current',
  version: VERSION,
};

const listed = (results: unknown[], next?: string) => ({
  results,
  _links: { base: 'https://acme.atlassian.net/wiki', ...(next === undefined ? {} : { next }) },
});

async function answering(body: unknown, headers: Record<string, string> = {}) {
  const server = await startScripted((_, response) => json(response, 200, body, headers));
  const client = createTestClient(server.site);
  return {
    confluence: client.confluence,
    target: () => decodeURIComponent(server.received[0]?.target ?? ''),
    received: server.received,
    async [Symbol.asyncDispose]() {
      await client[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe('spaces', () => {
  it('come in every status, 250 at a time', async () => {
    await using site = await answering(listed([SPACE, { ...SPACE, id: 61_201, homepageId: null, status: 'archived' }]));
    const page = await site.confluence.spaces({ keys: ['OPS', '~712020ab'] });
    expect(page.items).toEqual([
      {
        id: '61200',
        key: 'OPS',
        name: 'Operations',
        type: 'global',
        status: 'current',
        homepageId: '70100',
        ownerId: 'aaid:1',
      },
      expect.objectContaining({ id: '61201', status: 'archived', homepageId: null }),
    ]);
    expect(site.target()).toBe('/wiki/api/v2/spaces?keys=OPS,~712020ab&sort=id&limit=250');
  });

  it('may have types and statuses that nobody knew', async () => {
    await using site = await answering(listed([{ ...SPACE, type: 'brand_new', status: 'frozen', extra: { a: 1 } }]));
    expect((await site.confluence.spaces({})).items).toMatchObject([{ type: 'brand_new', status: 'frozen' }]);
  });
});

describe('pages', () => {
  it('of a space are current ones, in the order of ids', async () => {
    await using site = await answering(listed([PAGE]));
    const { items } = await site.confluence.pagesInSpace({ spaceId: '61200', cursor: 'a=b+c' });
    expect(items).toEqual([
      {
        id: '70100',
        spaceId: '61200',
        contentType: 'page',
        status: 'current',
        subtype: null,
        title: 'Restart the queue',
        parentId: '70099',
        parentType: 'page',
        authorId: 'aaid:1',
        ownerId: 'aaid:2',
        createdAt: '2026-05-04T09:30:00.125Z',
        version: { number: 4, createdAt: '2026-05-04T09:30:00.125Z', authorId: 'aaid:1', minorEdit: false },
        webui: '/spaces/OPS/pages/70100',
      },
    ]);
    expect(site.target()).toBe('/wiki/api/v2/spaces/61200/pages?status=current&sort=id&limit=250&cursor=a=b+c');
    expect(site.received[0]?.target).toContain('cursor=a%3Db%2Bc');
  });

  it('of small spaces share one walk', async () => {
    await using site = await answering(listed([PAGE]));
    await site.confluence.pagesInSpaces({ spaceIds: ['1', '2'] });
    expect(site.target()).toBe('/wiki/api/v2/pages?space-id=1,2&status=current&sort=id&limit=250');
    await expect(site.confluence.pagesInSpaces({ spaceIds: Array<string>(101).fill('1') })).rejects.toThrow(RangeError);
  });

  it('by id bring their body only when asked for it', async () => {
    const body = { storage: { representation: 'storage', value: '<p>Stop\u0000 it</p>' } };
    await using site = await answering(listed([{ ...PAGE, body, subtype: 'live' }, PAGE]));
    const { items } = await site.confluence.pagesById({
      ids: ['70100'],
      withBody: true,
      statuses: ['current', 'trashed'],
    });
    expect(items[0]).toMatchObject({ subtype: 'live', body: '<p>Stop\uFFFD it</p>' });
    expect(items[1]).not.toHaveProperty('body');
    expect(site.target()).toBe(
      '/wiki/api/v2/pages?id=70100&status=current,trashed&body-format=storage&sort=id&limit=250',
    );
    await expect(site.confluence.pagesById({ ids: Array<string>(251).fill('1'), withBody: false })).rejects.toThrow(
      RangeError,
    );
  });

  it('have versions, newest first', async () => {
    await using site = await answering(listed([{ ...VERSION, minorEdit: true, authorId: undefined }]));
    expect((await site.confluence.versions('70100')).items).toEqual([
      { number: 4, createdAt: '2026-05-04T09:30:00.125Z', authorId: null, minorEdit: true },
    ]);
    expect(site.target()).toBe('/wiki/api/v2/pages/70100/versions?sort=-modified-date&limit=50');
  });
});

it('keeps attachments of pages and blog posts and leaves the others aside', async () => {
  const { pageId: _, ...loose } = ATTACHMENT;
  await using site = await answering(
    listed([
      ATTACHMENT,
      { ...loose, id: 'att2', blogPostId: '77' },
      { ...loose, customContentId: '5' },
      { ...ATTACHMENT, id: 3, fileSize: null },
    ]),
  );
  const page = await site.confluence.attachments({});
  expect(page.items.map(({ id, pageId, fileSize }) => [id, pageId, fileSize])).toEqual([
    ['att80555', '70100', 5_120],
    ['att2', '77', 5_120],
    ['att3', '70100', null],
  ]);
  expect(page).toMatchObject({ invalid: [], received: 4 });
});

describe('one bad item', () => {
  it.each<[string, unknown, string | null, string]>([
    ['without an id', { ...PAGE, id: undefined }, null, 'id: invalid_union'],
    ['with a path for an id', { ...PAGE, id: '../1' }, null, 'id: custom'],
    ['without a version', { ...PAGE, id: '5', version: undefined }, '5', 'version: invalid_type'],
    ['with a date that is none', { ...PAGE, id: '5', createdAt: 'SECRET' }, '5', 'createdAt: custom'],
    ['that is null', null, null, 'answer: invalid_type'],
  ])('%s does not cost the list', async (_, bad, id, why) => {
    await using site = await answering(listed([PAGE, bad, { ...PAGE, id: '70101' }]));
    const page = await site.confluence.pagesInSpace({ spaceId: '1' });
    expect(page.items.map((item) => item.id)).toEqual(['70100', '70101']);
    expect(page.invalid).toEqual([{ id, why }]);
  });

  it.each([{ results: null }, { results: {} }, [], { items: [] }])(
    'but an answer that is no list does: %j',
    async (body) => {
      await using site = await answering(body);
      await expect(site.confluence.spaces({})).rejects.toMatchObject({
        code: 'response-invalid',
        fields: { endpoint: '/wiki/api/v2/spaces', requestId: 'trace0123456789' },
      });
    },
  );
});

it('finds nothing with a filter that names nothing, instead of everything', async () => {
  await using site = await answering(listed([PAGE]));
  const { confluence } = site;
  const pages = [
    await confluence.spaces({ keys: [] }),
    await confluence.pagesInSpaces({ spaceIds: [] }),
    await confluence.pagesById({ ids: [], withBody: false }),
    await confluence.labelsAndRestrictions({ pageIds: [] }),
    await confluence.labelsAndRestrictions({ spaceKeys: [] }),
  ];
  for (const page of pages) expect(page).toEqual({ items: [], invalid: [], received: 0, next: null });
  expect(site.received).toEqual([]);
});

describe('what databases cannot hold', () => {
  it('is replaced in titles: U+0000 and lone surrogates', async () => {
    await using site = await answering(listed([{ ...PAGE, title: 'a\u0000b\uD800c 😀' }]));
    expect((await site.confluence.pagesInSpace({ spaceId: '1' })).items[0]?.title).toBe('a\uFFFDb\uFFFDc 😀');
  });

  it('is no reason to round an id that came as a number', async () => {
    await using server = await startScripted((_, response) => {
      const text = JSON.stringify(listed([PAGE])).replace('"70100"', '9007199254740993');
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
    });
    await using client = createTestClient(server.site);
    expect((await client.confluence.pagesInSpace({ spaceId: '1' })).items[0]?.id).toBe('9007199254740993');
  });
});

describe('the next page', () => {
  it('is known by its cursor alone', async () => {
    await using site = await answering(
      listed([SPACE], '/wiki/api/v2/spaces?limit=250&cursor=eyJpZCI6IjEifQ%3D%3D&x=y'),
    );
    expect((await site.confluence.spaces({})).next).toBe('eyJpZCI6IjEifQ==');
  });

  it('may be named by the Link header only', async () => {
    const link = '</wiki/api/v2/spaces?cursor=abc>; rel="next", <https://acme.atlassian.net/wiki>; rel="base"';
    await using site = await answering({ results: [SPACE] }, { link });
    expect((await site.confluence.spaces({})).next).toBe('abc');
  });

  it('does not exist where the Link header has other relations only', async () => {
    await using site = await answering(listed([SPACE]), { link: '<https://acme.atlassian.net/wiki>; rel="base"' });
    expect((await site.confluence.spaces({})).next).toBeNull();
  });

  it('cannot be had with a cursor that has expired', async () => {
    const title = 'The cursor is of no use any more.';
    await using server = await startScripted((_, response) =>
      json(response, 400, v2Error(400, 'INVALID_REQUEST_PARAMETER', title)),
    );
    await using client = createTestClient(server.site);
    await expect(client.confluence.spaces({ cursor: 'old' })).rejects.toMatchObject({ code: 'cursor-expired' });
  });
});
