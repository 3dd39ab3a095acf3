import type { DescribedView } from '../../src/report/view-reference.ts';
import { REPORT_VIEWS } from '../../src/store/report-views.ts';
import type { TestDatabase } from '../database.ts';

const place = ({ name }: DescribedView): number => REPORT_VIEWS.indexOf(name);

/** The views of schema `report` with the types and comments of their columns, in the order of the program's list. */
export async function describedViews({ superuser }: TestDatabase): Promise<DescribedView[]> {
  const rows = await superuser(`
    select c.relname::text as name, obj_description(c.oid, 'pg_class') as about, jsonb_agg(jsonb_build_object('name', a.attname,
      'type', format_type(a.atttypid, a.atttypmod), 'meaning', col_description(c.oid, a.attnum)) order by a.attnum) as columns
    from pg_catalog.pg_class c join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'report'::regnamespace and c.relkind = 'v' group by c.oid, c.relname`);
  return (rows as unknown as DescribedView[]).toSorted((one, other) => place(one) - place(other));
}
