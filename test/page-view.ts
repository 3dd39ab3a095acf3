import type { BodyFacts } from '../src/domain/facts.ts';
import type { Account, Attachment, Label, Page, ReaderList, Version } from '../src/domain/inventory.ts';
import type { PageView, RestrictedNode } from '../src/domain/rule.ts';

/** The instant at which the tests of rules take place. */
export const NOW = new Date('2027-06-01T12:00:00.000Z');

export const daysAgo = (days: number): string => new Date(NOW.getTime() - days * 86_400_000).toISOString();

export const version = (partial: Partial<Version> = {}): Version => ({
  number: 1,
  createdAt: daysAgo(10),
  authorId: 'ada',
  minorEdit: false,
  ...partial,
});

export const page = (partial: Partial<Page> = {}): Page => ({
  id: '1001',
  spaceId: '77',
  contentType: 'page',
  status: 'current',
  subtype: null,
  title: 'Database failover runbook',
  parentId: null,
  parentType: null,
  authorId: 'ada',
  ownerId: 'ada',
  createdAt: daysAgo(400),
  version: version(),
  webui: '/spaces/OPS/pages/1001',
  ...partial,
});

export const facts = (partial: Partial<BodyFacts> = {}): BodyFacts => ({
  hash: '0'.repeat(64),
  words: 120,
  characters: 600,
  headings: [],
  titles: [],
  shows: false,
  ownerProperty: null,
  secrets: [],
  dates: [],
  tasks: [],
  markers: [],
  stepForms: [],
  attachments: [],
  foreignAttachments: [],
  links: [],
  anchors: [],
  macros: [],
  damaged: false,
  ...partial,
});

export const attachment = (title: string, partial: Partial<Attachment> = {}): Attachment => ({
  id: 'att1',
  pageId: '1001',
  title,
  mediaType: 'application/octet-stream',
  fileSize: 2_048,
  status: 'current',
  version: version(),
  ...partial,
});

export const account = (id: string, partial: Partial<Account> = {}): [string, Account] => [
  id,
  { id, displayName: `Name of ${id}`, type: 'atlassian', status: 'active', ...partial },
];

export const label = (name: string, prefix = 'global'): Label => ({ prefix, name });

export const readers = (groups: readonly string[], users: readonly string[] = []): ReaderList => ({ groups, users });

export const node = (pageId: string, read: ReaderList, update: ReaderList = readers([])): RestrictedNode => ({
  pageId,
  title: `Page ${pageId}`,
  read,
  update,
});

/** A runbook that every rule finds nothing in, with the given parts replaced. */
export const pageView = ({
  page: part,
  ...partial
}: Partial<Omit<PageView, 'page'>> & { page?: Partial<Page> } = {}): PageView => ({
  page: page(part),
  spaceKey: 'OPS',
  isRunbook: true,
  labels: [],
  attachments: [],
  facts: facts(),
  freshness: {
    known: true,
    at: daysAgo(10),
    because: 'human-edit',
    cause: 'Last edited by "Ada" on 2027-05-22 (version 1).',
  },
  restrictions: { chain: [], chainComplete: true, known: true },
  accounts: new Map([account('ada')]),
  spaceOwnerId: null,
  humanEditorId: null,
  comments: [],
  contributors: null,
  marks: null,
  spaceReaders: null,
  ...partial,
});
