import { expect, it } from 'vitest';
import { classify } from '../../src/confluence/classify.ts';
import type { Confluence } from '../../src/confluence/client.ts';
import type { ListPage } from '../../src/confluence/list.ts';
import { play } from './play.ts';
import { readLimits, readLinks } from './recorded-headers.ts';
import { type Kind, kindsOf, RECORDED, RECORDED_FILES, type Recorded, recordedFile } from './recorded.ts';

type Row = Readonly<Record<string, unknown>>;
interface Wire {
  readonly results: readonly Row[];
  readonly _links?: { readonly next?: string };
}
/** How many items it read. */
type Reader = (answer: Recorded) => Promise<number>;

const wire = (answer: Pick<Recorded, 'body'>): Wire => answer.body as Wire;
const asList = (answer: Recorded, results: readonly unknown[] = [answer.body]): Recorded => ({
  ...answer,
  body: { results, _links: {} },
});
const nextOf = (answer: Recorded): string | null =>
  new URL(wire(answer)._links?.next ?? '', 'http://x').searchParams.get('cursor');

/** Versions have a number instead. */
const idsOf = (rows: readonly unknown[]) => rows.map((row) => (row as Row)['id'] ?? (row as Row)['number']);

/** Every item is understood, none is lost or made up. */
const list =
  (ask: (confluence: Confluence) => Promise<ListPage<unknown>>): Reader =>
  async (answer) => {
    const { results } = wire(answer);
    const page = await play(answer, ask);
    expect(page.invalid).toEqual([]);
    expect(idsOf(page.items)).toEqual(idsOf(results));
    expect(page.next).toBe(nextOf(answer));
    return results.length;
  };

const pages = list((confluence) => confluence.pagesById({ ids: ['1'], withBody: true }));
const spaces = list((confluence) => confluence.spaces({}));
const attachments = list((confluence) => confluence.attachments({}));
const permissions = list((confluence) => confluence.spacePermissions({ spaceId: '1' }));

/** Hits without the expansions that we ask for: the cursor is found, and nothing is made up. */
const bareSearch: Reader = async (answer) => {
  const page = await play(answer, (confluence) => confluence.labelsAndRestrictions({}));
  expect(page).toMatchObject({ items: [], received: wire(answer).results.length, next: nextOf(answer) });
  return 0;
};

const expandedSearch: Reader = async (answer) => {
  await bareSearch(answer);
  const restrictions = recordedFile('v1-restriction-byOperation-unrestricted.json').body;
  const label = { prefix: 'global', name: 'runbook', id: '1', label: 'runbook' };
  const labels = { results: [label], start: 0, limit: 200, size: 1 };
  const { results } = wire(answer);
  const expanded = results.map((hit) => ({ ...hit, metadata: { labels }, restrictions }));
  const page = await play(asList(answer, expanded), (confluence) => confluence.labelsAndRestrictions({}));
  expect(page.invalid).toEqual([]);
  expect(page.items.map(({ pageId }) => pageId)).toEqual(results.map(({ id }) => id));
  return results.length;
};

const restrictions: Reader = async (answer) => {
  const lists = await play(answer, (confluence) => confluence.restrictionsOf('1'));
  expect(lists).toMatchObject({ read: { users: [], groups: [] }, update: { users: [], groups: [] } });
  return 1;
};

/** Data Center's form: who is named by another key than here must not be dropped, or a closed page would look open. */
const restrictionList: Reader = async (answer) => {
  const byName = wire(answer).results.map((each) => [each['operation'], each]);
  const named = byName.flatMap(([, each]) => namesIn(each as Row));
  const body = Object.fromEntries(byName) as unknown;
  const { read, update } = await play({ ...answer, body }, (confluence) => confluence.restrictionsOf('1'));
  expect([read, update].flatMap(({ users, groups }) => [...users, ...groups])).toHaveLength(named.length);
  expect(named.length).toBeGreaterThan(0);
  return named.length;
};

function namesIn(operation: Row): unknown[] {
  const { user, group } = operation['restrictions'] as Record<'user' | 'group', Wire>;
  return [...user.results, ...group.results];
}

const people =
  (ask: (confluence: Confluence) => Promise<readonly { readonly id: string }[]>, key: string): Reader =>
  async (answer) => {
    // Without the link to a next page, which would be answered with the same rows.
    const found = await play(asList(answer, wire(answer).results), ask);
    expect(found.map(({ id }) => id)).toEqual(wire(answer).results.map((row) => row[key]));
    return found.length;
  };

const FAILURES: Readonly<Record<string, string>> = {
  'err-v2-400-invalid-cursor.json': 'cursor-expired',
  'err-v2-404-page-missing.json': 'not-found',
  'err-v2-404-rejected-credential.json': 'not-found',
  'err-gateway-401-scope.json': 'scope-missing',
  'err-v1-403-not-permitted.json': 'forbidden',
  'err-v1-403-permission-exception.json': 'forbidden',
  'err-v1-404-confcloud-76424.json': 'not-found',
  'err-v1-404-confcloud-77618.json': 'not-found',
  'err-v1-409-optimistic-lock.json': 'conflict',
};

/** What a failure means while the identity stands. */
const failure: Reader = async (answer) => {
  const call = play<unknown>(answer, (confluence) =>
    answer.file.startsWith('err-v1') ? confluence.restrictionsOf('1') : confluence.spaces({}),
  );
  await expect(call).rejects.toMatchObject({ code: FAILURES[answer.file] ?? 'a code in the table' });
  return 1;
};

function verdictOf({ status, body, headers }: Recorded): string | null {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const given = { status, headers: new Map(Object.entries(headers)), contentType: 'application/json', body: text };
  return classify({ ...given, json: body, api: 'v1', through: 'site' })?.code ?? null;
}

const OAUTH: Readonly<Record<string, string>> = {
  'err-oauth-badsecret-401.json': 'auth-invalid',
  'err-oauth-refresh-403.json': 'forbidden',
};

const READERS: Readonly<Record<Kind, Reader>> = {
  pages,
  page: (answer) => pages(asList(answer)),
  posts: list((confluence) => confluence.blogPostsInSpaces({ spaceIds: ['1'] })),
  spaces,
  space: async (answer) => {
    const { results } = (answer.body as { permissions: Wire }).permissions;
    return (await spaces(asList(answer))) + (await permissions(asList(answer, results)));
  },
  attachments,
  attachment: (answer) => attachments(asList(answer)),
  versions: list((confluence) => confluence.versions('1')),
  inlineComments: list((confluence) => confluence.inlineComments({})),
  footerComments: list((confluence) => confluence.footerComments({ pageId: '1' })),
  tasks: list((confluence) => confluence.tasks({})),
  contentSearch: expandedSearch,
  search: bareSearch,
  restrictions,
  restrictionList,
  groups: people((confluence) => confluence.groups(), 'id'),
  members: people((confluence) => confluence.groupMembers('g-1'), 'accountId'),
  failure,
  otherSuccess: async (answer) => {
    // An answer without a body is judged by its operation, not by the classifier.
    expect(verdictOf(answer)).toBe(answer.status === 204 ? 'response-invalid' : null);
    return 1;
  },
  otherFailure: async (answer) => {
    expect(verdictOf(answer)).toBe(OAUTH[answer.file]);
    return 1;
  },
  limits: async ({ cases }) => readLimits(cases),
  links: async ({ cases }) => readLinks(cases),
};

const counted = new Map<string, number>();

it('every file of the folder is read in one way', () => {
  expect(RECORDED_FILES.length, 'set CONFLUENCE_RECORDED_DIR').toBeGreaterThan(0);
  expect(RECORDED_FILES.map((file) => [file, kindsOf(file).length])).toEqual(RECORDED_FILES.map((file) => [file, 1]));
});

it.each(RECORDED)('$file: $kind', async (answer) => {
  const items = await READERS[answer.kind](answer);
  expect(items).toEqual(expect.any(Number));
  counted.set(answer.file, items);
});

it('all of them were read', () => {
  const items = [...counted.values()].reduce((sum, count) => sum + count, 0);
  process.stderr.write(`recorded: ${counted.size} of ${RECORDED_FILES.length} files, ${items} items and cases\n`);
  expect([...counted.keys()]).toEqual(RECORDED_FILES);
});

it('bodies arrive whole', async () => {
  const answer = recordedFile('v2-pages-storage-body.json');
  const { items } = await play(answer, (confluence) => confluence.pagesById({ ids: ['1'], withBody: true }));
  const values = wire(answer).results.map(({ body }) => (body as { storage: { value: string } }).storage.value);
  expect(items.map(({ body }) => body)).toEqual(values);
});
