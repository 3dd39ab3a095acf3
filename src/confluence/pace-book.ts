import { type EndpointClass, moved, type Pacing } from '../domain/pacing.ts';

/** What is known of one account on one site, for all who act as it. Instants are milliseconds of the book's clock. */
export interface BookPage {
  readonly paces: Partial<Record<EndpointClass, Pacing>>;
  readonly pausedUntil: number;
  /** The processes that lately took turns here, with the moment of their last. */
  readonly users: Readonly<Record<string, number>>;
  /** The moment of the last turn. */
  readonly turnedAt: number;
}

/** Where paces are remembered and shared. Rejects where it cannot be reached. */
export interface PaceBook {
  /** True where other processes may have it open. */
  readonly shared: boolean;
  /** Turns one page under its lock. `work` is pure; what it gives is kept. */
  turn<T>(
    key: string,
    work: (page: BookPage, now: number) => { readonly page: BookPage; readonly result: T },
  ): Promise<{ readonly result: T; readonly now: number }>;
}

/**
 * A page as its next turn finds it. Where the book's clock was set back its instants go back with it. What passed since the last turn
 * is not known then, so a wait may be waited once more, and not for as long as the clock was set back.
 */
export function openPage(page: BookPage | null, now: number): BookPage {
  if (page === null) return { paces: {}, pausedUntil: 0, users: {}, turnedAt: now };
  const back = page.turnedAt - now;
  if (back <= 0) return { ...page, turnedAt: now };
  const paces = Object.entries(page.paces).map(([kind, pacing]) => [kind, moved(pacing, -back)]);
  return { paces: Object.fromEntries(paces), pausedUntil: page.pausedUntil - back, users: {}, turnedAt: now };
}
