const ATTEMPTS_PER_CALL = 4;
const ALLOWANCE = 30;
const EARNED_PER_CALL = 0.1;

/** How many attempts so many calls may take; each process that worked on the run had an allowance of its own. */
export const mostAttempts = ({ calls, claims }: { readonly calls: number; readonly claims: number }) => ({
  perCall: ATTEMPTS_PER_CALL,
  inAll: calls + ALLOWANCE * (claims + 1) + EARNED_PER_CALL * calls,
});
