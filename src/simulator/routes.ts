import { type SimResponse, v1Error, v1Refused, v2BadParameter, v2Error } from './api/answers.ts';
import type { Call, Route } from './api/route.ts';
import { checkBody, checkQuery } from './api/strict.ts';
import { refuseEntry } from './doorkeeper.ts';
import { type Door, whoIs } from './identity.ts';
import { routesAt } from './route-table.ts';
import type { World } from './world.ts';

export interface SimRequest {
  readonly method: string;
  /** Path and query as on the request line. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

export interface RequestContext {
  readonly now: Date;
  readonly door: Door;
  /** Scheme, host and port of the site. */
  readonly origin: string;
  /** Hears of requests that no client of the real API should make. */
  refuse(why: string): void;
}

const isV2 = (pathname: string): boolean => pathname.startsWith('/wiki/api/v2/');

function wrong(pathname: string, status: number, why: string): SimResponse {
  if (!isV2(pathname)) return v1Error(status, why);
  return status === 400 ? v2BadParameter(why) : v2Error(status, status === 404 ? 'NOT_FOUND' : 'INVALID_REQUEST', why);
}

/** v2 hides itself from people who did not sign in; v1 forbids. */
function unknownCaller(route: Route): SimResponse {
  if (isV2(route.template)) return v2Error(404, 'NOT_FOUND', 'Not Found');
  const current = route.template.endsWith('/user/current');
  return v1Refused(current ? 'caller cannot access Confluence' : 'Current user not permitted to use Confluence');
}

/** Answers one request as the simulated site does. Nothing here waits, reads a clock or touches a socket. */
export function handle(world: World, request: SimRequest, context: RequestContext): SimResponse {
  const url = new URL(request.target, context.origin);
  const { pathname } = url;
  const refuse = (status: number, why: string): SimResponse => {
    context.refuse(why);
    return wrong(pathname, status, why);
  };
  const matches = routesAt(pathname);
  if (matches.length === 0) return refuse(404, `${pathname} is no path that this site knows`);
  const match = matches.find(({ route }) => route.method === request.method);
  if (match === undefined) return refuse(405, `${request.method} is not allowed on ${pathname}`);
  const { route, path } = match;
  const authorization = request.headers['authorization'];
  const { now, door } = context;
  const refused = refuseEntry(world, authorization, { route, door, now });
  if (refused !== null) return refused;
  const caller = whoIs(world, authorization, { door, now });
  if (caller.kind === 'stranger' && route.open !== true) return unknownCaller(route);

  const badSegment = Object.entries(route.path ?? {}).find(([name, pattern]) => !pattern.test(path[name] ?? ''));
  if (badSegment !== undefined) return refuse(400, `'${path[badSegment[0]]}' is not a value of '${badSegment[0]}'`);
  const query = checkQuery(route, url.searchParams);
  if (!query.ok) return refuse(400, query.why);
  const body = checkBody(route, request.headers['content-type'], request.body);
  if (!body.ok) return refuse(body.status, body.why);

  const call: Call = {
    world,
    who: caller.kind === 'stranger' ? { kind: 'anonymous' } : caller,
    query: query.query,
    path,
    body: body.body,
    url,
    now: context.now,
    base: `${context.origin}/wiki`,
    refuse: (why) => context.refuse(why),
  };
  return route.handle(call);
}
