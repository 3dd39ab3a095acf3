import { parseCql } from '../cql.ts';
import { showV1Content } from '../wire/v1-content.ts';
import { type Content, newestVersion } from '../world/model.ts';
import { answer, type SimResponse, v1Error } from './answers.ts';
import { type Call, number, type Route, text } from './route.ts';
import { found, foundFiles } from './v1-search.ts';

/** A hit of the site's search: the content, and what the list of hits shows of it. */
const showHit = (call: Call, content: Content) => ({
  content: showV1Content(call, content, new Set()),
  title: content.title,
  excerpt: '',
  url: `/spaces/${call.world.spaces.get(content.spaceId)?.key ?? ''}/pages/${content.id}`,
  breadcrumbs: [],
  entityType: 'content',
  iconCssClass: 'aui-icon content-type-page',
  lastModified: newestVersion(content).createdAt,
  friendlyLastModified: newestVersion(content).createdAt.slice(0, 10),
  score: 0,
});

function search(call: Call): SimResponse {
  const cql = text(call, 'cql') ?? '';
  const parsed = parseCql(cql);
  if (!parsed.ok) {
    call.refuse(`CQL: ${parsed.message}`);
    return v1Error(400, parsed.message);
  }
  const contents = found(call, parsed.query);
  const limit = number(call, 'limit');
  const shown = contents.slice(0, limit).map((content) => showHit(call, content));
  return answer(200, {
    results: shown,
    start: 0,
    limit,
    size: shown.length,
    totalSize: contents.length + foundFiles(call, parsed.query),
    cqlQuery: cql,
    searchDuration: 12,
    _links: {
      base: call.base,
      context: '/wiki',
      self: `${call.base}/rest/api/search?${call.url.searchParams.toString()}`,
    },
  });
}

/** The site's search, as far as it tells how much there is: https://developer.atlassian.com/cloud/confluence/rest/v1/api-group-search/ */
export const countRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/rest/api/search',
    // Longer lists of hits, which go on at a cursor, are not simulated.
    query: { cql: { kind: 'text', required: true }, limit: { kind: 'number', min: 0, max: 25, default: 25 } },
    handle: search,
  },
];
