import { whoIs } from '../../../src/simulator/identity.ts';
import { answer, type SimResponse } from '../../../src/simulator/api/answers.ts';
import type { SimRequest } from '../../../src/simulator/routes.ts';
import type { SimulatedSite } from '../../../src/simulator/site.ts';
import { EXPANSIONS, type Expansion, showV1Content } from '../../../src/simulator/wire/v1-content.ts';
import { readable, readableContents } from '../../../src/simulator/world/lookup.ts';
import type { Content } from '../../../src/simulator/world/model.ts';
import type { Subject } from '../../../src/simulator/world/visibility.ts';

type Respond = (request: SimRequest) => SimResponse;

const SEARCH = '/wiki/rest/api/content/search';
const LIST = '/wiki/rest/api/content';
const ONE = /^\/wiki\/rest\/api\/content\/(\d+)$/;

/**
 * A site that still has two operations which the official spec of v1 no longer knows, and which published programs still ask for: one
 * content, and the contents of a space. Each counts at the limiter and in the record as the operation of v2 that took its place, and is
 * answered in the old shape. A search may have the parameter `status`, which is left away.
 */
export function withOldOperations(site: SimulatedSite, respond: Respond): Respond {
  const { world } = site;
  const base = `${site.url}/wiki`;

  return (request) => {
    const url = new URL(request.target, site.url);
    const asked = new Set(
      (url.searchParams.get('expand') ?? '').split(',').filter((name): name is Expansion => isExpansion(name)),
    );
    const now = new Date();
    const who = whoIs(world, request.headers['authorization'], { door: 'site', now });
    const instead = (target: string, body: (reader: Subject) => object): SimResponse => {
      const gate = respond({ ...request, target });
      return gate.status === 200 && who.kind !== 'stranger' ? { ...gate, body: answer(200, body(who)).body } : gate;
    };
    const show = (reader: Subject, content: Content) =>
      showV1Content({ world, who: reader, base, now }, content, asked);

    if (url.pathname === SEARCH && url.searchParams.has('status')) {
      url.searchParams.delete('status');
      return respond({ ...request, target: `${SEARCH}?${url.searchParams.toString()}` });
    }
    const id = ONE.exec(url.pathname)?.[1];
    if (id !== undefined)
      return instead(`/wiki/api/v2/pages/${id}`, (reader) => {
        const content = readable(world, reader, id);
        if (content === null) throw new Error(`${id} was let through and cannot be read`);
        const shown = show(reader, content) as { _links: object };
        return { ...shown, _links: { ...shown._links, base, context: '/wiki' } };
      });
    if (url.pathname === LIST && request.method === 'GET') {
      const space = world.space(url.searchParams.get('spaceKey') ?? '');
      const start = Number(url.searchParams.get('start') ?? 0);
      const limit = Number(url.searchParams.get('limit') ?? 25);
      return instead(`/wiki/api/v2/spaces/${space.id}/pages?limit=${limit}`, (reader) => {
        const results = readableContents(world, reader, 'page')
          .filter(({ spaceId, status }) => spaceId === space.id && status === 'current')
          .slice(start, start + limit)
          .map((content) => show(reader, content));
        return { results, start, limit, size: results.length, _links: { base, context: '/wiki' } };
      });
    }
    return respond(request);
  };
}

const isExpansion = (name: string): name is Expansion => EXPANSIONS.some((known) => known === name);
