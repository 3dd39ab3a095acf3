import type { EndpointClass } from '../domain/pacing.ts';
import { createLocalPace, type Pace } from './pace.ts';
import type { PaceBook } from './pace-book.ts';
import { createPacer, createPause, type Pacer, type PacerOptions, type Pause } from './pacer.ts';
import { createRememberedPace } from './remembered-pace.ts';
import { createSharedPace } from './shared-pace.ts';

interface PacerKey {
  readonly site: string;
  readonly account: string;
  readonly share: number;
}

export interface PacerRegistry {
  pacerFor(key: PacerKey): Pacer;
}

/**
 * One pacer per (site, acting account), however many runs use them at the same time; the pause is the site's, because a
 * refusal does not say whose limit it was. With a book they are remembered, and shared with other processes.
 */
export function createPacerRegistry(
  deps: Pick<PacerOptions, 'steadyNow' | 'sleep'> & {
    readonly book?: PaceBook | undefined;
    /** Names this process among those that share the book. */
    readonly self?: string;
    /** A name for the page that tells nothing of the account. */
    readonly nameOf?: (site: string, account: string) => string;
  },
): PacerRegistry {
  const { steadyNow, sleep, book, self = 'self', nameOf = (site, account) => JSON.stringify([site, account]) } = deps;
  const pacers = new Map<string, Pacer>();
  const pauses = new Map<string, Pause>();

  const pauseOf = (origin: string): Pause => {
    const pause = pauses.get(origin) ?? createPause();
    pauses.set(origin, pause);
    return pause;
  };

  const paces = ({ share, account }: PacerKey, origin: string, pause: Pause): ((kind: EndpointClass) => Pace) => {
    if (book === undefined) return (kind) => createLocalPace({ kind, share, steadyNow });
    const key = nameOf(origin, account);
    const common = { share, steadyNow, book, key, self, pause };
    return (kind) => (book.shared ? createSharedPace : createRememberedPace)({ ...common, kind });
  };

  return {
    pacerFor(wanted) {
      const { origin } = new URL(wanted.site);
      const key = JSON.stringify([origin, wanted.account, wanted.share]);
      const pause = pauseOf(origin);
      const paceFor = paces(wanted, origin, pause);
      const pacer = pacers.get(key) ?? createPacer({ share: wanted.share, steadyNow, sleep, pause, paceFor });
      pacers.set(key, pacer);
      return pacer;
    },
  };
}
