/** So many times what was wanted before is no ordinary night. */
const FACTOR = 5;
/** Below this many wanted writes a rise says nothing. */
const ORDINARY = 10;

/**
 * Why a plan must not be carried out without a person: the account saw less than it should, or far more is wanted than in any of the
 * nights before. Null where nothing speaks against it. `before` holds how much each of the latest audits wanted; a first night has none,
 * and only the pace bounds it.
 */
export function breakerSays({
  wanted,
  before,
  coverage,
}: {
  readonly wanted: number;
  readonly before: readonly number[];
  /** What is missing from what should have been seen; a sentence, or null. */
  readonly coverage: string | null;
}): string | null {
  if (wanted === 0) return null;
  if (coverage !== null) return `${coverage} What follows from so little is not written.`;
  if (before.length === 0) return null;
  const most = Math.max(...before);
  const bound = FACTOR * Math.max(ORDINARY, most);
  if (wanted <= bound) return null;
  return `${wanted} writes are wanted, and in the ${before.length === 1 ? 'audit' : `${before.length} audits`} before at most ${most}: more than ${bound} need a person's word.`;
}
