import type { PageView } from './rule.ts';

const DAY = 86_400_000;

export type FreshnessAge =
  | { readonly known: true; readonly days: number }
  | { readonly known: false; readonly why: string };

/**
 * For how many whole days nobody has confirmed a page, as far as a rule with this limit can tell. Not known where that takes what has
 * not been read: a body, too, where the page would be too old without what its text may attest.
 */
export function freshnessAge(
  { freshness, facts }: Pick<PageView, 'freshness' | 'facts'>,
  { now, limit }: { readonly now: Date; readonly limit: number },
): FreshnessAge {
  if (!freshness.known) return { known: false, why: freshness.why };
  const freshAt = Date.parse(freshness.at);
  if (Number.isNaN(freshAt)) return { known: false, why: 'Confluence gave a date that cannot be read.' };
  const days = Math.floor((now.getTime() - freshAt) / DAY);
  if (days >= limit && facts === null) {
    return {
      known: false,
      why: 'The body, which may say that it was reviewed, has not been read at this version yet.',
    };
  }
  return { known: true, days };
}

/** The day on which a page that was confirmed then reaches the limit. */
export const dueOn = (freshAt: string, limit: number): string =>
  new Date(Date.parse(freshAt) + limit * DAY).toISOString().slice(0, 10);

/** Versions of live docs move when an editing session is stored, so their age is never quite certain. */
export const clockConfidence = ({ page, freshness }: Pick<PageView, 'page' | 'freshness'>): 'full' | 'partial' =>
  page.subtype === 'live' && freshness.known && freshness.because !== 'attestation' ? 'partial' : 'full';
