/**
 * What the walk stores of a site. Ids are strings as on the wire (attachments carry their `att` prefix), instants are
 * ISO 8601 in UTC with the precision that Confluence gave.
 */

export interface Space {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** `global`, `personal`, `collaboration`, … : an open set. */
  readonly type: string;
  readonly status: string;
  readonly homepageId: string | null;
  readonly ownerId: string | null;
}

export interface Version {
  readonly number: number;
  readonly createdAt: string;
  readonly authorId: string | null;
  readonly minorEdit: boolean;
}

/** What is audited: the kinds of content that have a text. */
export type ContentType = 'page' | 'blogpost';

/** A page or blog post; live docs are pages. */
export interface Page {
  readonly id: string;
  readonly spaceId: string;
  readonly contentType: ContentType;
  readonly status: string;
  /** `live` for live docs; null for ordinary pages, where the wire has no such key. */
  readonly subtype: string | null;
  readonly title: string;
  readonly parentId: string | null;
  /** `page`, `folder`, `whiteboard`, `database`, `embed` or null at the root of a space. */
  readonly parentType: string | null;
  readonly authorId: string | null;
  readonly ownerId: string | null;
  readonly createdAt: string;
  readonly version: Version;
  /** Relative to the site's `/wiki`, as in `_links.webui`; null where the answer has none. */
  readonly webui: string | null;
  /** Storage format; present only where the request asked for it, never stored. */
  readonly body?: string;
}

/** A node of the page tree that has a title, a place and restrictions, but no text. */
export interface Folder {
  readonly id: string;
  readonly title: string;
  readonly parentId: string | null;
  readonly parentType: string | null;
}

export interface Attachment {
  readonly id: string;
  /** The page or blog post that holds it. */
  readonly pageId: string;
  readonly title: string;
  readonly mediaType: string;
  /** Bytes; null where the answer has none. */
  readonly fileSize: number | null;
  readonly status: string;
  readonly version: Version;
}

/** A comment on a passage of a page. */
export interface InlineComment {
  readonly id: string;
  /** `open`, `reopened`, `resolved`, `dangling`, … : an open set. */
  readonly resolution: string;
  readonly createdAt: string;
}

/** Who may read (or update) one node by its own list. Two empty lists mean: inherits. */
export interface ReaderList {
  readonly users: readonly string[];
  /** Group ids. */
  readonly groups: readonly string[];
}

export interface Label {
  readonly prefix: string;
  readonly name: string;
}

/** What v1 alone can tell of a page, read in bulk by content/search or page by page. */
export interface LabelsAndRestrictions {
  readonly pageId: string;
  readonly labels: readonly Label[];
  readonly read: ReaderList;
  readonly update: ReaderList;
  /** True where a list in the answer ended at its cap, so it may be short. */
  readonly truncated: boolean;
}

export interface Account {
  readonly id: string;
  readonly displayName: string;
  /** `atlassian`, `app`, `customer`, … : an open set. */
  readonly type: string;
  /** `active`, `inactive`, `closed`, `unknown`. */
  readonly status: string;
}

export interface Group {
  readonly id: string;
  readonly name: string;
}

/** A remark on a page or blog post. */
export interface Comment {
  readonly id: string;
  /** The page or blog post that it stands on. */
  readonly pageId: string;
  /** `inline` comments are tied to a passage of the text. */
  readonly kind: 'inline' | 'footer';
  /** The comment that this one replies to. */
  readonly parentId: string | null;
  readonly status: string;
  /** `open`, `reopened`, `resolved`, or `dangling` where the passage is gone: an open set; null where the answer has none. */
  readonly resolution: string | null;
  /** When the resolution last changed; null where it never did. */
  readonly resolvedAt: string | null;
  /** Newest version: its author is the commenter unless somebody else edited the comment. */
  readonly version: Version;
}

/** A checkbox of a page or blog post; the text is not read. */
export interface Task {
  readonly id: string;
  /** The page or blog post that holds it. */
  readonly pageId: string;
  readonly spaceId: string;
  /** `complete` or `incomplete`. */
  readonly status: string;
  readonly createdBy: string | null;
  readonly assignedTo: string | null;
  readonly createdAt: string;
  readonly dueAt: string | null;
  readonly completedAt: string | null;
}

/** One thing that one principal may do in a space. */
export interface SpacePermission {
  readonly id: string;
  readonly principal: {
    /** `user`, `group`, `role`, `access-class`, … : an open set. */
    readonly type: string;
    /** An account or group id; of an access class a name such as `ALL_LICENSED_USERS`. */
    readonly id: string;
  };
  /** `read`, `create`, `update`, `administer`, … : an open set. */
  readonly operation: string;
  /** What it is done to: `space`, `page`, `comment`, … : an open set. */
  readonly target: string;
}

/** Who may view a space, by its permissions. */
export interface SpaceReaders {
  /** Classes of accounts, such as `ALL_LICENSED_USERS`: an open set. */
  readonly classes: readonly string[];
  /** Group ids. */
  readonly groups: readonly string[];
}
