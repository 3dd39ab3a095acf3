/** What the simulated site is made of. Ids are strings as on the wire; instants are ISO 8601 in UTC. */

export interface Account {
  readonly accountId: string;
  displayName: string;
  email: string;
  accountType: 'atlassian' | 'app' | 'customer';
  accountStatus: 'active' | 'inactive' | 'closed';
  /** Has the global permission "Confluence Administrator". */
  admin: boolean;
  guest: boolean;
  timeZone: string;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly members: Set<string>;
  /** False for a group that exists in the organisation but gives no access to Confluence. */
  siteAccess: boolean;
}

interface Credential {
  readonly email: string;
  readonly token: string;
  readonly accountId: string;
  revoked: boolean;
}

/** A token that only the gateway accepts. With an e-mail address it signs as Basic, without one as Bearer. */
export interface GatewayToken {
  readonly token: string;
  readonly email: string | null;
  readonly accountId: string;
  scopes: readonly string[];
  /** ISO 8601; null for one that outlives the simulation. */
  readonly expiresAt: string | null;
  revoked: boolean;
}

/** Who holds a space permission. `everyone` means each licensed account, as Confluence's "all users" class does. */
export interface Access {
  readonly everyone: boolean;
  readonly anonymous: boolean;
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export interface Space {
  readonly id: string;
  readonly key: string;
  name: string;
  type: 'global' | 'personal' | 'collaboration' | 'knowledge_base';
  status: 'current' | 'archived' | 'trashed';
  readonly authorId: string;
  ownerId: string;
  readonly createdAt: string;
  homepageId: string | null;
  description: string;
  readers: Access;
  editors: Access;
}

export interface Version {
  readonly number: number;
  readonly createdAt: string;
  readonly authorId: string;
  readonly minorEdit: boolean;
  readonly message: string;
  readonly title: string;
  readonly body: string;
}

export interface LabelOn {
  readonly prefix: string;
  readonly name: string;
  readonly by: string;
  readonly at: string;
}

export interface PropertyOn extends Pick<LabelOn, 'by' | 'at'> {
  readonly id: string;
  readonly version: number;
  readonly value: unknown;
}

/** One restriction list. Two empty lists mean that the node adds nothing to what it inherits. */
export interface Readers {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

export interface Content {
  readonly id: string;
  readonly type: 'page' | 'blogpost' | 'folder';
  spaceId: string;
  status: 'current' | 'archived' | 'trashed' | 'draft';
  readonly subtype: 'live' | null;
  title: string;
  parentId: string | null;
  position: number | null;
  readonly authorId: string;
  ownerId: string;
  lastOwnerId: string | null;
  readonly createdAt: string;
  /** Oldest first; never empty. */
  readonly versions: Version[];
  /** Keyed by `prefix:name`. */
  readonly labels: Map<string, LabelOn>;
  /** Content properties by key. */
  readonly properties: Map<string, PropertyOn>;
  /** The status that somebody gave it, as "Verified"; null where nobody did. */
  state: { readonly id: number; readonly name: string; readonly color: string; readonly at: string } | null;
  read: Readers;
  update: Readers;
  /** Accounts that cannot see this one node, for a reason that no restriction list shows. */
  readonly hiddenFrom: Set<string>;
}

export interface Attachment {
  readonly id: string;
  readonly containerId: string;
  readonly title: string;
  readonly mediaType: string;
  readonly fileSize: number;
  readonly fileId: string;
  readonly authorId: string;
  readonly createdAt: string;
  readonly comment: string;
  status: 'current' | 'trashed';
}

export interface Comment {
  readonly id: string;
  readonly kind: 'inline' | 'footer';
  /** The page or blog post. */
  readonly containerId: string;
  /** The comment that it replies to. */
  readonly parentId: string | null;
  readonly authorId: string;
  readonly createdAt: string;
  /** The passage that an inline comment is tied to. */
  readonly selection: string | null;
  body: string;
  edits: number;
  editedAt: string;
  editedBy: string;
  resolution: 'open' | 'reopened' | 'resolved' | 'dangling';
  /** Who changed the resolution last, and when; null where nobody did. */
  settled: { readonly by: string; readonly at: string } | null;
}

/** A job of the site; its pages are archived when it ends. */
export interface ArchiveJob {
  readonly id: string;
  readonly pageIds: readonly string[];
  readonly startedAt: string;
  looksLeft: number;
  /** Null while it is at work. */
  ended: { readonly archived: number; readonly messages: readonly string[] } | null;
}

export interface WorldOptions {
  edition: 'free' | 'standard' | 'premium';
  /** How often a job that archives pages is met at work, by whoever asks for it or for another one, before it has ended. */
  archiveLooks: number;
  /** Without a valid credential the site answers 200 with its public content instead of refusing. */
  anonymousAccess: boolean;
  /** Pages and labels younger than this are not yet in the search index and the label reads. */
  searchLagMs: number;
  /** The most rows that one page of a content search holds: bare, with any expansion, with a body. */
  searchCaps: { plain: number; expanded: number; body: number };
}

/** The data of a site, without the verbs that change it. */
export interface WorldState {
  readonly id: string;
  readonly cloudId: string;
  readonly options: WorldOptions;
  readonly accounts: Map<string, Account>;
  readonly groups: Map<string, Group>;
  readonly credentials: Map<string, Credential>;
  /** By the token itself. */
  readonly gatewayTokens: Map<string, GatewayToken>;
  readonly spaces: Map<string, Space>;
  readonly contents: Map<string, Content>;
  readonly attachments: Map<string, Attachment>;
  readonly comments: Map<string, Comment>;
  readonly archiveJobs: Map<string, ArchiveJob>;
  /** Label ids by `prefix:name`; an id outlives the last content that carried the label. */
  readonly labelIds: Map<string, string>;
  nextId(): string;
}

/** The version that readers see now. */
export function newestVersion(content: Content): Version {
  const version = content.versions.at(-1);
  if (version === undefined) throw new Error(`content ${content.id} has no version`);
  return version;
}
