import type { EndpointClass, Pacing } from '../domain/pacing.ts';

/** What is known of one account on one site, for all who act as it. Instants are milliseconds of the book's clock. */
export interface BookPage {
  readonly paces: Partial<Record<EndpointClass, Pacing>>;
  readonly pausedUntil: number;
  /** The processes that lately took turns here, with the moment of their last. */
  readonly users: Readonly<Record<string, number>>;
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

export const EMPTY_PAGE: BookPage = { paces: {}, pausedUntil: 0, users: {} };
