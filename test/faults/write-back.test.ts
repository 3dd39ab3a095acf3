import { describe, expect, test } from 'vitest';
import { isOutcomeUnknown } from '../../src/confluence/call-failure.ts';
import badItem from '../../src/simulator/faults/bad-item.ts';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import deliveredTwice from '../../src/simulator/faults/delivered-twice.ts';
import meanwhile from '../../src/simulator/faults/meanwhile.ts';
import serverError from '../../src/simulator/faults/server-error.ts';
import tokenRevoked from '../../src/simulator/faults/token-revoked-mid-run.ts';
import { strickenSite } from './stricken-site.ts';

type Site = Awaited<ReturnType<typeof strickenSite>>;

interface Write {
  readonly at: string;
  readonly send: (site: Site, page: string) => Promise<unknown>;
  /** How often it has had its effect. */
  readonly effects: (site: Site, page: string) => number;
  /** What a second delivery has for effects, and what the client hears of it. */
  readonly twice: { readonly effects: number; readonly heard: string };
}

const MAKING: Readonly<Record<string, Write>> = {
  'a comment': {
    at: 'POST /wiki/api/v2/footer-comments',
    send: ({ confluence }, page) => confluence.addComment(page, 'page', '<p>x</p>'),
    effects: ({ world }, page) => world.commentsOf(page).length,
    twice: { effects: 2, heard: 'done' },
  },
  'a property': {
    at: 'POST /wiki/api/v2/pages/{id}/properties',
    send: ({ confluence }, page) => confluence.addProperty(page, 'docaudit', 1),
    effects: ({ world }, page) => world.content(page).properties.size,
    twice: { effects: 1, heard: 'conflict' },
  },
  'a job that archives': {
    at: 'POST /wiki/rest/api/content/archive',
    send: ({ confluence }, page) => confluence.archivePages([page]),
    effects: ({ world }) => world.archiveJobs.size,
    twice: { effects: 1, heard: 'request-refused' },
  },
};

const heardOf = async (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'done',
    (error: { code: string }) => `${error.code}${isOutcomeUnknown(error) ? ', unknown' : ''}`,
  );

describe.each(Object.entries(MAKING))('%s', (_, { at, send, effects, twice }) => {
  test.each([
    ['before-work', 0],
    ['after-work', 1],
    ['mid-body', 1],
  ] as const)('whose connection is lost %s is not sent again', async (when, count) => {
    await using site = await strickenSite();
    const [page = ''] = site.stale;
    site.faults.strike(connectionLost, { at, when, times: 9 });
    expect(await heardOf(send(site, page))).toMatch(/, unknown$/);
    expect(effects(site, page)).toBe(count);
    expect(site.asked().filter((template) => template === at)).toHaveLength(1);
  });

  test('that the site fails on after its work is not sent again', async () => {
    await using site = await strickenSite();
    const [page = ''] = site.stale;
    site.faults.strike(serverError, { at, done: true, times: 9 });
    expect(await heardOf(send(site, page))).toBe('server-error, unknown');
    expect(effects(site, page)).toBe(1);
  });

  test('that a gateway delivers twice', async () => {
    await using site = await strickenSite();
    const [page = ''] = site.stale;
    site.faults.strike(deliveredTwice, { at });
    expect(await heardOf(send(site, page))).toBe(twice.heard);
    expect(effects(site, page)).toBe(twice.effects);
  });

  test('is not made once the token is dead', async () => {
    await using site = await strickenSite();
    const [page = ''] = site.stale;
    site.faults.strike(tokenRevoked, { at });
    expect(await heardOf(send(site, page))).toBe('auth-invalid');
    expect(effects(site, page)).toBe(0);
  });
});

test('a changed comment whose answer is lost is a conflict of unknown outcome when it is sent again, and done', async () => {
  await using site = await strickenSite();
  const { confluence, faults, stale } = site;
  const { id } = await confluence.addComment(stale[0] ?? '', 'page', '<p>One.</p>');
  faults.strike(connectionLost, { at: 'PUT /wiki/api/v2/footer-comments/{id}' });
  expect(await heardOf(confluence.updateComment(id, 2, '<p>Two.</p>'))).toBe('conflict, unknown');
  expect(await confluence.commentById(id)).toMatchObject({ version: 2, storage: '<p>Two.</p>' });
});

test('a comment that somebody else changes meanwhile is a conflict and keeps their words', async () => {
  await using site = await strickenSite();
  const { confluence, world, faults, stale, ann } = site;
  const { id } = await confluence.addComment(stale[0] ?? '', 'page', '<p>One.</p>');
  const happens = (): void => world.editComment(id, '<p>Hers.</p>', new Date(), ann);
  faults.strike(meanwhile, { at: 'PUT /wiki/api/v2/footer-comments/{id}', happens });
  expect(await heardOf(confluence.updateComment(id, 2, '<p>Two.</p>'))).toBe('conflict');
  expect(await confluence.commentById(id)).toMatchObject({ version: 2, storage: '<p>Hers.</p>', authorId: ann });
});

test.each([
  ['a removed comment', 'DELETE /wiki/api/v2/footer-comments/{id}'],
  ['a page in the trash', 'DELETE /wiki/api/v2/pages/{id}'],
])('%s whose answer is lost is sent again and found done', async (_, at) => {
  await using site = await strickenSite();
  const { confluence, world, faults, stale } = site;
  const [page = ''] = stale;
  const { id } = await confluence.addComment(page, 'page', '<p>One.</p>');
  faults.strike(connectionLost, { at });
  const send = at.includes('pages') ? confluence.trashPage(page, 'page') : confluence.removeComment(id);
  expect(await heardOf(send)).toBe('done');
  expect(at.includes('pages') ? world.content(page).status : await confluence.commentById(id)).toBe(
    at.includes('pages') ? 'trashed' : null,
  );
  expect(site.asked().filter((template) => template === at)).toHaveLength(2);
});

test.each<[string, string, (site: Site, page: string) => Promise<unknown>]>([
  [
    'the comments of a page',
    'GET /wiki/api/v2/pages/{id}/footer-comments',
    ({ confluence }, page) => confluence.commentsOn(page, 'page'),
  ],
  ['the states of pages', 'GET /wiki/api/v2/pages', ({ confluence }, page) => confluence.pageStates([page], 'page')],
])('of %s none is left out because it cannot be read', async (_, at, read) => {
  await using site = await strickenSite();
  const [page = ''] = site.stale;
  await site.confluence.addComment(page, 'page', '<p>One.</p>');
  site.faults.strike(badItem, { at });
  expect(await heardOf(read(site, page))).toBe('response-invalid');
});

test('a restored page whose answer is lost is a conflict of unknown outcome when it is sent again, and restored once', async () => {
  await using site = await strickenSite();
  const { confluence, world, faults, stale } = site;
  const [page = ''] = stale;
  const versions = world.versionsOf(page).length;
  await confluence.trashPage(page, 'page');
  faults.strike(connectionLost, { at: 'PUT /wiki/api/v2/pages/{id}' });
  expect(await heardOf(confluence.restorePage(page, { parentId: null, message: '' }))).toBe('conflict, unknown');
  expect((await confluence.pageStates([page], 'page')).get(page)).toMatchObject({
    status: 'current',
    version: versions + 1,
  });
});
