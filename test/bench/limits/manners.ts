import { createLocalPace } from '../../../src/confluence/pace.ts';
import { createPacer, type Pacer } from '../../../src/confluence/pacer.ts';
import type { MakeManner, Manner } from './crawl.ts';

export const mannerOf = (pacer: Pacer): Manner => ({
  take: async () => (await pacer.take('read')).sentAt,
  reply({ served, retryAfterMs, toldLimit }, sentAt) {
    if (served) pacer.served('read', { limit: toldLimit, near: false });
    else pacer.refused('read', sentAt, retryAfterMs);
  },
});

/** This program's pacer in one process. */
export const alone =
  ({ warm, share = 1 }: { warm?: number | undefined; share?: number }): MakeManner =>
  ({ time }) => {
    const known = warm === undefined ? undefined : ({ class: 'read', limit: warm, source: 'found' } as const);
    const paceFor = () => createLocalPace({ kind: 'read', share, steadyNow: time.now, known });
    return mannerOf(createPacer({ share, steadyNow: time.now, sleep: time.sleep, paceFor }));
  };
