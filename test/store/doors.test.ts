import { sql } from 'drizzle-orm';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase, type TestDatabase } from '../database.ts';

eachDatabase('doors', (open) => {
  let db: TestDatabase;
  beforeAll(async () => {
    db = await open();
  });

  test('each door has its own role', async () => {
    const who = sql`select current_user::text as who`;
    expect(await db.store.withTenant('a', (tx) => tx.rows(who))).toEqual([{ who: 'audit_worker' }]);
    expect(await db.store.withFleet((tx) => tx.rows(who))).toEqual([{ who: 'audit_fleet' }]);
  });
});
