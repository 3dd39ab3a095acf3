import { createAuthorize } from '../../src/confluence/auth.ts';
import { createConfluence, type ConfluenceOptions } from '../../src/confluence/client.ts';
import { createPacer } from '../../src/confluence/pacer.ts';
import type { ApiCall } from '../../src/confluence/request.ts';

/** Must appear nowhere but in the Authorization header. */
export const CANARY = 'kingfisher-token-7f3a';

/** A clock that stands still except while somebody sleeps. */
export function createTestClock(start = '2026-11-22T02:00:00Z') {
  let ms = Date.parse(start);
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => new Date(ms),
    steadyNow: () => ms,
    advance: (by: number): void => {
      ms += by;
    },
    sleep: async (by: number, signal?: AbortSignal): Promise<void> => {
      signal?.throwIfAborted();
      sleeps.push(by);
      ms += by;
    },
  };
}

/** A client on test time: waits are kept in `clock.sleeps` and take no real time. */
export function createTestClient(site: string, overrides: Partial<ConfluenceOptions> = {}) {
  const clock = createTestClock();
  const calls: ApiCall[] = [];
  const confluence = createConfluence({
    site,
    authorize: createAuthorize({ type: 'basic', email: 'bot@example.com', token: CANARY }),
    pacer: createPacer({ share: 0.7, steadyNow: clock.steadyNow, sleep: clock.sleep }),
    now: clock.now,
    random: () => 0.5,
    sleep: clock.sleep,
    budget: { requests: 1_000, until: new Date('2026-11-22T06:00:00Z') },
    maxConcurrency: 4,
    onCall: (call) => calls.push(call),
    ...overrides,
  });
  return {
    confluence,
    clock,
    calls,
    async [Symbol.asyncDispose]() {
      await confluence.close();
    },
  };
}
