import { type Attachment, type Content, newestVersion, type Version, type WorldState } from '../world/model.ts';
import { attachmentStatus } from '../world/visibility.ts';

/** Half a surrogate pair is no text that an address could hold. */
const inAddress = (text: string): string => encodeURIComponent(text.toWellFormed());
const slug = (title: string): string => inAddress(title).replaceAll('%20', '+');

/** The short link: the id in little-endian bytes as URL-safe base64, trailing zeros dropped. */
export function tinyUi(id: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(id));
  return `/x/${bytes.toString('base64url').replace(/A+$/, '')}`;
}

/** Relative to `/wiki`. */
function webUi(world: WorldState, content: Content): string {
  const space = world.spaces.get(content.spaceId);
  const root = `/spaces/${space?.key ?? ''}`;
  if (space?.homepageId === content.id) return `${root}/overview`;
  if (content.type === 'folder') return `${root}/folder/${content.id}`;
  if (content.type === 'page') return `${root}/pages/${content.id}/${slug(content.title)}`;
  const day = content.createdAt.slice(0, 10).replaceAll('-', '/');
  return `${root}/blog/${day}/${content.id}/${slug(content.title)}`;
}

export function contentLinks(world: WorldState, content: Content): Record<string, string> {
  const webui = webUi(world, content);
  const key = world.spaces.get(content.spaceId)?.key ?? '';
  const kind = content.type === 'blogpost' ? 'blog' : 'pages';
  return {
    editui: content.subtype === 'live' ? webui : `/pages/resumedraft.action?draftId=${content.id}`,
    webui,
    edituiv2: content.subtype === 'live' ? webui : `/spaces/${key}/${kind}/edit-v2/${content.id}`,
    tinyui: tinyUi(content.id),
  };
}

const showVersion = (version: Version) => ({
  number: version.number,
  message: version.message,
  minorEdit: version.minorEdit,
  authorId: version.authorId,
  createdAt: version.createdAt,
});

const showBody = (body: string, wanted: boolean): object =>
  wanted ? { storage: { representation: 'storage', value: body } } : {};

/** A page or blog post; `body` is an empty object where the request names no format. */
export function showContent(world: WorldState, content: Content, withBody: boolean): Record<string, unknown> {
  const version = newestVersion(content);
  const shared = {
    id: content.id,
    status: content.status,
    title: content.title,
    spaceId: content.spaceId,
    authorId: content.authorId,
    createdAt: content.createdAt,
    version: { ...showVersion(version), ncsStepVersion: version.number > 1 ? String(version.number) : null },
    body: showBody(version.body, withBody),
    _links: contentLinks(world, content),
  };
  if (content.type === 'blogpost') return shared;
  return {
    ...shared,
    parentId: content.parentId,
    parentType: content.parentId === null ? null : (world.contents.get(content.parentId)?.type ?? null),
    position: content.position,
    ownerId: content.ownerId,
    lastOwnerId: content.lastOwnerId,
    // Ordinary pages have no such key at all.
    ...(content.subtype === null ? {} : { subtype: content.subtype }),
  };
}

/** A folder has no body, and its `createdAt` is a number of milliseconds. */
export function showFolder(world: WorldState, folder: Content): Record<string, unknown> {
  return {
    id: folder.id,
    type: 'folder',
    status: folder.status,
    title: folder.title,
    spaceId: folder.spaceId,
    parentId: folder.parentId,
    parentType: folder.parentId === null ? null : (world.contents.get(folder.parentId)?.type ?? null),
    position: folder.position,
    authorId: folder.authorId,
    ownerId: folder.ownerId,
    createdAt: Date.parse(folder.createdAt),
    version: showVersion(newestVersion(folder)),
    _links: { webui: webUi(world, folder) },
  };
}

export const showContentVersion = (content: Content, version: Version, withBody: boolean): object => ({
  ...showVersion(version),
  [content.type]: { body: showBody(version.body, withBody), title: version.title, id: content.id },
});

export function showAttachment(world: WorldState, file: Attachment): object {
  const container = world.contents.get(file.containerId);
  const owner = container?.type === 'blogpost' ? { blogPostId: file.containerId } : { pageId: file.containerId };
  const name = inAddress(file.title);
  const bare = file.id.replace(/^att/, '');
  const preview = inAddress(`/${file.containerId}/${bare}/${file.title}`);
  const webuiLink = `/pages/viewpageattachments.action?pageId=${file.containerId}&preview=${preview}`;
  const stamp = Date.parse(file.createdAt);
  const downloadLink = `/download/attachments/${file.containerId}/${name}?version=1&modificationDate=${stamp}&cacheVersion=1&api=v2`;
  return {
    id: file.id,
    status: attachmentStatus(world, file),
    title: file.title,
    createdAt: file.createdAt,
    ...owner,
    mediaType: file.mediaType,
    mediaTypeDescription: null,
    comment: file.comment,
    fileId: file.fileId,
    fileSize: file.fileSize,
    webuiLink,
    downloadLink,
    version: { number: 1, message: '', minorEdit: false, authorId: file.authorId, createdAt: file.createdAt },
    _links: { download: downloadLink, webui: webuiLink },
  };
}
