/** How a tenant's requests are signed, with the secrets already resolved. Lives in memory only; never logged or stored. */
export type Credential =
  | { readonly type: 'basic'; readonly email: string; readonly token: string }
  | { readonly type: 'scoped'; readonly email: string; readonly token: string }
  | { readonly type: 'bearer'; readonly token: string }
  | { readonly type: 'oauth'; readonly app: string }
  | { readonly type: 'client-credentials'; readonly app: string };

export type CredentialType = Credential['type'];
