import type { PageView } from './rule.ts';

const DAY_MS = 86_400_000;

export type FreshnessAge =
  | { readonly known: false; readonly why: string }
  | {
      readonly known: true;
      readonly days: number;
      /** As a sentence says it: `1 day`, `200 days`. */
      readonly spelt: string;
      readonly cause: string;
      /** The day on which the page reaches `failDays`. */
      readonly due: string;
      /** What every finding about age keeps. */
      readonly evidence: Readonly<Record<string, string | number>>;
      /** Versions of live docs move when an editing session is stored, so their age is never quite certain. */
      readonly confidence: 'full' | 'partial';
    };

const unknown = (why: string): FreshnessAge => ({ known: false, why });

/**
 * For how many whole days nobody has confirmed a page, and when that is too long, as far as a rule can tell that speaks up from `from` days
 * on. Not known where that takes what has not been read: a body, too, where the page would be too old without what its text may attest.
 */
export function freshnessAge(
  { page, freshness, facts }: Pick<PageView, 'page' | 'freshness' | 'facts'>,
  { now, failDays, from = failDays }: { readonly now: Date; readonly failDays: number; readonly from?: number },
): FreshnessAge {
  if (!freshness.known) return unknown(freshness.why);
  const { at, because, cause } = freshness;
  const freshAt = Date.parse(at);
  if (Number.isNaN(freshAt)) return unknown('Confluence gave a date that cannot be read.');
  const days = Math.floor((now.getTime() - freshAt) / DAY_MS);
  if (days >= from && facts === null)
    return unknown('The body, which may say that it was reviewed, has not been read at this version yet.');
  const due = new Date(freshAt + failDays * DAY_MS).toISOString().slice(0, 10);
  return {
    known: true,
    days,
    spelt: days === 1 ? '1 day' : `${days} days`,
    cause,
    due,
    evidence: { fresh_at: at, fresh_because: because, age_days: days, fail_days: failDays, due_on: due },
    confidence: page.subtype === 'live' && because !== 'attestation' ? 'partial' : 'full',
  };
}
