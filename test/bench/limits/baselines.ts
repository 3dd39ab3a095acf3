import type { MakeManner } from './crawl.ts';

/** Each worker sleeps the Retry-After of its own request and knows nothing of the others. */
export const ownRetryAfter: MakeManner = ({ time }) => ({
  take: async () => time.now(),
  reply: ({ retryAfterMs }) => (retryAfterMs > 0 ? time.sleep(retryAfterMs) : undefined),
});

/** Exponential backoff from a second with full jitter, up to half a minute, whatever the answer says. */
export const fullJitter: MakeManner = ({ time, dice }) => {
  let failures = 0;
  return {
    take: async () => time.now(),
    reply({ served }) {
      failures = served ? 0 : failures + 1;
      return served ? undefined : time.sleep(dice() * Math.min(30_000, 1_000 * 2 ** (failures - 1)));
    },
  };
};

/** As many requests at once as were served lately: one more with each round, a tenth less with a refusal. */
export const aimdConcurrency: MakeManner = ({ time }) => {
  let limit = 5;
  let open = 0;
  const waiting: (() => void)[] = [];
  const wake = (): void => {
    while (open < Math.floor(limit) && waiting.length > 0) {
      open += 1;
      waiting.shift()?.();
    }
  };
  return {
    async take() {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        wake();
      });
      return time.now();
    },
    reply({ served }) {
      open -= 1;
      limit = served ? limit + 1 / limit : Math.max(1, 0.9 * limit);
      wake();
    },
  };
};
