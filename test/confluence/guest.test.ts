import { expect, test } from 'vitest';
import { createLimiter } from '../../src/simulator/limiter.ts';
import { alone } from '../bench/limits/manners.ts';
import { createDice, createVirtualTime } from '../bench/limits/virtual-time.ts';

const WANTED = 2.7;
const SECONDS = 1_800;

/** Our saturated crawl and somebody else who asks now and then, as people do, on one bucket; what became of each. */
async function together(share: number) {
  const time = createVirtualTime();
  const dice = createDice(7);
  const limiter = createLimiter({ perSecond: 10, burst: 10 }, 0);
  const ours = { served: 0, refused: 0 };
  const theirs = { served: 0, refused: 0 };
  const manner = alone({ share })({ time, dice, process: 0 });
  const work = async (): Promise<void> => {
    for (;;) {
      const sentAt = await manner.take();
      await time.sleep(100 + 50 * dice());
      const { served } = limiter(time.now());
      ours[served ? 'served' : 'refused'] += 1;
      await time.sleep(100 + 50 * dice());
      await manner.reply({ served, retryAfterMs: served ? 0 : 1_000, toldLimit: null }, sentAt);
    }
  };
  const other = async (): Promise<void> => {
    for (;;) {
      await time.sleep((-Math.log(1 - dice()) * 1_000) / WANTED);
      theirs[limiter(time.now()).served ? 'served' : 'refused'] += 1;
    }
  };
  for (let worker = 0; worker < 8; worker += 1) void work();
  void other();
  await time.run(SECONDS * 1_000);
  return { ours: ours.served / SECONDS, refusedToThem: theirs.refused / (theirs.served + theirs.refused) };
}

test('another client of the same site gets what it asks for at the default share, and we our part', async () => {
  const { ours, refusedToThem } = await together(0.7);
  expect(refusedToThem).toBeLessThan(0.02);
  expect(ours).toBeGreaterThan(4);
  expect(ours).toBeLessThanOrEqual(7.1);
});

test('at a share of 1.0 it would be refused more often', async () => {
  const [guest, greedy] = [await together(0.7), await together(1)];
  expect(greedy.refusedToThem).toBeGreaterThan(2 * guest.refusedToThem);
});
