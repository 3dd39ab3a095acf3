import { describe, expect, it } from 'vitest';
import { json, KNOWN_USER, startScripted, v2Error } from './scripted-server.ts';
import { createTestClient } from './test-client.ts';

const entries = (results: unknown[], limit = 200) => ({ results, start: 0, limit, size: results.length });

const operation = (name: string, users: unknown[] = [], groups: unknown[] = [], limit = 200) => ({
  operation: name,
  restrictions: { user: entries(users, limit), group: entries(groups, limit) },
  _links: {},
});

const HIT = {
  id: '70100',
  type: 'page',
  status: 'current',
  title: 'Restart the queue',
  metadata: { labels: entries([{ prefix: 'global', name: 'runbook', id: '1', label: 'runbook' }]) },
  restrictions: {
    read: operation('read', [{ type: 'known', accountId: 'aaid:1' }], [{ type: 'group', id: 'g-1', name: 'on-call' }]),
    update: operation('update'),
    _links: {},
  },
  _expandable: {},
};

const search = (results: unknown[], next?: string) => ({
  ...entries(results, 200),
  _links: { context: '/wiki', ...(next === undefined ? {} : { next }) },
});

describe('labels and restrictions in bulk', () => {
  it('are asked for by space, without those of ancestors', async () => {
    await using server = await startScripted((_, response) =>
      json(
        response,
        200,
        search([HIT], '/rest/api/content/search?next=true&cursor=_f_MQ%3D%3D_sa_W10%3D&limit=200&start=200'),
      ),
    );
    await using client = createTestClient(server.site);
    const page = await client.confluence.labelsAndRestrictions({ spaceKeys: ['OPS'], cursor: 'abc' });
    expect(page).toMatchObject({
      items: [
        {
          pageId: '70100',
          labels: [{ prefix: 'global', name: 'runbook' }],
          read: { users: ['aaid:1'], groups: ['g-1'] },
          update: { users: [], groups: [] },
          truncated: false,
        },
      ],
      next: '_f_MQ==_sa_W10=',
    });
    const { url } = server.received[0] ?? {};
    expect(url?.pathname).toBe('/wiki/rest/api/content/search');
    expect(Object.fromEntries(url?.searchParams ?? [])).toEqual({
      cql: 'type = page and space in ("OPS")',
      expand: [
        'metadata.labels',
        'restrictions.read.restrictions.user',
        'restrictions.read.restrictions.group',
        'restrictions.update.restrictions.user',
        'restrictions.update.restrictions.group',
      ].join(','),
      limit: '200',
      cursor: 'abc',
    });
  });

  it.each([
    ['restrictions', { ...HIT, restrictions: {} }],
    ['restrictions of one operation', { ...HIT, restrictions: { read: HIT.restrictions.read } }],
    ['labels', { ...HIT, metadata: {} }],
  ])('are not taken for empty where the answer has no %s', async (_, hit) => {
    await using server = await startScripted((__, response) => json(response, 200, search([hit])));
    await using client = createTestClient(server.site);
    const page = await client.confluence.labelsAndRestrictions({ pageIds: ['70100'] });
    expect(page.items).toEqual([]);
    expect(page.invalid).toMatchObject([{ id: '70100' }]);
  });

  it.each([
    [
      'a list of readers is full',
      {
        ...HIT,
        restrictions: { ...HIT.restrictions, read: operation('read', [{ accountId: 'a' }, { accountId: 'b' }], [], 2) },
      },
    ],
    [
      'there are about as many labels as a search gives',
      {
        ...HIT,
        metadata: { labels: entries(Array.from({ length: 190 }, (_, i) => ({ prefix: 'global', name: `l${i}` }))) },
      },
    ],
  ])('are doubted where %s', async (_, hit) => {
    await using server = await startScripted((__, response) => json(response, 200, search([hit])));
    await using client = createTestClient(server.site);
    expect((await client.confluence.labelsAndRestrictions({})).items).toMatchObject([{ truncated: true }]);
  });
});

describe('restrictions of one page', () => {
  it('are read from the root of the answer', async () => {
    const body = {
      read: operation('read', [], [{ name: 'deleted-group' }]),
      update: operation('update', [{ type: 'unknown' }]),
    };
    await using server = await startScripted((_, response) => json(response, 200, body));
    await using client = createTestClient(server.site);
    expect(await client.confluence.restrictionsOf('42')).toEqual({
      read: { users: [], groups: ['deleted-group'] },
      // Somebody is there, whoever it is: an empty list would mean that everybody may.
      update: { users: ['unidentified'], groups: [] },
      truncated: false,
    });
  });

  it('are not guessed from an answer of another shape', async () => {
    await using server = await startScripted((_, response) => json(response, 200, { results: [] }));
    await using client = createTestClient(server.site);
    await expect(client.confluence.restrictionsOf('42')).rejects.toMatchObject({ code: 'response-invalid' });
  });
});

describe('people', () => {
  it('are asked for together; who is unknown is absent', async () => {
    await using server = await startScripted((_, response) =>
      json(response, 200, {
        results: [
          { accountId: 'aaid:1', displayName: 'Ada', accountType: 'atlassian', accountStatus: 'active' },
          { accountId: 'aaid:2', displayName: '', publicName: 'bot', accountType: 'app', accountStatus: 'inactive' },
        ],
      }),
    );
    await using client = createTestClient(server.site);
    expect(await client.confluence.accounts(['aaid:1', 'aaid:2', 'aaid:2', 'aaid:9'])).toEqual([
      { id: 'aaid:1', displayName: 'Ada', type: 'atlassian', status: 'active' },
      { id: 'aaid:2', displayName: 'bot', type: 'app', status: 'inactive' },
    ]);
    expect(server.received).toMatchObject([{ method: 'POST', target: '/wiki/api/v2/users-bulk' }]);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({ accountIds: ['aaid:1', 'aaid:2', 'aaid:9'] });
    expect(await client.confluence.accounts([])).toEqual([]);
    expect(server.received).toHaveLength(1);
  });

  it('may be asked for again after a failure, because nothing is written', async () => {
    await using server = await startScripted((_, response, count) =>
      count === 1 ? json(response, 503, {}) : json(response, 200, { results: [] }),
    );
    await using client = createTestClient(server.site);
    expect(await client.confluence.accounts(['aaid:1'])).toEqual([]);
  });

  it('are forbidden to who may not view profiles, though the answer is 404', async () => {
    await using server = await startScripted(({ url }, response) =>
      url.pathname.endsWith('/user/current')
        ? json(response, 200, KNOWN_USER)
        : json(response, 404, v2Error(404, 'NOT_FOUND', 'Not Found')),
    );
    await using client = createTestClient(server.site);
    await expect(client.confluence.accounts(['aaid:1'])).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('form groups, which are counted by start', async () => {
    const all = Array.from({ length: 5 }, (_, i) => ({ id: `g-${i}`, name: `group ${i}`, type: 'group' }));
    await using server = await startScripted(({ url }, response) => {
      const start = Number(url.searchParams.get('start'));
      // Fewer than asked for, as happens.
      const results = all.slice(start, start + 2);
      const next = start + 2 < all.length ? { next: `/rest/api/group?next=true&limit=2&start=${start + 2}` } : {};
      json(response, 200, { ...entries(results, 2), _links: next });
    });
    await using client = createTestClient(server.site);
    expect(await client.confluence.groups()).toHaveLength(5);
    expect(server.received.map(({ target }) => target)).toEqual(
      [0, 2, 4].map((start) => `/wiki/rest/api/group?start=${start}&limit=200`),
    );
  });

  it('form groups, of which an endless empty list has none', async () => {
    await using server = await startScripted((_, response) =>
      json(response, 200, { ...entries([]), _links: { next: '/rest/api/group?start=0' } }),
    );
    await using client = createTestClient(server.site);
    expect(await client.confluence.groups()).toEqual([]);
  });
});

describe('a permission check', () => {
  it.each([
    ['yes', 200, { hasPermission: true, errors: [] }, 'allowed'],
    ['no, which is a success too', 200, { hasPermission: false, errors: [{ translation: 'no' }] }, 'denied'],
    ['a refusal to say', 403, { statusCode: 403, message: 'no' }, 'not-permitted-to-ask'],
    ['a missing scope', 401, { code: 401, message: 'Unauthorized; scope does not match' }, 'not-permitted-to-ask'],
  ])('understands %s', async (_, status, body, expected) => {
    await using server = await startScripted((__, response) => json(response, status, body));
    await using client = createTestClient(server.site);
    expect(await client.confluence.checkPermission('42', { type: 'group', id: 'g-1' }, 'read')).toBe(expected);
    expect(JSON.parse(server.received[0]?.body ?? '')).toEqual({
      subject: { type: 'group', identifier: 'g-1' },
      operation: 'read',
    });
  });

  it('fails loudly for a page that is gone', async () => {
    await using server = await startScripted((_, response) =>
      json(response, 404, { statusCode: 404, message: 'gone' }),
    );
    await using client = createTestClient(server.site);
    const check = client.confluence.checkPermission('42', { type: 'user', id: 'aaid:1' }, 'update');
    await expect(check).rejects.toMatchObject({ code: 'not-found' });
  });
});
