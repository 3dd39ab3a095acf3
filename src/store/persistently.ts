import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { named, pauseMs, troubleOf } from './trouble.ts';

/**
 * Does it until it succeeds, as often and for as long as its trouble allows; then throws what went wrong, by its name. A server that has
 * never answered is not waited for: a wrong address is told at once.
 */
export async function persistently<T>(
  work: () => Promise<T>,
  { url, known, most = Infinity }: { readonly url: string; readonly known: () => boolean; readonly most?: number },
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await work();
    } catch (error) {
      const trouble = troubleOf(error);
      const may = tried < most && (known() || trouble === 'conflict');
      const pause = may ? pauseMs(trouble, tried, randomInt(1_000) / 1_000) : null;
      if (pause === null) throw named(url, error);
      await sleep(pause);
    }
  }
}
