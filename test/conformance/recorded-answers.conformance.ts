import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Confluence } from '../../src/confluence/client.ts';
import type { ListPage } from '../../src/confluence/list.ts';
import { json, KNOWN_USER, startScripted } from '../confluence/scripted-server.ts';
import { createTestClient } from '../confluence/test-client.ts';

/**
 * Plays answers that were recorded on real sites to the client. They belong to other people and are not part of this
 * repository: CONFLUENCE_RECORDED_DIR names a folder of files `{ status, body, headers?, request? }`.
 */
const FOLDER = process.env['CONFLUENCE_RECORDED_DIR'] ?? '';

interface Recorded {
  readonly file: string;
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface Wire {
  readonly results: Record<string, unknown>[];
  readonly _links: { readonly next?: string };
}

const files = FOLDER === '' ? [] : readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

const recorded = (pattern: RegExp): Recorded[] =>
  files.flatMap((file) => {
    if (!pattern.test(file)) return [];
    const {
      status,
      body,
      headers = {},
    } = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Partial<Recorded> & { body: unknown };
    return typeof status === 'number' ? [{ file, status, body, headers }] : [];
  });

/** Gives the client one recorded answer to whatever it asks, and to the proof of identity a good one. */
async function play<T>(answer: Recorded, ask: (confluence: Confluence) => Promise<T>): Promise<T> {
  const { link } = answer.headers;
  await using server = await startScripted(({ url }, response) => {
    if (url.pathname.endsWith('/user/current')) json(response, 200, KNOWN_USER);
    else json(response, answer.status, answer.body, link === undefined ? {} : { link });
  });
  await using client = createTestClient(server.site);
  return await ask(client.confluence);
}

it('has a folder of recorded answers to play', () => {
  expect(files.length, 'set CONFLUENCE_RECORDED_DIR').toBeGreaterThan(0);
});

describe.each<[string, RegExp, (confluence: Confluence) => Promise<ListPage<{ id: string }>>]>([
  ['pages', /^v2-(pages|space-pages|label-pages)/, (confluence) => confluence.pagesInSpaces({ spaceIds: ['1'] })],
  ['spaces', /^v2-spaces/, (confluence) => confluence.spaces({})],
  ['attachments', /^v2-(page-)?attachments/, (confluence) => confluence.attachments({})],
])('recorded %s', (_, pattern, ask) => {
  it.each(recorded(pattern))('$file: every item is understood', async (answer) => {
    const { results } = answer.body as Wire;
    const page = await play(answer, ask);
    expect(page.invalid).toEqual([]);
    expect(page.items.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
    expect(page.next).toBeNull();
  });
});

it.each(recorded(/^v2-pages-storage/))('$file: bodies arrive', async (answer) => {
  const { items } = await play(answer, (confluence) => confluence.pagesById({ ids: ['1'], withBody: true }));
  expect(items.every(({ body }) => typeof body === 'string')).toBe(true);
});

it.each(recorded(/^v2-page-versions/))('$file: versions are understood', async (answer) => {
  const { items, invalid } = await play(answer, (confluence) => confluence.versions('1'));
  expect(items.length).toBe((answer.body as Wire).results.length);
  expect(invalid).toEqual([]);
});

describe('recorded searches', () => {
  it.each(recorded(/^v1-content-search/))(
    '$file: the cursor is found, and what was not expanded is not made up',
    async (answer) => {
      const { results, _links } = answer.body as Wire;
      const page = await play(answer, (confluence) => confluence.labelsAndRestrictions({}));
      expect(page.invalid.map(({ id }) => id)).toEqual(results.map(({ id }) => id));
      expect(page.next).toBe(new URL(_links.next ?? '', 'http://x').searchParams.get('cursor'));
    },
  );

  it.each(recorded(/^v1-content-search/))(
    '$file: with expanded restrictions every hit is understood',
    async (answer) => {
      const [restrictions] = recorded(/^v1-restriction-byOperation/);
      const { results, ...rest } = answer.body as Wire;
      const label = { prefix: 'global', name: 'runbook', id: '1', label: 'runbook' };
      const expanded = results.map((hit) => ({
        ...hit,
        metadata: { labels: { results: [label], start: 0, limit: 200, size: 1 } },
        restrictions: restrictions?.body,
      }));
      const body = { ...rest, results: expanded };
      const page = await play({ ...answer, body }, (confluence) => confluence.labelsAndRestrictions({}));
      expect(page.invalid).toEqual([]);
      expect(page.items.map(({ pageId }) => pageId)).toEqual(results.map(({ id }) => id));
    },
  );
});

it.each(recorded(/^v1-restriction-byOperation/))('$file: both operations are read', async (answer) => {
  const lists = await play(answer, (confluence) => confluence.restrictionsOf('1'));
  expect(lists).toMatchObject({ read: { users: [], groups: [] }, update: { users: [], groups: [] } });
});

it.each(recorded(/^v1-groups/))('$file: groups are understood', async ({ body, ...answer }) => {
  const { _links: _, ...one } = body as Wire;
  const found = await play({ ...answer, body: one }, (confluence) => confluence.groups());
  expect(found).toHaveLength((body as Wire).results.length);
});

const v1 = (confluence: Confluence) => confluence.restrictionsOf('1');
const v2 = (confluence: Confluence) => confluence.spaces({});

describe('recorded failures', () => {
  it.each<[string, (confluence: Confluence) => Promise<unknown>, string]>([
    ['err-v2-400-invalid-cursor.json', v2, 'cursor-expired'],
    ['err-v2-404-page-missing.json', v2, 'not-found'],
    ['err-v2-404-rejected-credential.json', v2, 'not-found'],
    ['err-gateway-401-scope.json', v2, 'scope-missing'],
    ['err-v1-403-not-permitted.json', v1, 'forbidden'],
    ['err-v1-403-permission-exception.json', v1, 'forbidden'],
    ['err-v1-404-confcloud-76424.json', v1, 'not-found'],
    ['err-v1-404-confcloud-77618.json', v1, 'not-found'],
    ['err-v1-409-optimistic-lock.json', v1, 'request-refused'],
  ])('%s, with an identity that stands', async (file, ask, code) => {
    const [answer] = recorded(new RegExp(`^${file}$`));
    if (answer === undefined) throw new Error(`${file} is not in the folder.`);
    await expect(play(answer, ask)).rejects.toMatchObject({ code });
  });

  it.each(['err-v2-404-rejected-credential.json', 'err-v1-403-not-permitted.json'])(
    '%s makes the credential dead when the proof of identity fails too',
    async (file) => {
      const [answer] = recorded(new RegExp(`^${file}$`));
      await using server = await startScripted(({ url }, response) => {
        const me = url.pathname.endsWith('/user/current');
        json(
          response,
          me ? 403 : (answer?.status ?? 0),
          me ? { message: 'caller cannot access Confluence' } : answer?.body,
        );
      });
      await using client = createTestClient(server.site);
      const call = file.startsWith('err-v2') ? v2(client.confluence) : v1(client.confluence);
      await expect(call).rejects.toMatchObject({ code: 'auth-invalid' });
    },
  );
});
