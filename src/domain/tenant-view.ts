import type { Outcome, Reason } from './outcome.ts';

/** What the program itself knows of a tenant, whether it could be audited or not. */
export interface TenantView {
  readonly id: string;
  readonly credential: {
    readonly id: string;
    readonly type: string;
    /** The day, YYYY-MM-DD in UTC, at whose beginning it ends; null where the settings do not say. */
    readonly ends: string | null;
  };
  /** Null where this run has not listed the spaces: of what they hold nothing new is known then. */
  readonly coverage: TenantCoverage | null;
  readonly nights: Nights;
}

interface TenantCoverage {
  /** By the settings. */
  readonly expect: { readonly spaces: readonly string[]; readonly minPages: Readonly<Record<string, number>> };
  readonly spaces: readonly SeenSpace[];
  /** Of the pages that the settings expect those that no walk sees. */
  readonly pagesUnseen: readonly string[];
}

/** A space as the last walks left it. */
export interface SeenSpace {
  readonly key: string;
  readonly state: string | null;
  readonly pagesSeen: number;
  readonly pagesLastTime: number;
  readonly missing: number;
  /** Whether this run decided what it holds. */
  readonly settled: boolean;
}

interface Nights {
  /** When the latest complete audit of all of the tenant ended; null where there was none. */
  readonly lastSuccess: string | null;
  /** Moments of the schedule that have passed since then, or since the settings changed, without one. */
  readonly missed: number;
  /** How the run that is judged ended; null where none took place. */
  readonly end: { readonly outcome: Outcome; readonly reason: Reason | null } | null;
}
