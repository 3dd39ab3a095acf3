/** The event that set a page's freshness clock. */
export type FreshBecause = 'human-edit' | 'attestation' | 'created';

/** When somebody last made sure that a page is right, and how that is known. */
export type Freshness =
  | {
      readonly known: true;
      readonly at: string;
      readonly because: FreshBecause;
      /** A full sentence for the finding: which event, by whom, what was ignored on the way. */
      readonly cause: string;
    }
  | { readonly known: false; readonly why: string };
