import { createLocalPace } from '../../../src/confluence/pace.ts';
import { type BookPage, openPage, type PaceBook } from '../../../src/confluence/pace-book.ts';
import { createPacer, createPause, type Pacer } from '../../../src/confluence/pacer.ts';
import { createSharedPace } from '../../../src/confluence/shared-pace.ts';
import { resumePacing } from '../../../src/domain/pacing.ts';
import type { MakeManner, Manner } from './crawl.ts';
import type { VirtualTime } from './virtual-time.ts';

const mannerOf = (pacer: Pacer): Manner => ({
  take: async () => (await pacer.take('read')).sentAt,
  reply({ served, retryAfterMs, toldLimit }, sentAt) {
    if (served) pacer.served('read', { limit: toldLimit, near: false });
    else pacer.refused('read', sentAt, retryAfterMs);
  },
});

const found = (limit: number) => ({ class: 'read', limit, source: 'found' }) as const;

/** This program's pacer, for itself in each process; what it remembers is its part of the rate. */
export const alone =
  ({ warm, share = 1 }: { warm?: number | undefined; share?: number }): MakeManner =>
  ({ time }) => {
    const known = warm === undefined ? undefined : found(warm);
    const paceFor = () => createLocalPace({ kind: 'read', share, steadyNow: time.now, known });
    return mannerOf(createPacer({ share, steadyNow: time.now, sleep: time.sleep, paceFor }));
  };

const BOOK_MS = 2;

/** A book as a database keeps it: two milliseconds away, one page turned at a time. */
function createBook(time: VirtualTime, warm: number | undefined): PaceBook {
  const empty = openPage(null, 0);
  let page: BookPage = warm === undefined ? empty : { ...empty, paces: { read: resumePacing(found(warm), 1, 0) } };
  let last: Promise<unknown> = Promise.resolve();
  return {
    shared: true,
    turn(_key, work) {
      const mine = last.then(async () => {
        await time.sleep(BOOK_MS);
        const turned = work(page, time.now());
        page = turned.page;
        return { result: turned.result, now: time.now() };
      });
      last = mine;
      return mine;
    },
  };
}

/** This program's pacer, shared by all processes through one book. */
export function shared({ warm, share = 1 }: { warm?: number | undefined; share?: number }): MakeManner {
  let book: PaceBook | null = null;
  return ({ time, process }) => {
    book ??= createBook(time, warm);
    const pause = createPause();
    const common = { share, steadyNow: time.now, pause };
    const pace = createSharedPace({ ...common, kind: 'read', book, key: 'site', self: String(process) });
    return mannerOf(createPacer({ ...common, sleep: time.sleep, paceFor: () => pace }));
  };
}
