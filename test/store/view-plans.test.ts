import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPORT_VIEWS } from '../../src/store/report-views.ts';
import { sql } from '../../src/store/sql.ts';
import { openPostgres } from '../database.ts';
import { fillFleet, tenantOf } from './large-fleet.ts';
import { type Explained, LARGE, readWhole } from './plans.ts';

const TENANT = tenantOf(7);

describe('the plans of the views for one tenant of twenty', () => {
  let db: Awaited<ReturnType<typeof openPostgres>>;
  const reader = `reader_${randomUUID().slice(0, 8)}`;

  beforeAll(async () => {
    db = await openPostgres();
    await fillFleet(db, { tenants: 20, findings: 20_000, days: 60 });
    await db.superuser(`create role ${reader}`);
    await db.superuser(`grant audit_reader to ${reader}`);
    await db.superuser(`insert into fleet.reader_grant values ('${reader}', '${TENANT}')`);
  });
  afterAll(async () => {
    await db?.superuser(`drop role ${reader}`);
    await db?.close();
  });

  const asReader = async (statement: string) => {
    await db.superuser('begin');
    try {
      await db.superuser(`set local role ${reader}`);
      return (await db.superuser(statement)) as unknown as Explained[];
    } finally {
      await db.superuser('rollback');
    }
  };
  const who: Record<string, (statement: string) => Promise<Explained[]>> = {
    'the fleet’s door': (text) => db.store.withFleet((tx) => tx.rows(sql.raw(text))),
    'the fleet’s door for one tenant': (text) =>
      db.store.withFleet((tx) => tx.rows(sql.raw(text)), { tenantId: TENANT }),
    'the tenant’s own door': (text) => db.store.withTenant(TENANT, (tx) => tx.rows(sql.raw(text))),
    'a reader': asReader,
  };

  describe.each(Object.keys(who))('through %s', (name) => {
    test.each(REPORT_VIEWS)('%s reads no large table from end to end', async (view) => {
      const ask = who[name];
      if (ask === undefined) throw new Error(`Nobody is called ${name}.`);
      const plan = await ask(`explain (format json) select * from report.${view} where tenant_id = '${TENANT}'`);
      expect(readWhole(plan, await db.superuser(LARGE))).toEqual([]);
    });
  });

  test('a reader without a condition is answered, at the cost of every row that is open', async () => {
    const [explained] = await asReader('explain (format json) select distinct tenant_id from report.open_findings');
    // No index is asked for its tenant: each row is held against the grants.
    expect(JSON.stringify(explained)).not.toContain(TENANT);
    expect(JSON.stringify(explained)).toContain('hashed SubPlan');
    expect(await asReader('select distinct tenant_id from report.open_findings')).toEqual([{ tenant_id: TENANT }]);
  });
});
