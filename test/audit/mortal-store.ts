import type { Store } from '../../src/store/db.ts';

/** A store as a worker sees it whose process may die: from `die` on nothing of it reaches the database any more. */
export function mortalStore(store: Store): { readonly store: Store; readonly die: () => void } {
  let dead = false;
  const alive = (): void => {
    if (dead) throw new Error('This worker is dead.');
  };
  return {
    die: () => {
      dead = true;
    },
    store: {
      ...store,
      withTenant: async (tenantId, work) => {
        alive();
        return store.withTenant(tenantId, async (tx) => {
          const result = await work(tx);
          // Dying before the commit takes the transaction back.
          alive();
          return result;
        });
      },
    },
  };
}
