/** What one body says, drawn once per version; the body itself is never stored. */
export interface BodyFacts {
  /** SHA-256 of the storage format, hex. */
  readonly hash: string;
  readonly words: number;
  readonly headings: readonly { readonly level: number; readonly text: string }[];
  /** File names that the body shows from its own page, in order of appearance, each once. */
  readonly attachments: readonly string[];
  /** File names that the body shows from other pages. */
  readonly foreignAttachments: readonly {
    readonly fileName: string;
    readonly pageTitle: string;
    readonly spaceKey: string | null;
  }[];
  readonly links: readonly BodyLink[];
  /** Macro names, each once, sorted. */
  readonly macros: readonly string[];
  /** True where the markup was not well formed and facts may be missing. */
  readonly damaged: boolean;
}

export type BodyLink =
  | { readonly kind: 'page'; readonly title: string; readonly spaceKey: string | null; readonly anchor: string | null }
  | { readonly kind: 'include'; readonly title: string; readonly spaceKey: string | null }
  | { readonly kind: 'anchor'; readonly anchor: string }
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'user'; readonly accountId: string };
