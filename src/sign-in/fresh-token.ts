const MARGIN_MS = 5 * 60_000;

/** One token, and when it is to be replaced. */
export interface Timed {
  readonly accessToken: string;
  readonly renewAt: Date;
}

/**
 * Five to ten minutes before the end, so that many tenants of one hour do not all come at once; sooner for a token that lives
 * shortly. Drawn once a token, so that all processes agree.
 */
export function renewalOf(expiresAt: Date, now: Date, roll: number): Date {
  const margin = Math.min(MARGIN_MS, Math.max(0, expiresAt.getTime() - now.getTime()) / 4);
  return new Date(expiresAt.getTime() - margin * (1 + roll));
}

/**
 * Keeps one token in memory and renews it before it ends; callers at the same time share one renewal. Never because of a 401:
 * that says something about the grant, not about the clock.
 */
export function createFreshToken({
  renew,
  now,
}: {
  readonly renew: () => Promise<Timed>;
  readonly now: () => Date;
}): () => Promise<string> {
  let kept: Timed | null = null;
  let renewing: Promise<Timed> | null = null;
  return async () => {
    if (kept === null || kept.renewAt <= now()) {
      renewing ??= renew().finally(() => {
        renewing = null;
      });
      kept = await renewing;
    }
    return kept.accessToken;
  };
}
