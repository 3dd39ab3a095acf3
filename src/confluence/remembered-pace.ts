import type { EndpointClass, Pacing } from '../domain/pacing.ts';
import { createLocalPace, type Pace } from './pace.ts';
import type { PaceBook } from './pace-book.ts';
import type { Pause } from './pacer.ts';

const SAVE_EVERY_MS = 10_000;

/** The pace of a process that is alone with its book: begins with what an earlier night learnt, and writes down what this one learns. */
export function createRememberedPace(deps: {
  readonly kind: EndpointClass;
  readonly share: number;
  readonly steadyNow: () => number;
  readonly book: PaceBook;
  readonly key: string;
  readonly pause: Pause;
}): Pace {
  const { kind, share, steadyNow, book, key, pause } = deps;
  let pace = createLocalPace({ kind, share, steadyNow });
  let savedAt = steadyNow();

  const recall = async (): Promise<void> => {
    const { result, now } = await book.turn(key, (page) => ({ page, result: page }));
    const known = result.paces[kind];
    if (known !== undefined) pace = createLocalPace({ kind, share, steadyNow, known });
    if (result.pausedUntil > now) pause.extend(result.pausedUntil - now + steadyNow());
  };
  // A book that cannot be read leaves the start cold; the pace itself needs none.
  let recalled: Promise<void> | null = null;

  const save = (): void => {
    savedAt = steadyNow();
    const until = pause.until();
    void book
      .turn(key, (page, now) => {
        const offset = now - steadyNow();
        const pausedUntil = Math.max(page.pausedUntil, until + offset);
        return { page: { ...page, pausedUntil, paces: { ...page.paces, [kind]: pace.believed() } }, result: null };
      })
      .catch(() => undefined);
  };

  return {
    async reserve() {
      recalled ??= recall().catch(() => undefined);
      await recalled;
      if (steadyNow() - savedAt >= SAVE_EVERY_MS) save();
      return pace.reserve();
    },
    served: (hints) => pace.served(hints),
    refused(sentAt, resumeAt) {
      const before: Pacing = pace.believed();
      pace.refused(sentAt, resumeAt);
      if (before.cutAt !== pace.believed().cutAt) save();
    },
    believed: () => pace.believed(),
  };
}
