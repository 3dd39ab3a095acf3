import { describe, expect, it } from 'vitest';
import { paginate } from '../../src/confluence/paginate.ts';
import oddNext from '../../src/simulator/faults/odd-next.ts';
import redirected from '../../src/simulator/faults/redirected.ts';
import { json, startScripted } from '../confluence/scripted-server.ts';
import { nightShiftOnServer } from '../night-shift.ts';
import { shelf } from '../audit/shelf.ts';
import { strickenSite } from './stricken-site.ts';

const SPACES = 'GET /wiki/api/v2/spaces';
const PAGES = 'GET /wiki/api/v2/pages';
const LIST = { results: [], _links: {} };

const elsewhere = () => startScripted((_, response) => json(response, 200, LIST));

describe('a redirect is not followed:', () => {
  it.each([
    ['to another host', 302, '/wiki', 'redirect-refused'],
    ['to another host for good', 308, '/wiki', 'redirect-refused'],
    ['to a login page', 302, '/login', 'login-page'],
  ])('%s', async (_, status, path, code) => {
    await using other = await elsewhere();
    await using site = await strickenSite();
    site.faults.strike(redirected, { status, location: `${other.site}${path}` });
    await expect(site.confluence.spaces({})).rejects.toMatchObject({ code });
    expect(other.received).toEqual([]);
    expect(site.asked()).toEqual([SPACES]);
  });

  it('not even to another path of the same site', async () => {
    await using site = await strickenSite();
    site.faults.strike(redirected, { location: `${site.site.url}/wiki/api/v2/pages` });
    await expect(site.confluence.spaces({})).rejects.toMatchObject({ code: 'redirect-refused' });
    expect(site.asked()).toEqual([SPACES]);
  });
});

describe('of the link to the next page only the cursor is used:', () => {
  it.each<readonly [string, (next: string, origin: string) => string]>([
    ['without /wiki', (next) => next.replace(/^\/wiki/, '')],
    ['with foreign parameters', (next) => `${next}&expand=everything&limit=1`],
    [
      'with its parameters in another order',
      (next) => next.replace(/\?(.*)$/, (_, query: string) => `?${turned(query)}`),
    ],
    ['with a cursor that is encoded in full', (next) => next.replace(/=(?=&|$)/g, '%3D')],
    ['absolute on its own host', (next, origin) => `${origin}${next}`],
    ['with a path of another operation', (next) => next.replace('/pages', '/labels')],
  ])('%s', async (_, rewrite) => {
    await using site = await strickenSite({}, { runbooks: 2, others: 520 });
    site.faults.strike(oddNext, { at: PAGES, times: 9, rewrite: (next) => rewrite(next, site.site.url) });
    const spaceIds = [...site.world.spaces.keys()];
    const ids: string[] = [];
    for await (const list of paginate((cursor) => site.confluence.pagesInSpaces({ spaceIds, cursor }))) {
      ids.push(...list.items.map((page) => page.id));
    }
    expect([ids.length, new Set(ids).size]).toEqual([523, 523]);
    expect(site.asked()).toEqual([PAGES, PAGES, PAGES]);
    expect(site.site.refused).toEqual([]);
  });
});

const turned = (query: string): string => query.split('&').toReversed().join('&');

describe('a link to the next page that leads away is refused without a request:', () => {
  it.each<readonly [string, (next: string, other: string) => string]>([
    ['to another host', (next, other) => `${other}${next}`],
    ['to another host without a scheme', (next, other) => `${other.replace('http:', '')}${next}`],
    ['to another port of the same machine', (next) => `http://127.0.0.1:1${next}`],
    ['to a user of its own host', (next, other) => `http://site@${new URL(other).host}${next}`],
  ])('%s', async (_, rewrite) => {
    await using other = await elsewhere();
    await using site = await strickenSite({}, { runbooks: 2, others: 250 });
    site.faults.strike(oddNext, { at: PAGES, rewrite: (next) => rewrite(next, other.site) });
    const spaceIds = [...site.world.spaces.keys()];
    await expect(site.confluence.pagesInSpaces({ spaceIds })).rejects.toMatchObject({ code: 'foreign-origin' });
    expect(other.received).toEqual([]);
    expect(site.asked()).toEqual([PAGES]);
  });
});

nightShiftOnServer('a whole night', (shift) => {
  it('whose list leads to another host is partial without a request there, loudly, and resolves nothing', async () => {
    await using other = await elsewhere();
    const { world } = shelf(shift.clock, { runbooks: 2, others: 260 });
    const tenant = await shift.tenant(world);
    await tenant.night({ mode: 'plan' });
    tenant.site.faults.strike(oddNext, { at: PAGES, rewrite: (next) => `${other.site}${next}` });
    const night = await tenant.night();
    expect(night).toMatchObject({ outcome: 'partial', reason: 'unexpected', findingsResolved: 0 });
    expect(night.detail).toMatch(/could not be listed to the end \(foreign-origin\)/);
    expect(other.received).toEqual([]);
    const events = shift.log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.filter(({ security }) => security === true)).toMatchObject([
      { level: 'error', code: 'foreign-origin', tenant: tenant.id },
    ]);
    expect(await tenant.night()).toMatchObject({ outcome: 'complete' });
  });
});
