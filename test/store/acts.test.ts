import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import { type Acting, FLEET } from '../../src/domain/act.ts';
import { createActing } from '../../src/runtime/operator.ts';
import { recordAct } from '../../src/store/acts.ts';
import type { Tx } from '../../src/store/db.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';

const acting = (): Acting => createActing({ now: () => new Date() });
const subjects = (tx: Tx) => tx.rows<{ subject: string }>(sql`select subject from admin_act order by subject`);

eachDatabase('acts', (open) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await open();
    for (const [tenant, subject] of [
      ['a', 'of a'],
      ['b', 'of b'],
      [FLEET, 'of all'],
    ] as const) {
      await db.store.withTenant(tenant, (tx) =>
        recordAct(tx, acting(), { action: 'finding-mute', subject, reason: 'Known.', detail: { days: 30 } }),
      );
    }
  });

  test('who did what, when and why stands in the row', async () => {
    const [row] = await db.superuser(
      `select actor, action, subject, reason, detail, at > now() - interval '1 minute' as fresh, tx::text as tx
       from audit.admin_act where tenant_id = 'a'`,
    );
    expect(row).toMatchObject({ action: 'finding-mute', subject: 'of a', reason: 'Known.', fresh: true });
    expect(row?.['actor']).toMatch(/^.+@.+$/);
    expect(row?.['detail']).toEqual({ days: 30 });
    expect(row?.['tx']).toMatch(/^\d+$/);
  });

  test('a tenant sees its own acts and not those of the installation; the fleet sees all', async () => {
    expect(await db.store.withTenant('a', subjects)).toEqual([{ subject: 'of a' }]);
    expect(await db.store.withFleet(subjects, { tenantId: 'b' })).toEqual([{ subject: 'of b' }]);
    expect(await db.store.withFleet(subjects)).toEqual(['of a', 'of all', 'of b'].map((subject) => ({ subject })));
  });

  test('an act is there exactly where its deed is', async () => {
    const deed = db.store.withTenant('c', async (tx) => {
      await recordAct(tx, acting(), { action: 'tenant-disable' });
      throw new Error('The deed failed.');
    });
    await expect(deed).rejects.toThrow('The deed failed.');
    expect(await db.superuser(`select 1 from audit.admin_act where tenant_id = 'c'`)).toEqual([]);
  });

  test.each(['update admin_act set actor = $$nobody$$', 'delete from admin_act'])('no tenant may %s', async (text) => {
    await expect(db.store.withTenant('a', (tx) => tx.rows(sql.raw(text)))).rejects.toThrow(/permission denied/);
  });

  test('what no database can store does not keep an act from being recorded', async () => {
    await db.store.withTenant('d', (tx) =>
      recordAct(tx, acting(), { action: 'finding-mute', reason: 'a\u0000b\ud800', detail: { note: '\u0000' } }),
    );
    expect(await db.superuser(`select reason from audit.admin_act where tenant_id = 'd'`)).toEqual([
      { reason: 'a\ufffdb\ufffd' },
    ]);
  });
});
