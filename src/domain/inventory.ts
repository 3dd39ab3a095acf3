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

export interface Page {
  readonly id: string;
  readonly spaceId: string;
  readonly contentType: 'page' | 'blogpost';
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
