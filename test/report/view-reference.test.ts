import { sql } from 'drizzle-orm/sql';
import { beforeAll, expect, test } from 'vitest';
import { VIEW_EXAMPLES } from '../../src/report/view-examples.ts';
import { type DescribedView, viewReference } from '../../src/report/view-reference.ts';
import { REPORT_VIEWS } from '../../src/store/report-views.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { describedViews } from '../store/described-views.ts';
import { settableClock } from '../store/examples.ts';
import { fillTenant } from '../store/full-tenant.ts';

eachDatabase('docs/views.md', (open) => {
  let db: TestDatabase;
  let views: DescribedView[];

  beforeAll(async () => {
    db = await open({ now: settableClock('2026-03-10T12:00:00Z').now });
    await fillTenant(db, 'full');
    views = await describedViews(db);
  });

  test('is what the database says of its views; `vitest run test/report/view-reference.test.ts -u` writes it anew', async () => {
    await expect(viewReference(views)).toMatchFileSnapshot('../../docs/views.md');
  });

  test('tells the meaning of every view and column', () => {
    const silent = views.flatMap(({ name, about, columns }) => [
      ...(about === null ? [name] : []),
      ...columns.filter(({ meaning }) => meaning === null).map((column) => `${name}.${column.name}`),
    ]);
    expect(views.map(({ name }) => name)).toEqual(REPORT_VIEWS);
    expect(silent).toEqual([]);
  });

  test.each(REPORT_VIEWS)('the question about %s can be asked as it stands', async (view) => {
    const { query } = VIEW_EXAMPLES[view];
    expect(query).toContain(`from report.${view}`);
    const { fields } = await db.store.withFleet((tx) => tx.result(sql.raw(query.trim().replace(/;$/, ''))));
    expect(fields.length).toBeGreaterThan(1);
  });
});
