import type { Freshness } from './freshness.ts';

export const DAY_MS = 86_400_000;

export type FreshnessAge =
  | { readonly known: false; readonly why: string }
  | {
      readonly known: true;
      readonly freshAt: number;
      readonly days: number;
      /** As a sentence says it: `1 day`, `200 days`. */
      readonly spelt: string;
      readonly cause: string;
      /** What every finding about age keeps. */
      readonly evidence: { readonly fresh_at: string; readonly fresh_because: string; readonly age_days: number };
    };

/** How long ago a page was last confirmed, in whole days, or why nobody can tell. */
export function freshnessAge(freshness: Freshness, now: Date): FreshnessAge {
  if (!freshness.known) return freshness;
  const { at, because, cause } = freshness;
  const freshAt = Date.parse(at);
  if (Number.isNaN(freshAt)) return { known: false, why: 'Confluence gave a date that cannot be read.' };
  const days = Math.floor((now.getTime() - freshAt) / DAY_MS);
  const evidence = { fresh_at: at, fresh_because: because, age_days: days };
  return { known: true, freshAt, days, spelt: days === 1 ? '1 day' : `${days} days`, cause, evidence };
}
