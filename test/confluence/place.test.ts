import { describe, expect, it } from 'vitest';
import { addressIn, atGateway, atSite } from '../../src/confluence/place.ts';
import { cursorOf, pathOf, queryOf } from '../../src/confluence/urls.ts';

const SITE = 'https://acme.atlassian.net';
const API = 'https://api.atlassian.com';
const ID = '11111111-2222-4333-8444-555555555555';
const OTHER = '99999999-2222-4333-8444-555555555555';
const PLACES = { site: atSite(SITE), gateway: atGateway(SITE, API, ID) };
const PATHS = { v1: '/wiki/rest/api/content/search', v2: '/wiki/api/v2/spaces/{id}/pages' };

describe('an address', () => {
  it.each([
    ['site', 'v1', `${SITE}/wiki/rest/api/content/search?limit=2`],
    ['site', 'v2', `${SITE}/wiki/api/v2/spaces/7/pages?limit=2`],
    ['gateway', 'v1', `${API}/ex/confluence/${ID}/wiki/rest/api/content/search?limit=2`],
    ['gateway', 'v2', `${API}/ex/confluence/${ID}/wiki/api/v2/spaces/7/pages?limit=2`],
  ] as const)('at the %s, of %s', (place, api, expected) => {
    const pathAndQuery = pathOf(PATHS[api], { id: '7' }) + queryOf({ limit: 2 });
    expect(addressIn(PLACES[place], pathAndQuery).href).toBe(expected);
  });

  it.each([
    ['site', '//evil.example/wiki'],
    ['gateway', '/../../../ex/confluence/other/wiki'],
    ['gateway', '/../../oauth/token'],
  ] as const)('does not leave the %s by %s', (place, path) => {
    expect(() => addressIn(PLACES[place], path)).toThrow(expect.objectContaining({ code: 'foreign-origin' }));
  });
});

describe('the cursor is taken out of each form of a link', () => {
  const FORMS = {
    'relative, v2': '/wiki/api/v2/pages?limit=1&cursor=abc',
    'relative, v1 without /wiki': '/rest/api/content/search?next=true&cursor=abc&limit=1',
    'absolute at the site, v2': `${SITE}/wiki/api/v2/pages?cursor=abc`,
    'absolute at the site, v1': `${SITE}/rest/api/content/search?cursor=abc`,
    'absolute at the gateway, v2': `${API}/ex/confluence/${ID}/wiki/api/v2/pages?cursor=abc`,
    'absolute at the gateway, v1': `${API}/ex/confluence/${ID}/rest/api/content/search?cursor=abc`,
    'relative, with the prefix of the gateway': `/ex/confluence/${ID}/wiki/api/v2/pages?cursor=abc`,
  };
  const all = Object.entries(FORMS).flatMap(([form, link]) => [
    ['site', form, link] as const,
    ['gateway', form, link] as const,
  ]);
  it.each(all)('called at the %s: %s', (place, _, link) => {
    expect(cursorOf(link, PLACES[place])).toBe('abc');
  });
});

describe('a link to anybody else is refused', () => {
  it.each([
    ['gateway', 'another tenant at the gateway', `${API}/ex/confluence/${OTHER}/wiki/api/v2/pages?cursor=abc`],
    ['gateway', 'another tenant, relative', `/ex/confluence/${OTHER}/wiki/api/v2/pages?cursor=abc`],
    ['gateway', 'another product', `${API}/ex/jira/${ID}/rest/api/3/search?cursor=abc`],
    ['gateway', 'the gateway without a tenant', `${API}/wiki/api/v2/pages?cursor=abc`],
    ['gateway', 'a longer id', `${API}/ex/confluence/${ID}0/wiki/api/v2/pages?cursor=abc`],
    ['gateway', 'another site', 'https://globex.atlassian.net/wiki/api/v2/pages?cursor=abc'],
    ['gateway', 'a host without scheme', '//evil.example/wiki?cursor=abc'],
    ['gateway', 'a host behind backslashes', '/\\\\evil.example/wiki?cursor=abc'],
    ['site', 'the API host outside the gateway', `${API}/oauth/token?cursor=abc`],
    ['site', 'no id at the gateway', `${API}/ex/confluence/../wiki?cursor=abc`],
    ['site', 'another site', 'https://globex.atlassian.net/wiki/api/v2/pages?cursor=abc'],
    ['site', 'the gateway without encryption', `http://api.atlassian.com/ex/confluence/${ID}/wiki?cursor=abc`],
  ] as const)('called at the %s: %s', (place, _, link) => {
    expect(() => cursorOf(link, PLACES[place])).toThrow(expect.objectContaining({ code: 'foreign-origin' }));
  });
});
