import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { argv } from 'node:process';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { send } from '../../../src/simulator/send.ts';
import { createSite } from '../../../src/simulator/site.ts';
import { createWorld } from '../../../src/simulator/world.ts';
import { auditorOf } from '../../auditor.ts';
import { bodyOf, type Cast, fileRow, filesOf, hitRow, isLabelled, PER_SPACE, pageOf, pageRow } from './canned-rows.ts';

/**
 * A process of its own that answers long lists from memory, compressed before anybody asks, so that it takes next to none of the two cores;
 * everything else is asked of a simulated site with the same spaces and people and no content. `node canned-site.ts PAGES BODY_BYTES`
 * sends its address to its parent and ends with it.
 */
const [pages = 0, bodyLength = 0] = argv.slice(2).map(Number);
const LIST = 250;
const SEARCH = 200;

const server = createServer();
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/wiki`;

const startedAt = Date.now();
const world = createWorld({ id: 'canned' });
auditorOf(world);
const people = Array.from({ length: 20 }, (_, index) => world.addAccount({ displayName: `Person ${index}` }).accountId);
world.addGroup({ name: 'sre-oncall', members: people });
const spaces = Array.from({ length: Math.ceil(pages / PER_SPACE) }, (_, index) => {
  const key = `S${index}`;
  return { id: world.addSpace({ key, name: key, by: people[0] ?? '', at: new Date(startedAt - 8e10) }).id, key };
});
const cast: Cast = { people, spaces, base, startedAt };
const placeOf = new Map(spaces.flatMap(({ id, key }, place) => [[id, place] as const, [key, place] as const]));
const { respond } = createSite({ world, now: () => new Date(), url: new URL(base).origin });

const packed = (rows: readonly unknown[], more: object = {}): Buffer =>
  gzipSync(JSON.stringify({ results: rows, ...more }), { level: 1 });
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n);
const inParts = (total: number, size: number, row: (n: number) => unknown): Buffer[] =>
  numbers(0, Math.ceil(total / size)).map((part) =>
    packed(numbers(part * size, Math.min(total, (part + 1) * size)).map(row), { _links: { base } }),
  );
/** A list and the same list from its other end, in the same parts. */
const bothWays = (total: number, row: (n: number) => unknown): Readonly<Record<'up' | 'down', readonly Buffer[]>> => {
  const parts = Math.ceil(total / LIST);
  const down = numbers(0, parts).map((part) =>
    packed(
      numbers(part * LIST, Math.min(total, (part + 1) * LIST))
        .toReversed()
        .map(row),
      { _links: { base } },
    ),
  );
  return { up: inParts(total, LIST, row), down };
};

const files = filesOf(pages);
const pageLists = bothWays(pages, (page) => pageRow(cast, page, null));
const fileLists = bothWays(files, (file) => fileRow(cast, file));
const labelled = numbers(0, pages).filter(isLabelled);
/** Filled when a rule wants the labels of every page. */
let hitLists: readonly Buffer[] | null = null;

/** The lists of these spaces, one after the other. */
const listsOf = (wanted: readonly string[], lists: readonly Buffer[], size: number): readonly Buffer[] =>
  wanted
    .flatMap((name) => placeOf.get(name) ?? [])
    .toSorted((a, b) => a - b)
    .flatMap((place) => lists.slice((place * PER_SPACE) / size, ((place + 1) * PER_SPACE) / size));

type Part = { readonly bytes: Buffer; readonly next: number | null };
const partOf = (lists: readonly Buffer[], cursor: string | null): Part => {
  const at = Number(cursor ?? 0);
  return { bytes: lists[at] ?? packed([]), next: at + 1 < lists.length ? at + 1 : null };
};

function search(cql: string, cursor: string | null): Part {
  const named = (field: string): string[] =>
    [...(new RegExp(String.raw`\b${field} in \(([^)]*)\)`).exec(cql)?.[1] ?? '').matchAll(/[\w-]+/g)].map(
      ([name]) => name,
    );
  const ids = named('id');
  if (ids.length > 0) return { bytes: packed(ids.map((id) => hitRow(cast, pageOf(id)))), next: null };
  if (/\blabel in/.test(cql)) {
    const at = Number(cursor ?? 0);
    const shown = labelled.slice(at, at + SEARCH);
    return {
      bytes: packed(shown.map((page) => hitRow(cast, page))),
      next: at + SEARCH < labelled.length ? at + SEARCH : null,
    };
  }
  hitLists ??= inParts(pages, SEARCH, (page) => hitRow(cast, page));
  return partOf(listsOf(named('space'), hitLists, SEARCH), cursor);
}

/** What is answered from memory; null is asked of the simulated site. */
function canned({ pathname, searchParams: asked }: URL): Part | null {
  const cursor = asked.get('cursor');
  const ids = asked.get('id')?.split(',');
  if (pathname === '/wiki/api/v2/pages' && ids !== undefined) {
    const withBody = asked.has('body-format');
    const rows = ids.map((id) => pageRow(cast, pageOf(id), withBody ? bodyOf(pageOf(id), bodyLength) : null));
    return { bytes: packed(rows), next: null };
  }
  const isDown = asked.get('sort')?.startsWith('-') === true;
  const inOrder = (lists: readonly Buffer[]): Part => partOf(isDown ? lists.toReversed() : lists, cursor);
  const way = isDown ? 'down' : 'up';
  if (pathname === '/wiki/api/v2/pages')
    return inOrder(listsOf((asked.get('space-id') ?? '').split(','), pageLists[way], LIST));
  const alone = /^\/wiki\/api\/v2\/spaces\/(\d+)\/pages$/.exec(pathname)?.[1];
  if (alone !== undefined) return inOrder(listsOf([alone], pageLists[way], LIST));
  if (pathname === '/wiki/api/v2/attachments') return inOrder(fileLists[way]);
  if (pathname === '/wiki/rest/api/search')
    return {
      bytes: packed([], { totalSize: /type = attachment/.test(asked.get('cql') ?? '') ? files : pages }),
      next: null,
    };
  if (pathname === '/wiki/rest/api/content/search') return search(asked.get('cql') ?? '', cursor);
  return null;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method = 'GET', url = '/' } = incoming;
  const target = new URL(url, base);
  const part = method === 'GET' ? canned(target) : null;
  if (part !== null) {
    target.searchParams.set('cursor', String(part.next));
    const link = part.next === null ? {} : { link: `<${target.pathname}${target.search}>; rel="next"` };
    const about = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': part.bytes.length,
    };
    outgoing.writeHead(200, { ...about, ...link }).end(part.bytes);
    return;
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  await send(outgoing, respond({ method, target: url, headers, body: await text(incoming) }), true);
}

server.on('request', (incoming, outgoing) => {
  answer(incoming, outgoing).catch((error: unknown) => void outgoing.writeHead(500).end(String(error)));
});
process.on('disconnect', () => process.exit());
process.send?.(new URL(base).origin);
