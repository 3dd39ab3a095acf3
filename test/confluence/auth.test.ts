import { expect, it } from 'vitest';
import { createAuthorize } from '../../src/confluence/auth.ts';
import type { Credential } from '../../src/domain/credential.ts';

it('signs with e-mail and token, as UTF-8', async () => {
  const authorize = createAuthorize({ type: 'basic', email: 'bøt@acme.com', token: 'tök:en' });
  const value = await authorize();
  expect(Buffer.from(value.replace(/^Basic /, ''), 'base64').toString('utf8')).toBe('bøt@acme.com:tök:en');
});

it.each<Credential>([
  { type: 'scoped', email: 'bot@acme.com', token: 'hidden' },
  { type: 'bearer', token: 'hidden' },
  { type: 'oauth', app: 'acme-app' },
  { type: 'client-credentials', app: 'acme-app' },
])('says that $type is not in this version, without the secret', (credential) => {
  expect(() => createAuthorize(credential)).toThrow(expect.objectContaining({ code: 'not-yet' }));
  expect(() => createAuthorize(credential)).not.toThrow(/hidden/);
});
