import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { settableClock } from './examples.ts';
import { fillTenant } from './full-tenant.ts';

const page = readFileSync(new URL('../../docs/reports.md', import.meta.url), 'utf8');
const block = /^## One query for each\n+```sql\n([\s\S]*?)```/m.exec(page)?.[1] ?? '';
const queries = block.split('\n\n').map((text): [string, string] => [text.split(':')[0]?.slice(3) ?? '', text]);

eachDatabase('the queries of docs/reports.md', (open) => {
  let db: TestDatabase;

  beforeAll(async () => {
    db = await open({ now: settableClock('2026-03-10T12:00:00Z').now });
    await fillTenant(db, 'full');
  });

  test.each(queries)('%s can be asked as it stands', async (view, query) => {
    expect(query).toContain(`from report.${view}`);
    const { fields } = await db.store.withFleet((tx) => tx.result(sql.raw(query.trim().replace(/;$/, ''))));
    expect(fields.length).toBeGreaterThan(1);
  });
});
