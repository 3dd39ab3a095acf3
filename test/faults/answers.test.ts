import { describe, expect, it } from 'vitest';
import cutShort from '../../src/simulator/faults/cut-short.ts';
import connectionLost from '../../src/simulator/faults/connection-lost.ts';
import forbidden from '../../src/simulator/faults/forbidden.ts';
import proxyLogin from '../../src/simulator/faults/proxy-login.ts';
import serverError from '../../src/simulator/faults/server-error.ts';
import wrongShape from '../../src/simulator/faults/wrong-shape.ts';
import { strickenSite } from './stricken-site.ts';

const SPACES = 'GET /wiki/api/v2/spaces';
const RESTRICTIONS = 'GET /wiki/rest/api/content/{id}/restriction/byOperation';
const ADD = 'POST /wiki/rest/api/content/{id}/label';

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

describe('a read is repeated, and what came of the first answer is dropped, where', () => {
  it.each(['json', 'length', 'gzip'] as const)('the answer is cut short: %s', async (where) => {
    await using site = await strickenSite();
    site.faults.strike(cutShort, { at: SPACES, where });
    expect((await site.confluence.spaces({})).items).toHaveLength(2);
    expect(site.asked()).toEqual([SPACES, SPACES]);
  });

  it.each(['before-work', 'after-work', 'mid-body'] as const)('the connection is reset: %s', async (when) => {
    await using site = await strickenSite();
    await site.confluence.spaces({});
    site.faults.strike(connectionLost, { at: SPACES, when, times: 3 });
    expect((await site.confluence.spaces({})).items).toHaveLength(2);
    expect(site.asked()).toHaveLength(1 + 4);
  });

  it.each([500, 502, 503, 504])('the site fails with %i: three times more, with growing waits', async (status) => {
    await using site = await strickenSite();
    site.faults.strike(serverError, { at: SPACES, status, times: 3 });
    expect((await site.confluence.spaces({})).items).toHaveLength(2);
    expect(site.asked()).toHaveLength(4);
    expect(total(site.clock.sleeps)).toBeGreaterThanOrEqual(1_500);
  });

  it('the site fails and says for how long: the whole of it is waited', async () => {
    await using site = await strickenSite();
    site.faults.strike(serverError, { at: SPACES, retryAfter: '45' });
    await site.confluence.spaces({});
    expect(total(site.clock.sleeps)).toBeGreaterThanOrEqual(45_000);
  });

  it.each([
    ['of v1', { statusCode: 500, message: 'Something went wrong.' }],
    ['of v2', { errors: [{ status: 500, code: 'INTERNAL_SERVER_ERROR', title: 'Oops' }] }],
  ])('an error %s comes as a success', async (_, body) => {
    await using site = await strickenSite();
    site.faults.strike(wrongShape, { at: SPACES, body });
    expect((await site.confluence.spaces({})).items).toHaveLength(2);
    expect(site.asked()).toEqual([SPACES, SPACES]);
  });

  it('something in front of Confluence refuses it: once more, and never again', async () => {
    await using site = await strickenSite();
    site.faults.strike(forbidden, { at: SPACES, by: 'gateway' });
    expect((await site.confluence.spaces({})).items).toHaveLength(2);
    site.faults.strike(forbidden, { at: SPACES, by: 'gateway', times: 9 });
    await expect(site.confluence.spaces({})).rejects.toMatchObject({ code: 'forbidden', fields: { attempts: 2 } });
  });
});

describe('a read is not repeated where', () => {
  it.each([[{ results: null }], [{ results: {} }], [{ items: [] }], [[]]])(
    'the answer is whole and of another shape: %j',
    async (body) => {
      await using site = await strickenSite();
      site.faults.strike(wrongShape, { at: SPACES, body });
      await expect(site.confluence.spaces({})).rejects.toMatchObject({ code: 'response-invalid' });
      expect(site.asked()).toEqual([SPACES]);
    },
  );

  it('Confluence itself says that a permission is missing: one request a page', async () => {
    await using site = await strickenSite();
    site.faults.strike(forbidden, { at: RESTRICTIONS, times: 9 });
    for (const id of site.stale) {
      await expect(site.confluence.restrictionsOf(id)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(site.asked()).toEqual([RESTRICTIONS, RESTRICTIONS]);
    expect(site.clock.sleeps.filter((ms) => ms >= 500)).toEqual([]);
  });

  it('a proxy wants to be signed in to, and the reason says so', async () => {
    await using site = await strickenSite();
    site.faults.strike(proxyLogin, { at: SPACES });
    await expect(site.confluence.spaces({})).rejects.toMatchObject({
      code: 'site-unreachable',
      message: expect.stringMatching(/a proxy on the way wants to be signed in to \(status 407\)/) as unknown,
    });
    expect(site.asked()).toEqual([SPACES]);
  });
});

it('a label write that a gateway refuses is sent once more, for it was surely not carried out', async () => {
  await using site = await strickenSite();
  site.faults.strike(forbidden, { at: ADD, by: 'gateway' });
  const [page = ''] = site.stale;
  expect(await site.confluence.addLabel(page, 'docaudit-stale')).toHaveLength(1);
  expect(site.asked()).toEqual([ADD, ADD]);
});
