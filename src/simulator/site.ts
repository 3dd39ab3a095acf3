import { stableUuid } from './world/identifiers.ts';
import type { SimResponse } from './api/answers.ts';
import { createFaults, type FaultSwitches } from './faults.ts';
import { accountIdOf, type Door, whoIs } from './identity.ts';
import { createBucket } from './rate-limit.ts';
import { routesAt } from './route-table.ts';
import { handle, type SimRequest } from './routes.ts';
import type { World } from './world.ts';

interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** `GET /wiki/api/v2/pages/{id}`; the path itself where no route fits. */
  readonly template: string;
  readonly status: number;
  readonly at: string;
  /** Null where the request was not let in as somebody. */
  readonly account: string | null;
  readonly door: Door;
}

/** A request that the official spec does not know. */
interface Refusal {
  readonly method: string;
  readonly path: string;
  readonly why: string;
}

export interface SimulatedSite {
  readonly id: string;
  readonly url: string;
  readonly world: World;
  readonly refused: Refusal[];
  readonly requests: SeenRequest[];
  readonly faults: FaultSwitches;
}

export interface SiteOptions {
  readonly world: World;
  readonly now: () => Date;
  readonly url: string;
  /** Hears every request in full with what was answered. */
  readonly onExchange?: ((request: SimRequest, response: SimResponse) => void) | undefined;
}

/** A site without a socket: answers requests in process, keeps a record of them, and can be made to fail. */
export function createSite({ world, now, url, onExchange }: SiteOptions) {
  const { switches, strike } = createFaults();
  const takeToken = createBucket();
  const site: SimulatedSite = { id: world.id, url, world, refused: [], requests: [], faults: switches };

  const overQuota = (at: Date): SimResponse | null => switches.quota?.counter.refuse(switches.quota, at) ?? null;

  const traceHeaders = (at: Date): Record<string, string> => {
    const requestId = stableUuid(world.id, 'request', String(site.requests.length));
    const traceId = requestId.replaceAll('-', '');
    return {
      server: 'AtlassianEdge',
      vary: 'Accept-Encoding',
      date: at.toUTCString(),
      'x-confluence-request-time': String(at.getTime()),
      'x-trace-id': traceId,
      'atl-traceid': traceId,
      'atl-request-id': requestId,
    };
  };

  const respond = (request: SimRequest, door: Door = 'site'): SimResponse => {
    const { method, target, headers } = request;
    const at = now();
    const [path = '', query = ''] = target.split('?', 2);
    const route = routesAt(path).find((match) => match.route.method === method)?.route;
    const template = route === undefined ? `${method} ${path}` : `${method} ${route.template}`;
    const refuse = (why: string): void => void site.refused.push({ method, path, why });
    const real = (): SimResponse => handle(world, request, { now: at, door, origin: url, refuse });
    const rate = takeToken(switches.rateLimit, template, at);
    const answered = rate.refused ?? overQuota(at) ?? strike(template, { request, world, now: at, real });
    const { quota } = switches;
    const told = quota === null || answered.status === 429 ? {} : quota.counter.count(quota, answered, at);
    const made = { ...answered, headers: { ...answered.headers, ...rate.headers, ...told } };
    const account = accountIdOf(whoIs(world, headers['authorization'], { door, now: at }));
    const response = { ...made, headers: { ...traceHeaders(at), ...made.headers } };
    site.requests.push({ method, path, query, template, status: made.status, at: at.toISOString(), account, door });
    onExchange?.(request, response);
    return response;
  };
  return { site, respond };
}
