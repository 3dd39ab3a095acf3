import { answer, type SimResponse } from './api/answers.ts';
import { type AuthorizationServer, createAuthorizationServer } from './authorization-server.ts';
import type { Door } from './identity.ts';
import type { SimRequest } from './routes.ts';
import { serve, type Served } from './server.ts';
import type { World } from './world.ts';

/** A site as the gateway reaches it. */
export interface GatewaySite {
  readonly url: string;
  readonly world: World;
  respond(request: SimRequest, door: Door): SimResponse;
}

export interface Atlassian extends AuthorizationServer {
  /** Both the API host and the authorization server. */
  readonly url: string;
}

const PREFIX = /^\/ex\/confluence\/([^/]+)(\/.*)$/;

/** Atlassian's own hosts in one: the gateway in front of the sites, and the authorization server. */
function createAtlassian(given: {
  readonly sites: readonly GatewaySite[];
  readonly now: () => Date;
  readonly url: string;
}): { readonly atlassian: Atlassian; readonly respond: (request: SimRequest) => SimResponse } {
  const { server, respond: authorize } = createAuthorizationServer(given);
  const respond = (request: SimRequest): SimResponse => {
    const [, cloudId, target] = PREFIX.exec(request.target) ?? [];
    if (cloudId === undefined || target === undefined) return authorize(request);
    const site = given.sites.find(({ world }) => world.cloudId === cloudId);
    return site?.respond({ ...request, target }, 'gateway') ?? answer(404, { code: 404, message: 'Not Found' });
  };
  return { atlassian: { ...server, url: given.url }, respond };
}

/** The same on a port of the loopback interface. */
export const startAtlassian = (given: {
  readonly sites: readonly GatewaySite[];
  readonly now: () => Date;
}): Promise<Served<Atlassian>> =>
  serve(undefined, (url) => {
    const { atlassian, respond } = createAtlassian({ ...given, url });
    return { served: atlassian, respond };
  });
