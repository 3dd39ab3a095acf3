import { describe, expect, it } from 'vitest';
import { atSite } from '../../src/confluence/place.ts';
import { cursorOf, nextInLinkHeader, pathOf, queryOf, siteOrigin } from '../../src/confluence/urls.ts';

const ORIGIN = 'https://acme.atlassian.net';
const coded = (code: string) => expect.objectContaining({ code });

describe('siteOrigin', () => {
  it.each([
    ['https://acme.atlassian.net', ORIGIN],
    ['https://acme.atlassian.net/', ORIGIN],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://localhost:8080', 'http://localhost:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %s', (site, origin) => {
    expect(siteOrigin(site).origin).toBe(origin);
  });

  it.each([
    'http://acme.atlassian.net',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'https://acme.atlassian.net/wiki',
    'https://user:pass@acme.atlassian.net',
    'https://acme.atlassian.net?x=1',
    'ftp://acme.atlassian.net',
    'file:///etc/passwd',
    'acme.atlassian.net',
    '',
  ])('refuses %s', (site) => {
    expect(() => siteOrigin(site)).toThrow(coded('config-invalid'));
  });
});

describe('cursorOf', () => {
  it.each([
    ['v2, with /wiki in front', '/wiki/api/v2/pages?limit=250&cursor=eyJpZCI6IjEifQ%3D%3D', 'eyJpZCI6IjEifQ=='],
    [
      'v1, without /wiki',
      '/rest/api/content/search?next=true&cursor=_f_MQ%3D%3D_sa_W10%3D&limit=25',
      '_f_MQ==_sa_W10=',
    ],
    ['not the last parameter, not encoded', '/wiki/api/v2/x?cursor=abc=&depth=all', 'abc='],
    ['with a plus that base64 put there', '/wiki/api/v2/x?cursor=a+b/c=', 'a+b/c='],
    ['decoded once only', '/wiki/api/v2/x?cursor=a%252Bb', 'a%2Bb'],
    ['absolute, on the own host', `${ORIGIN}/wiki/api/v2/x?cursor=abc`, 'abc'],
  ])('reads the cursor of a link: %s', (_, next, cursor) => {
    expect(cursorOf(next, atSite(ORIGIN))).toBe(cursor);
  });

  it.each([
    ['another host', 'https://evil.example/wiki/api/v2/pages?cursor=abc'],
    ['a host without scheme', '//evil.example/wiki?cursor=abc'],
    ['another port', `${ORIGIN}:8443/wiki?cursor=abc`],
    ['another scheme', 'http://acme.atlassian.net/wiki?cursor=abc'],
    ['a script', 'javascript:alert(1)?cursor=abc'],
  ])('refuses a link to %s', (_, next) => {
    expect(() => cursorOf(next, atSite(ORIGIN))).toThrow(coded('foreign-origin'));
  });

  it.each(['/wiki/api/v2/pages?limit=250', '/wiki/api/v2/pages?cursor=', '/wiki?cursor=%E0%A4%A', 'http://['])(
    'refuses a link without a readable cursor: %s',
    (next) => {
      expect(() => cursorOf(next, atSite(ORIGIN))).toThrow(coded('response-invalid'));
    },
  );
});

it.each([
  [
    '</wiki/api/v2/spaces?cursor=x>; rel="next", <https://acme.atlassian.net/wiki>; rel="base"',
    '/wiki/api/v2/spaces?cursor=x',
  ],
  [
    '<https://acme.atlassian.net/wiki>; rel="base", </wiki/api/v2/spaces?cursor=x>; rel=next',
    '/wiki/api/v2/spaces?cursor=x',
  ],
  ['<https://acme.atlassian.net/wiki>; rel="base"', null],
  ['<https://developer.atlassian.com/x>; rel="deprecation", <https://acme.atlassian.net/wiki>; rel="base"', null],
  [null, null],
])('finds rel=next in the Link header %s', (header, expected) => {
  expect(nextInLinkHeader(header)).toBe(expected);
});

it('fills templates with content ids only', () => {
  expect(pathOf('/wiki/api/v2/pages/{id}/labels', { id: '123' })).toBe('/wiki/api/v2/pages/123/labels');
  for (const id of ['', '1/../../admin', '..', '1?x=1', '%2e%2e', 'att1', '12345678901234567890']) {
    expect(() => pathOf('/wiki/api/v2/pages/{id}/labels', { id })).toThrow(coded('request-refused'));
  }
});

it('encodes values, joins lists with commas and leaves absent ones out', () => {
  expect(queryOf({ keys: ['A&B', '~71'], limit: 250, cursor: null, sort: undefined })).toBe(
    '?keys=A%26B,~71&limit=250',
  );
  expect(queryOf()).toBe('');
});
