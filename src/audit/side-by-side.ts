import pLimit from 'p-limit';

/**
 * Does several things at the same time, so many at once. After a failure nothing more is begun, and what is under way comes to its end
 * before the first failure is thrown: nothing goes on behind the back of whoever deals with it.
 */
export async function sideBySide<T>(atOnce: number, tasks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const inTurn = pLimit(atOnce);
  const failures: unknown[] = [];
  const results = await Promise.all(
    tasks.map((task) =>
      inTurn(async () => {
        if (failures.length > 0) return [];
        try {
          return [await task()];
        } catch (error) {
          failures.push(error);
          return [];
        }
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return results.flat();
}

/** Two things at the same time; both come to their end before a failure of either is thrown. */
export async function both<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<readonly [A, B]> {
  const results = await Promise.allSettled([one(), other()]);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
  const [first, second] = results as [PromiseFulfilledResult<A>, PromiseFulfilledResult<B>];
  return [first.value, second.value];
}
