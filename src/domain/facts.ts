import type { DateKind } from './date-words.ts';
import type { ProbeAnswer } from './probes.ts';

/** What one body says, drawn once per version; the body itself is never stored. */
export interface BodyFacts {
  /** SHA-256 of the storage format, hex. */
  readonly hash: string;
  readonly words: number;
  /** Visible characters that are no white space. */
  readonly characters: number;
  readonly headings: readonly Heading[];
  /** What stands where a heading could: lines in bold, titles of expands, heads of table rows and columns. */
  readonly titles: readonly Omit<Heading, 'level'>[];
  /** Whether it shows something besides text: a picture, a file, a link to a page, a macro that draws its own content. */
  readonly shows: boolean;
  /** The row `Owner` of a table: the account that it mentions, or null where it names somebody in words; null without one. */
  readonly ownerProperty: { readonly accountId: string | null } | null;
  /** What looks like a secret; never the secret itself. */
  readonly secrets: readonly SecretMark[];
  /** File names that the body shows from its own page, in order of appearance, each once. */
  readonly attachments: readonly string[];
  /** File names that the body shows from other pages. */
  readonly foreignAttachments: readonly {
    readonly fileName: string;
    readonly pageTitle: string;
    readonly spaceKey: string | null;
  }[];
  readonly links: readonly BodyLink[];
  /** Names of the anchors that its macros set, each once. */
  readonly anchors: readonly string[];
  /** Dates that the page names of itself, each once. */
  readonly dates: readonly PageDate[];
  /** Tasks that are not done and have a date, in order of appearance. */
  readonly tasks: readonly BodyTask[];
  /** What says that the page is not finished, outside code. */
  readonly markers: readonly BodyMarker[];
  /** The forms in which it gives steps, sorted. */
  readonly stepForms: readonly StepForm[];
  /** Answers to what rules from outside ask, by the key of the probe; absent where none asked. */
  readonly probes?: Readonly<Record<string, ProbeAnswer>>;
  /** Macro names, each once, sorted. */
  readonly macros: readonly string[];
  /** True where the markup was not well formed and facts may be missing. */
  readonly damaged: boolean;
}

interface Heading {
  readonly level: number;
  readonly text: string;
  /** True where nothing follows up to the next heading of its rank but white space, empty subsections and `TBD`. */
  readonly empty: boolean;
  /** True where the same part names a way to reach somebody, or shows what may: a link, a mention, a number, a channel, a macro. */
  readonly reaches: boolean;
}

/** A date that a page names of itself; the day as `YYYY-MM-DD`, null where its row holds none that can be read. */
export interface PageDate {
  readonly kind: DateKind;
  readonly day: string | null;
}

export interface BodyTask {
  /** `YYYY-MM-DD`. */
  readonly due: string;
  readonly assigneeId: string | null;
}

/** `promise`: a line that only says that something will come; `template hint`: one that nobody has replaced. */
export type MarkerKind = 'TODO' | 'TBD' | 'FIXME' | 'WIP' | 'lorem ipsum' | 'promise' | 'template hint';
export interface BodyMarker {
  readonly kind: MarkerKind;
  readonly count: number;
}

export type StepForm = 'code' | 'numbered-list' | 'numbered-lines' | 'task-list';

/** Where in a body something looks like a secret, and of which kind. */
export interface SecretMark {
  /** `github-token`, `private-key`, … */
  readonly type: string;
  /** The line of the readable text, from 1 on; every paragraph, row and item is one. */
  readonly line: number;
  /** Tells equal secrets from others: an HMAC-SHA-256 under the installation's own key, cut to 16 hex digits. */
  readonly hash: string;
  /** False for what only looks like a password by its name and its characters. */
  readonly certain: boolean;
}

export type BodyLink =
  | { readonly kind: 'page'; readonly title: string; readonly spaceKey: string | null; readonly anchor: string | null }
  | { readonly kind: 'include'; readonly title: string; readonly spaceKey: string | null }
  | { readonly kind: 'anchor'; readonly anchor: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'user'; readonly accountId: string };
