import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Does a piece of work for all who ask while it is under way, and lets nobody wait longer than `ms`: whoever asks then gets null, and
 * so does everybody where it fails. However long it hangs, it is not begun a second time beside itself.
 */
export function oneAtATime<T>(work: () => Promise<T>, ms: number): () => Promise<T | null> {
  let underway: Promise<T | null> | null = null;
  return async () => {
    underway ??= work()
      .catch(() => null)
      .finally(() => {
        underway = null;
      });
    const patience = new AbortController();
    const tired = sleep(ms, null, { signal: patience.signal, ref: false }).catch(() => null);
    try {
      return await Promise.race([underway, tired]);
    } finally {
      patience.abort();
    }
  };
}
