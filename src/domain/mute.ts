/** Findings that somebody accepts for a while: every condition that is given must hold; `*` and `?` are wildcards. */
export interface Mute {
  readonly findingId: string | null;
  readonly rule: string | null;
  readonly space: string | null;
  readonly page: string | null;
  readonly label: string | null;
  readonly reason: string;
  readonly by: string;
  /** The last day, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** Nothing is accepted for longer without somebody looking at it again. */
export const MAX_MUTE_DAYS = 365;

/** The moment at which a mute ends: when its last day is over in UTC. */
export const muteEnd = (expires: string): Date => new Date(Date.parse(`${expires}T00:00:00.000Z`) + 86_400_000);
