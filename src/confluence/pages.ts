import { z } from 'zod';
import type { ContentType, Page, Version } from '../domain/inventory.ts';
import { ROWS } from '../domain/list-sizes.ts';
import { ENDPOINTS } from './endpoints.ts';
import { atMost, NOTHING, readList, type ListPage } from './list.ts';
import { fieldsOf, orAbsent, plainId, plainInstant, plainText, plainTitle, plainVersion } from './plain.ts';
import type { Ask } from './request.ts';
import { orNull, wireId, wireInstant, wireText, wireTitle, wireVersion } from './wire.ts';

const wireContent = (contentType: ContentType) =>
  z
    .looseObject({
      id: wireId,
      spaceId: wireId,
      status: wireText,
      subtype: orNull(wireText),
      title: wireTitle,
      parentId: orNull(wireId),
      parentType: orNull(wireText),
      authorId: orNull(wireText),
      ownerId: orNull(wireText),
      createdAt: wireInstant,
      version: wireVersion,
      // Without `body-format` a row carries an empty object here.
      body: z.looseObject({ storage: z.looseObject({ value: wireText }).nullish() }).nullish(),
      _links: z.looseObject({ webui: orNull(wireText) }).nullish(),
    })
    .transform(({ body, _links, ...row }): Page => {
      const { id, spaceId, status, subtype, title, parentId, parentType, authorId, ownerId, createdAt, version } = row;
      return {
        id,
        spaceId,
        contentType,
        status,
        subtype,
        title,
        parentId,
        parentType,
        authorId,
        ownerId,
        createdAt,
        version,
        webui: _links?.webui ?? null,
        ...(body?.storage ? { body: body.storage.value } : {}),
      };
    });

/** A row as nearly all rows of a list are. */
const plainContent =
  (contentType: ContentType) =>
  (raw: unknown): Page | null => {
    const row = fieldsOf(raw);
    if (row === null) return null;
    const version = plainVersion(row['version']);
    const id = plainId(row['id']);
    const spaceId = plainId(row['spaceId']);
    const status = plainText(row['status']);
    const title = plainTitle(row['title']);
    const createdAt = plainInstant(row['createdAt']);
    if (version === null || id === null || spaceId === null || status === null || title === null || createdAt === null)
      return null;
    const subtype = orAbsent(row['subtype'], plainText);
    const parentId = orAbsent(row['parentId'], plainId);
    const parentType = orAbsent(row['parentType'], plainText);
    const authorId = orAbsent(row['authorId'], plainText);
    const ownerId = orAbsent(row['ownerId'], plainText);
    const webui = orAbsent(fieldsOf(row['_links'])?.['webui'], plainText);
    if (subtype === undefined || parentId === undefined || parentType === undefined) return null;
    if (authorId === undefined || ownerId === undefined || webui === undefined) return null;
    const body = plainBody(row['body']);
    if (body === undefined || (row['_links'] !== undefined && fieldsOf(row['_links']) === null)) return null;
    const about = { id, spaceId, contentType, status, subtype, title, parentId, parentType };
    return { ...about, authorId, ownerId, createdAt, version, webui, ...(body === null ? {} : { body }) };
  };

/** Null where there is none, undefined where the schema has to look. */
function plainBody(raw: unknown): string | null | undefined {
  if (raw === undefined) return null;
  const storage = fieldsOf(raw)?.['storage'];
  if (storage === undefined) return fieldsOf(raw) === null ? undefined : null;
  return plainText(fieldsOf(storage)?.['value']) ?? undefined;
}

const plainPage = plainContent('page');
const plainBlogPost = plainContent('blogpost');
const wirePage = wireContent('page');
const wireBlogPost = wireContent('blogpost');

/** Current pages of one space. A space that is gone or invisible is `not-found`, not an empty list. */
export async function listPagesInSpace(
  ask: Ask,
  { spaceId, cursor, limit, order }: Omit<InSpaces, 'spaceIds' | 'statuses'> & { readonly spaceId: string },
): Promise<ListPage<Page>> {
  const query = { status: 'current', sort: SORTS[order ?? 'id'], limit: limit ?? ROWS.list, cursor };
  return readList(await ask({ endpoint: ENDPOINTS.pagesInSpace, path: { id: spaceId }, query }), wirePage, plainPage);
}

/** Ordered by id an edit during the walk moves no page across the cursor; what is edited then moves to the front of `newest-first`. */
const SORTS = { id: 'id', backwards: '-id', 'newest-first': '-modified-date' } as const;

export interface InSpaces {
  readonly spaceIds: readonly string[];
  /** Current ones by default. */
  readonly statuses?: readonly string[] | undefined;
  readonly cursor?: string | null;
  /** By id unless this says otherwise. */
  readonly order?: keyof typeof SORTS | undefined;
  readonly limit?: number | undefined;
}

/** Pages of up to 100 spaces in one walk. A space that is invisible adds nothing and is not noticed. */
export async function listPagesInSpaces(ask: Ask, q: InSpaces): Promise<ListPage<Page>> {
  if (q.spaceIds.length === 0) return NOTHING;
  return readList(await ask({ endpoint: ENDPOINTS.pages, query: inSpaces(q) }), wirePage, plainPage);
}

const inSpaces = ({ spaceIds, statuses, cursor, order, limit }: InSpaces) => ({
  'space-id': atMost(100, spaceIds),
  status: statuses ?? ['current'],
  sort: SORTS[order ?? 'id'],
  limit: limit ?? ROWS.list,
  cursor,
});

/** Current blog posts of up to 100 spaces in one walk; they have neither an owner nor a place in the tree. */
export async function listBlogPostsInSpaces(
  ask: Ask,
  q: InSpaces & { readonly withBody?: boolean },
): Promise<ListPage<Page>> {
  if (q.spaceIds.length === 0) return NOTHING;
  const query = { ...inSpaces(q), 'body-format': q.withBody === true ? 'storage' : null };
  return readList(await ask({ endpoint: ENDPOINTS.blogPosts, query }), wireBlogPost, plainBlogPost);
}

export interface ById {
  readonly ids: readonly string[];
  readonly withBody: boolean;
  /** A blog post cannot be archived, and asking for it is refused. */
  readonly statuses?: readonly string[];
  /** `page` by default. */
  readonly contentType?: ContentType;
  readonly cursor?: string | null;
}

/** Up to 250 pages or blog posts by id, of every living status unless `statuses` says otherwise; ids not seen are simply absent. */
export async function listPagesById(ask: Ask, q: ById): Promise<ListPage<Page>> {
  if (q.ids.length === 0) return NOTHING;
  const [endpoint, row] =
    q.contentType === 'blogpost' ? [ENDPOINTS.blogPosts, wireBlogPost] : [ENDPOINTS.pages, wirePage];
  const query = {
    id: atMost(ROWS.list, q.ids),
    status: q.statuses,
    'body-format': q.withBody ? 'storage' : null,
    sort: 'id',
    limit: ROWS.list,
    cursor: q.cursor,
  };
  return readList(await ask({ endpoint, query }), row);
}

/** Versions of a page or blog post, newest first, 50 at a time (more is not given where bodies are asked for). */
export async function listVersions(
  ask: Ask,
  { pageId, contentType, cursor }: { pageId: string; contentType?: ContentType; cursor?: string | null },
): Promise<ListPage<Version>> {
  const query = { sort: '-modified-date', limit: 50, cursor };
  const endpoint = contentType === 'blogpost' ? ENDPOINTS.versionsOfPost : ENDPOINTS.versions;
  return readList(await ask({ endpoint, path: { id: pageId }, query }), wireVersion);
}
