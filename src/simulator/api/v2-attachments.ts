import { showAttachment } from '../wire/v2-content.ts';
import { readable } from '../world/lookup.ts';
import type { Attachment } from '../world/model.ts';
import { attachmentStatus } from '../world/visibility.ts';
import { type SimResponse, v2NotFound } from './answers.ts';
import { keysetPage } from './keyset.ts';
import { type Call, limit, list, type Param, type Route, text } from './route.ts';

// The spec knows no sort by id; it is what an unsorted list comes in.
const KEYS = {
  id: (file: Attachment) => Number(file.id.slice('att'.length)),
  'created-date': (file: Attachment) => file.createdAt,
  'modified-date': (file: Attachment) => file.createdAt,
};

const QUERY: Readonly<Record<string, Param>> = {
  sort: { kind: 'choice', of: ['created-date', '-created-date', 'modified-date', '-modified-date'] },
  status: { kind: 'list', of: ['current', 'archived', 'trashed'] },
  mediaType: { kind: 'text' },
  filename: { kind: 'text' },
  cursor: { kind: 'cursor' },
  limit: limit(50, 250),
};

function listAttachments(call: Call, within: (file: Attachment) => boolean): SimResponse {
  const statuses = list(call, 'status') ?? ['current', 'archived'];
  const rows = [...call.world.attachments.values()].filter(
    (file) =>
      within(file) &&
      statuses.includes(attachmentStatus(call.world, file)) &&
      (text(call, 'mediaType') ?? file.mediaType) === file.mediaType &&
      (text(call, 'filename') ?? file.title) === file.title &&
      readable(call.world, call.who, file.containerId) !== null,
  );
  return keysetPage(call, rows, { keys: KEYS, byDefault: 'id' }, (file) => showAttachment(call.world, file));
}

/** Attachments: https://developer.atlassian.com/cloud/confluence/rest/v2/api-group-attachment/ */
export const attachmentRoutes: readonly Route[] = [
  {
    method: 'GET',
    template: '/wiki/api/v2/attachments',
    query: QUERY,
    handle: (call) => listAttachments(call, () => true),
  },
  {
    method: 'GET',
    template: '/wiki/api/v2/pages/{id}/attachments',
    path: { id: /^\d+$/ },
    query: QUERY,
    handle: (call) => {
      const id = call.path['id'] ?? '';
      if (readable(call.world, call.who, id)?.type !== 'page') return v2NotFound('page', id);
      return listAttachments(call, (file) => file.containerId === id);
    },
  },
];
