import { answer, type SimResponse } from './api/answers.ts';
import type { Route } from './api/route.ts';
import { SCOPES } from './api/route-scopes.ts';
import { claimIn, type Door, gatewayTokenOf } from './identity.ts';
import type { WorldState } from './world/model.ts';

/** What a Tomcat in front of the site says to tokens that belong to the gateway. */
const TOMCAT: SimResponse = {
  status: 401,
  headers: { 'content-type': 'text/html;charset=utf-8' },
  body: '<!doctype html><html lang="en"><head><title>HTTP Status 401 – Unauthorized</title></head><body><h1>HTTP Status 401 – Unauthorized</h1></body></html>',
};
const UNAUTHORIZED = answer(401, { code: 401, message: 'Unauthorized' });
const NO_SCOPE = answer(401, { code: 401, message: 'Unauthorized; scope does not match' });

/** What is answered before Confluence itself sees a request; null where it may pass. */
export function refuseEntry(
  world: WorldState,
  authorization: string | undefined,
  { route, door, now }: { readonly route: Route; readonly door: Door; readonly now: Date },
): SimResponse | null {
  if (route.open === true) return null;
  const claim = claimIn(authorization);
  if (door === 'site') {
    const foreign = claim.kind === 'bearer' || (claim.kind === 'basic' && world.gatewayTokens.has(claim.secret));
    return foreign ? TOMCAT : null;
  }
  const token = gatewayTokenOf(world, claim, now);
  // A dead Basic token looks to Confluence like none at all; a dead Bearer token does not get so far.
  if (token === null) return claim.kind === 'bearer' ? UNAUTHORIZED : null;
  const ways = SCOPES[`${route.method} ${route.template}`] ?? [];
  const enough = ways.some((scopes) => scopes.every((scope) => token.scopes.includes(scope)));
  return enough ? null : NO_SCOPE;
}
