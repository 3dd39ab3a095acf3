import { askedToWaitMs } from '../retry-after.ts';
import type { Invariant } from './invariant.ts';

export const waitsAsAsked: Invariant = {
  id: 'I7',
  promise: 'a process that was asked to wait waits',
  broken: ({ calls }) =>
    calls.flatMap((asked) => {
      const waitMs = asked.answer === null ? null : askedToWaitMs(asked.answer);
      if (asked.answer === null || waitMs === null) return [];
      const until = asked.answer.at + waitMs;
      const early = calls.find(
        ({ worker, origin, sentAt }) =>
          worker === asked.worker && origin === asked.origin && sentAt > (asked.answer?.at ?? 0) && sentAt < until,
      );
      return early === undefined
        ? []
        : [
            `${asked.worker} asked ${asked.origin} again ${until - early.sentAt} ms too early after ${asked.answer.status}`,
          ];
    }),
};
