import { expect, it } from 'vitest';
import { createAuthorize } from '../../src/confluence/auth.ts';
import type { Credential } from '../../src/domain/credential.ts';

it('signs with e-mail and token, as UTF-8', async () => {
  const authorize = createAuthorize({ type: 'basic', email: 'bøt@acme.com', token: 'tök:en' });
  const value = await authorize();
  expect(Buffer.from(value.replace(/^Basic /, ''), 'base64').toString('utf8')).toBe('bøt@acme.com:tök:en');
});

it('signs a scoped token with its e-mail address too', async () => {
  const value = await createAuthorize({ type: 'scoped', email: 'bot@acme.com', token: 'scoped' })();
  expect(value).toBe(`Basic ${Buffer.from('bot@acme.com:scoped').toString('base64')}`);
});

it('signs with the key of a service account as it is', async () => {
  expect(await createAuthorize({ type: 'bearer', token: 'key' })()).toBe('Bearer key');
});

it.each<'oauth' | 'client-credentials'>(['oauth', 'client-credentials'])(
  'asks for the token of %s anew for each request, since it lives for an hour',
  async (type) => {
    let asked = 0;
    const authorize = createAuthorize({ type, accessToken: async () => `token-${(asked += 1)}` } satisfies Credential);
    expect([await authorize(), await authorize()]).toEqual(['Bearer token-1', 'Bearer token-2']);
  },
);
