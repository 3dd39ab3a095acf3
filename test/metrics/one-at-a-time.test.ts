import { expect, test } from 'vitest';
import { oneAtATime } from '../../src/metrics/one-at-a-time.ts';

test('all who ask while it is under way get what it brings, and it is done once', async () => {
  let times = 0;
  const { promise, resolve } = Promise.withResolvers<number>();
  const ask = oneAtATime(() => {
    times += 1;
    return promise;
  }, 5_000);
  const asked = [ask(), ask(), ask()];
  resolve(7);
  expect(await Promise.all(asked)).toEqual([7, 7, 7]);
  expect(times).toBe(1);
});

test('what hangs is not waited for and not begun again; when it ends the next one begins', async () => {
  const ends: ((value: number) => void)[] = [];
  const ask = oneAtATime(() => new Promise<number>((resolve) => void ends.push(resolve)), 20);
  expect([await ask(), await ask()]).toEqual([null, null]);
  expect(ends).toHaveLength(1);
  ends[0]?.(1);
  await new Promise(setImmediate);
  const next = ask();
  expect(ends).toHaveLength(2);
  ends[1]?.(2);
  expect(await next).toBe(2);
});

test('what fails is null, and is tried again', async () => {
  let times = 0;
  const ask = oneAtATime(() => {
    times += 1;
    return times === 1 ? Promise.reject(new Error('away')) : Promise.resolve('here');
  }, 5_000);
  expect([await ask(), await ask()]).toEqual([null, 'here']);
});
