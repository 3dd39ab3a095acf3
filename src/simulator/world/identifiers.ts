import { createHash } from 'node:crypto';

/** A UUID that depends only on the words it is made from, so that a world is the same on every run. */
export function stableUuid(...words: readonly string[]): string {
  const hex = createHash('sha256').update(words.join('\n')).digest('hex');
  const variant = '89ab'[Number.parseInt(hex.charAt(16), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

/** Numeric ids that rise with uneven gaps, as those of a site where pages, labels and drafts share one sequence. */
export function createIdSequence(first: number): () => string {
  let last = first;
  return () => {
    last += 1 + ((last * 7) % 29);
    return String(last);
  };
}

/** A point in time as tests and seeds write it. */
export type Instant = Date | string;

export const toIso = (instant: Instant): string => new Date(instant).toISOString();
