import { asAuditError } from '../domain/errors.ts';
import { CallFailure } from './call-failure.ts';
import { type Endpoint, ENDPOINTS } from './endpoints.ts';
import type { Ask } from './request.ts';

/** An id that no object has; it fits into a number, as which some operations want it. */
const NOBODY = '9000000000000001';
const LABEL = 'docaudit-probe';
const BODY = { representation: 'storage', value: '' };
const VERSION = { number: 2 };
/** More pages than may be archived at once, none of which exists: documented as refused, while an unknown page has been seen to be a 500. */
const TOO_MANY = Array.from({ length: 301 }, (_, index) => ({ id: Number(NOBODY) + index }));

type Probe = Pick<Parameters<Ask>[0], 'query' | 'json'>;

/** What a request has to bring to get past the check of its shape; the others need nothing. */
const PROBES = new Map<Endpoint, Probe>([
  [ENDPOINTS.search, { query: { cql: `id = ${NOBODY}`, limit: 1 } }],
  [ENDPOINTS.countBySearch, { query: { cql: `id = ${NOBODY}`, limit: 1 } }],
  [ENDPOINTS.accounts, { json: { accountIds: [NOBODY] } }],
  [ENDPOINTS.permissionCheck, { json: { subject: { type: 'user', identifier: NOBODY }, operation: 'read' } }],
  [ENDPOINTS.addLabel, { json: [{ prefix: 'global', name: LABEL }] }],
  [ENDPOINTS.removeLabel, { query: { name: LABEL } }],
  [ENDPOINTS.addComment, { json: { pageId: NOBODY, body: BODY } }],
  [ENDPOINTS.updateComment, { json: { version: VERSION, body: BODY } }],
  [ENDPOINTS.addProperty, { json: { key: LABEL, value: true } }],
  [ENDPOINTS.updateProperty, { json: { key: LABEL, value: true, version: VERSION } }],
  [ENDPOINTS.archivePages, { json: { pages: TOO_MANY } }],
  [ENDPOINTS.restorePage, { json: { id: NOBODY, status: 'current', title: LABEL, body: BODY, version: VERSION } }],
]);

/**
 * Asks the gateway about one endpoint for each scope, always for an object that does not exist: 401 with a word about scopes
 * means that the token lacks it, any other refusal that it does not. Throws what says neither.
 */
export async function missingScopes(ask: Ask, endpoints: readonly Endpoint[]): Promise<readonly string[]> {
  const byScope = new Map(endpoints.toReversed().map((endpoint) => [endpoint.scope, endpoint]));
  const missing: string[] = [];
  for (const [scope, endpoint] of [...byScope].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    if (await lacks(ask, endpoint)) missing.push(scope);
  }
  return missing;
}

async function lacks(ask: Ask, endpoint: Endpoint): Promise<boolean> {
  try {
    await ask({
      endpoint,
      path: { id: NOBODY, propertyId: NOBODY, groupId: 'nobody', taskId: NOBODY },
      ...PROBES.get(endpoint),
    });
    return false;
  } catch (error) {
    if (asAuditError(error)?.code === 'scope-missing') return true;
    const status = error instanceof CallFailure ? error.status : null;
    if (status !== null && [400, 403, 404, 405, 409, 410].includes(status)) return false;
    throw error;
  }
}
