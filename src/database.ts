import { resolve } from 'node:path';
import { FLEET } from './domain/act.ts';
import type { Clock } from './runtime/clock.ts';
import { createActing } from './runtime/operator.ts';
import { recordAct } from './store/acts.ts';
import type { Store } from './store/db.ts';
import { openStore } from './store/open-store.ts';
import { environmentOf } from './settings.ts';

interface Ground {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
}

/** The database that the environment names, prepared and proved; whoever's command changed its tables is on record. */
export async function openDatabase(ground: Ground): Promise<Store & { readonly applied: readonly string[] }> {
  const { databaseUrl, databaseAdminUrl, dataDir } = environmentOf(ground);
  const store = await openStore(
    databaseUrl === null
      ? { dataDir: resolve(ground.cwd, dataDir) }
      : { databaseUrl, ...(databaseAdminUrl === null ? {} : { adminUrl: databaseAdminUrl }) },
  );
  try {
    const { applied } = store;
    if (applied.length > 0) {
      const act = { action: 'migrate', detail: { applied: applied.join(', ') } } as const;
      await store.withTenant(FLEET, (tx) => recordAct(tx, createActing(ground.clock), act));
    }
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
