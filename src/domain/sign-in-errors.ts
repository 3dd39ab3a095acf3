import type { ErrorKind } from './errors.ts';

/** Everything that can be wrong with who we are to a site; a part of `ERRORS`. */
export const SIGN_IN_ERRORS = {
  'auth-invalid': {
    exit: 5,
    reason: 'auth-invalid',
    hint: 'Make a new API token for this account, check the e-mail address, and check that the account may use Confluence.',
  },
  'auth-anonymous': {
    exit: 5,
    reason: 'auth-anonymous',
    hint: 'The site answered as if nobody had signed in: the credential is not accepted. Make a new token.',
  },
  'auth-expired': {
    exit: 5,
    reason: 'auth-expired',
    hint: 'Make a new API token and write the day on which it ends into auth.expires.',
  },
  'token-missing': {
    exit: 5,
    reason: 'auth-invalid',
    hint: '`npm run tenants -- rotate ID` takes the token, tries it and stores it sealed.',
  },
  'reauth-needed': {
    exit: 5,
    reason: 'reauth-needed',
    hint: '`npm run tenants -- authorize ID` asks the customer for consent again; nothing is audited until then.',
  },
  'consent-refused': {
    exit: 5,
    reason: 'reauth-needed',
    hint: 'Begin again with `npm run tenants -- authorize ID`: each consent address is good for one answer.',
  },
  'app-refused': {
    exit: 5,
    reason: 'auth-invalid',
    hint: 'Check clientId, clientSecret and redirectUri of the app against what Atlassian shows for it.',
  },
  'report-refused': {
    exit: 5,
    reason: 'scope-missing',
    hint: 'Add the Personal data reporting API to the app in the developer console, then consent anew: `npm run tenants -- authorize ID`.',
  },
  'auth-server-unreachable': {
    exit: 5,
    reason: 'unreachable',
    hint: "Check that the worker reaches Atlassian's authorization server (auth.atlassian.com), then run again.",
    retryable: true,
  },
  'keys-missing': {
    exit: 2,
    reason: 'auth-invalid',
    hint: 'Set AUDIT_KEYS to `k1:` and 32 random bytes in base64 (`openssl rand -base64 32`), and keep it outside the database.',
  },
  'seal-broken': {
    exit: 5,
    reason: 'auth-invalid',
    hint: 'Put the key that sealed it back into AUDIT_KEYS; where it is lost, `npm run tenants -- rotate ID` takes a new token and `authorize ID` a new grant.',
  },
  'gateway-needed': {
    exit: 5,
    reason: 'auth-invalid',
    hint: "The site's own host does not take this token: if it was made with scopes, write `type: scoped` into auth.",
  },
  'ip-refused': {
    exit: 5,
    reason: 'forbidden',
    hint: "Add the worker's address to the IP allowlist of the organisation, or run it inside.",
  },
  'site-suspended': {
    exit: 5,
    reason: 'unreachable',
    hint: 'Open the site in a browser: it seems to be suspended or deactivated. Nothing was resolved.',
  },
  'login-page': {
    exit: 5,
    reason: 'auth-invalid',
    hint: 'The site answered with a web page instead of JSON: check the site address, single sign-on and the token.',
  },
  'site-changed': {
    exit: 5,
    reason: 'site-changed',
    hint: 'The site or the account behind the credential is another one than last time: confirm that this is meant, then give the tenant a new id.',
  },
  'scope-missing': { exit: 5, reason: 'scope-missing', hint: 'Make a token with the scope that the message names.' },
  'cloud-id-unknown': {
    exit: 5,
    reason: 'unreachable',
    hint: 'Check the site address: a site of Confluence Cloud tells its id at /_edge/tenant_info.',
    retryable: true,
  },
} as const satisfies Record<string, ErrorKind>;
