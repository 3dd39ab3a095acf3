import type { Credential, CredentialType } from '../domain/credential.ts';
import { AuditError } from '../domain/errors.ts';

/** Gives the function that signs one request. The secret stays inside the closure. */
export function createAuthorize(credential: Credential): () => Promise<string> {
  switch (credential.type) {
    case 'basic': {
      // RFC 7617: the credentials are UTF-8 before base64.
      const value = `Basic ${Buffer.from(`${credential.email}:${credential.token}`, 'utf8').toString('base64')}`;
      return async () => value;
    }
    case 'scoped':
    case 'bearer':
    case 'oauth':
    case 'client-credentials':
      throw notYet(credential.type);
    default:
      return credential satisfies never;
  }
}

const notYet = (type: CredentialType): AuditError =>
  new AuditError(
    'not-yet',
    `Credentials of type "${type}" go through Atlassian's gateway, which is not supported yet.`,
  );
