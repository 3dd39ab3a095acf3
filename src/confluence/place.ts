import { AuditError } from '../domain/errors.ts';

/** Where the requests of one tenant go: its own host, or its part of Atlassian's gateway. */
export interface Place {
  readonly through: 'site' | 'gateway';
  readonly origin: string;
  /** What stands before `/wiki`. */
  readonly prefix: string;
  readonly siteOrigin: string;
  readonly apiOrigin: string;
  /** Null at the site's own host, where nobody asked for it. */
  readonly cloudId: string | null;
}

export const API_BASE = 'https://api.atlassian.com';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const GATEWAY = '/ex/confluence/';

/** The id of a site as Atlassian writes it. */
export const isCloudId = (text: string): boolean => UUID.test(text);

/** The tenant's own host. */
export const atSite = (siteOrigin: string, apiOrigin: string = API_BASE): Place => ({
  through: 'site',
  origin: siteOrigin,
  prefix: '',
  siteOrigin,
  apiOrigin,
  cloudId: null,
});

/** The tenant's part of the gateway: https://developer.atlassian.com/cloud/confluence/oauth-2-3lo-apps/ */
export const atGateway = (siteOrigin: string, apiOrigin: string, cloudId: string): Place => ({
  through: 'gateway',
  origin: apiOrigin,
  prefix: `${GATEWAY}${cloudId}`,
  siteOrigin,
  apiOrigin,
  cloudId,
});

/** The address of one request. Throws `foreign-origin` where it would leave the place. */
export function addressIn({ origin, prefix }: Place, pathAndQuery: string): URL {
  const url = new URL(prefix + pathAndQuery, origin);
  if (url.origin === origin && url.pathname.startsWith(`${prefix}/`)) return url;
  throw new AuditError('foreign-origin', 'A request left the address of its tenant.');
}

/**
 * True for an address that the tenant itself may name: anything on its host, or below its part of the gateway, whichever
 * of the two is called. Called at its host, the cloud id is not known, so any is taken there: of a link only the cursor is used.
 */
export function isOwn(place: Place, url: URL): boolean {
  if (url.origin === place.siteOrigin) return true;
  if (url.origin !== place.apiOrigin || !url.pathname.startsWith(GATEWAY)) return false;
  const [named = ''] = url.pathname.slice(GATEWAY.length).split('/');
  return place.cloudId === null ? isCloudId(named) : named === place.cloudId;
}

/** True for a link without a host of its own that does not name somebody's part of the gateway. */
export const isRelative = (place: Place, link: string, url: URL): boolean =>
  !URL.canParse(link) && url.origin === place.origin && !url.pathname.startsWith(GATEWAY);
