import { expect, it } from 'vitest';
import { classify } from '../../src/confluence/classify.ts';
import { parseJson } from '../../src/confluence/json.ts';

interface Given {
  readonly status: number;
  readonly api?: 'v1' | 'v2';
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Record<string, string>;
  readonly through?: 'site' | 'gateway';
}

function verdictOf({
  status,
  api = 'v2',
  body = '',
  contentType = 'application/json',
  headers = {},
  through = 'site',
}: Given) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const map = new Map(Object.entries(headers));
  return classify({ status, api, through, contentType, headers: map, body: text, json: parseJson(text) });
}

const v2 = (code: string, title: string, detail: string | null = null) => ({
  errors: [{ status: 0, code, title, detail }],
});
const HTML = '<!DOCTYPE html><html><body>Log in</body></html>';

it.each<[string, Given, string, boolean, boolean]>([
  ['v2 with a dead credential', { status: 404, body: v2('NOT_FOUND', 'Not Found') }, 'auth-invalid', false, true],
  [
    'v2 page that is missing',
    { status: 404, body: v2('NOT_FOUND', 'Cannot find a page with id [9]') },
    'not-found',
    false,
    false,
  ],
  ['the bare title from v1', { status: 404, api: 'v1', body: v2('NOT_FOUND', 'Not Found') }, 'not-found', false, false],
  [
    'v1 search with a dead credential',
    { status: 403, api: 'v1', body: { statusCode: 403, message: 'Current user not permitted to use Confluence' } },
    'auth-invalid',
    false,
    true,
  ],
  [
    'v1 user/current with a dead credential',
    { status: 403, api: 'v1', body: { message: 'caller cannot access Confluence' } },
    'auth-invalid',
    false,
    true,
  ],
  [
    'v1 without a permission',
    {
      status: 403,
      api: 'v1',
      body: { statusCode: 403, data: { errors: [] }, message: 'com.example.PermissionException: no' },
    },
    'forbidden',
    false,
    false,
  ],
  ['v2 without a permission', { status: 403, body: {} }, 'forbidden', false, false],
  ['403 that throttles', { status: 403, headers: { 'retry-after': '5' } }, 'rate-limited', true, false],
  [
    '403 of the login guard',
    { status: 403, headers: { 'x-seraph-loginreason': 'AUTHENTICATION_DENIED' } },
    'auth-invalid',
    false,
    false,
  ],
  [
    'the gateway without a scope',
    { status: 401, body: { code: 401, message: 'Unauthorized; scope does not match' } },
    'scope-missing',
    false,
    false,
  ],
  [
    'a token for the gateway at the site',
    { status: 401, body: HTML, contentType: 'text/html' },
    'gateway-needed',
    false,
    false,
  ],
  ['401 of the gateway', { status: 401, through: 'gateway', body: { code: 401 } }, 'auth-invalid', false, true],
  [
    '401 of the gateway with a web page',
    { status: 401, through: 'gateway', body: HTML, contentType: 'text/html' },
    'auth-invalid',
    false,
    true,
  ],
  [
    'an IP allowlist in JSON',
    { status: 403, body: { message: 'Your IP address is not on the allowlist' } },
    'ip-refused',
    false,
    false,
  ],
  [
    'an IP allowlist in plain words',
    { status: 403, api: 'v1', body: 'Access from this IP has been blocked by your admin', contentType: 'text/plain' },
    'ip-refused',
    false,
    false,
  ],
  [
    'a site that is switched off',
    { status: 503, body: '<html><h1>Your site has been deactivated</h1></html>', contentType: 'text/html' },
    'site-suspended',
    false,
    false,
  ],
  [
    'a site that is switched off, as missing',
    { status: 404, body: '<html>This subscription was cancelled</html>', contentType: 'text/html' },
    'site-suspended',
    false,
    false,
  ],
  [
    'a redirect to a page about a site that is switched off',
    { status: 302, headers: { location: 'https://www.atlassian.com/site-unavailable' } },
    'site-suspended',
    false,
    false,
  ],
  ['401 without a body', { status: 401 }, 'auth-invalid', false, false],
  [
    'a cursor that expired',
    { status: 400, body: v2('INVALID_REQUEST_PARAMETER', 'The cursor is of no use any more.') },
    'cursor-expired',
    false,
    false,
  ],
  [
    'a bad parameter',
    { status: 400, body: v2('INVALID_REQUEST_PARAMETER', 'The limit is too high') },
    'request-refused',
    false,
    false,
  ],
  [
    'a v1 batch that one ancestor fails',
    { status: 404, api: 'v1', body: { message: 'No content of this id' } },
    'not-found',
    false,
    false,
  ],
  ['a site that does not exist', { status: 404, body: HTML, contentType: 'text/html' }, 'login-page', true, false],
  ['a removed operation', { status: 410, body: {} }, 'request-refused', false, false],
  ['a conflict', { status: 409, api: 'v1', body: {} }, 'conflict', false, false],
  [
    '429 in any form',
    { status: 429, body: 'Too many requests', contentType: 'text/plain' },
    'rate-limited',
    true,
    false,
  ],
  ['500', { status: 500, body: {} }, 'server-error', true, false],
  ['503 as a web page', { status: 503, body: HTML, contentType: 'text/html' }, 'server-error', true, false],
  ['504', { status: 504 }, 'server-error', true, false],
  ['501', { status: 501 }, 'server-error', false, false],
  [
    'a redirect to the login',
    { status: 302, headers: { location: 'https://id.atlassian.com/login?continue=x' } },
    'login-page',
    false,
    false,
  ],
  [
    'a redirect to a login path',
    { status: 302, headers: { location: '/login.action?os_destination=x' } },
    'login-page',
    false,
    false,
  ],
  [
    'another redirect',
    { status: 301, headers: { location: 'https://elsewhere.example/wiki' } },
    'redirect-refused',
    false,
    false,
  ],
  ['a redirect without a target', { status: 302 }, 'redirect-refused', false, false],
  [
    '200 with a web page',
    { status: 200, body: HTML, contentType: 'text/html;charset=UTF-8' },
    'login-page',
    false,
    false,
  ],
  ['200 with a web page that calls itself JSON', { status: 200, body: HTML }, 'login-page', false, false],
  ['200 with JSON that is cut', { status: 200, body: '{"results":[' }, 'response-invalid', true, false],
  ['200 with a bare string', { status: 200, body: '"ok"' }, 'response-invalid', true, false],
  ['200 with nothing', { status: 200, body: '' }, 'response-invalid', true, false],
])('names %s', (_, given, code, retryable, doubtful) => {
  const verdict = verdictOf(given);
  expect(verdict).toMatchObject({ code, retryable });
  expect(verdict?.doubtful === true).toBe(doubtful);
});

it('finds nothing wrong with JSON', () => {
  expect(verdictOf({ status: 200, body: { results: [] } })).toBeNull();
  expect(verdictOf({ status: 200, body: [], contentType: 'application/json;charset=UTF-8' })).toBeNull();
});

it.each([null, 'text', [], [null], { errors: 'x' }, { errors: [null] }, { errors: [3] }, { message: { deep: 1 } }])(
  'survives the error body %j on every status',
  (body) => {
    for (const status of [400, 401, 403, 404, 409, 429, 500]) {
      for (const api of ['v1', 'v2'] as const) expect(verdictOf({ status, api, body })?.code).toBeTypeOf('string');
    }
  },
);

it('puts nothing out of a body into its message', () => {
  for (const status of [400, 401, 403, 404, 500]) {
    expect(verdictOf({ status, body: v2('X', 'SECRET cursor scope') })?.message).not.toContain('SECRET');
  }
});
