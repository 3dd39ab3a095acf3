/** How a tenant's requests are signed, with the secrets already resolved. Lives in memory only; never logged or stored. */
export type Credential =
  | { readonly type: 'basic' | 'scoped'; readonly email: string; readonly token: string }
  | { readonly type: 'bearer'; readonly token: string }
  /** The token is asked for before each request, because it lives for an hour only. */
  | { readonly type: 'oauth' | 'client-credentials'; readonly accessToken: () => Promise<string> };

export type CredentialType = Credential['type'];

/** Only an API token without scopes is accepted by a site's own host; every other kind goes through Atlassian's gateway. */
export const goesThroughGateway = (type: CredentialType): boolean => type !== 'basic';
