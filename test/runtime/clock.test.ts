import { expect, test } from 'vitest';
import { createClock } from '../../src/runtime/clock.ts';
import { createRandom } from '../../src/runtime/random.ts';

test('sleep waits at least as long as asked', async () => {
  const { sleep, monotonic } = createClock();
  const start = monotonic();
  await sleep(30);
  expect(monotonic() - start).toBeGreaterThanOrEqual(30);
});

test('sleeping no time does not wait', async () => {
  await expect(createClock().sleep(0)).resolves.toBeUndefined();
});

test('an abort ends a sleep at once, with the reason of the signal', async () => {
  const stop = new AbortController();
  const reason = new Error('stopped');
  const sleeping = createClock().sleep(60_000, stop.signal);
  stop.abort(reason);
  await expect(sleeping).rejects.toBe(reason);
  await expect(createClock().sleep(60_000, stop.signal)).rejects.toBe(reason);
});

test('a sleep longer than a timer can be does not end early', async () => {
  const stop = new AbortController();
  const { sleep } = createClock();
  const long = sleep(2 ** 40, stop.signal).then(
    () => 'woke up',
    () => 'was stopped',
  );
  await sleep(30);
  stop.abort();
  expect(await long).toBe('was stopped');
});

test('ids carry the given time and are all different, rolls lie in [0, 1)', () => {
  const { id, roll } = createRandom({ now: () => new Date('2026-01-01T00:00:00Z') });
  const ids = Array.from({ length: 1000 }, id);
  expect(new Set(ids).size).toBe(1000);
  expect(new Set(ids.map((each) => each.slice(0, 13)))).toEqual(new Set(['019b76da-a800']));
  const rolls = Array.from({ length: 1000 }, roll);
  expect(Math.min(...rolls)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...rolls)).toBeLessThan(1);
  expect(Math.max(...rolls) - Math.min(...rolls)).toBeGreaterThan(0.9);
});
