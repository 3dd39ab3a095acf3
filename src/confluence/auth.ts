import type { Credential } from '../domain/credential.ts';

/** Gives the function that signs one request, for every kind of credential. The secret stays inside the closure. */
export function createAuthorize(credential: Credential): () => Promise<string> {
  switch (credential.type) {
    case 'basic':
    case 'scoped': {
      // RFC 7617: the credentials are UTF-8 before base64.
      const value = `Basic ${Buffer.from(`${credential.email}:${credential.token}`, 'utf8').toString('base64')}`;
      return async () => value;
    }
    case 'bearer':
      return async () => `Bearer ${credential.token}`;
    case 'oauth':
    case 'client-credentials':
      return async () => `Bearer ${await credential.accessToken()}`;
    default:
      return credential satisfies never;
  }
}
