import { depart, ease, type EndpointClass, type Pacing, resumePacing } from '../domain/pacing.ts';
import { served, startPacing, told } from '../domain/pacing.ts';
import { refused } from '../domain/refusal.ts';

/** What an answer tells of pace beside its status. */
export interface Hints {
  /** Requests per second that an enforced policy states, or null. */
  readonly limit: number | null;
  /** True where little is left. */
  readonly near: boolean;
}

/** What is remembered of a pace from one night to the next. */
export type KnownPace = Pick<Pacing, 'class' | 'limit' | 'source'>;

/** The pace of one class of calls. Instants are of the steady clock. */
export interface Pace {
  /** Reserves a departure. */
  reserve(): number | Promise<number>;
  /** Hears what others met while a turn was waited for. */
  look?(): Promise<void>;
  served(hints: Hints): void;
  refused(sentAt: number, resumeAt: number): void;
  believed(): Pacing;
}

/** A pace that lives in this process. */
export function createLocalPace(deps: {
  readonly kind: EndpointClass;
  readonly share: number;
  readonly steadyNow: () => number;
  readonly known?: KnownPace | undefined;
}): Pace {
  const { kind, share, steadyNow, known } = deps;
  let pacing = known === undefined ? startPacing(kind, share, steadyNow()) : resumePacing(known, share, steadyNow());
  return {
    reserve() {
      const turn = depart(pacing, steadyNow());
      pacing = turn.pacing;
      return turn.at;
    },
    served(hints) {
      pacing = withHints(served(pacing, steadyNow()), hints, steadyNow());
    },
    refused(sentAt, resumeAt) {
      pacing = refused(pacing, { now: steadyNow(), sentAt, resumeAt });
    },
    believed: () => pacing,
  };
}

/** A pacing that has heard what the headers say. */
export function withHints(pacing: Pacing, { limit, near }: Hints, now: number): Pacing {
  const heard = limit === null ? pacing : told(pacing, limit, now);
  return near ? ease(heard, now) : heard;
}
