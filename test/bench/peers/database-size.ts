import type { TestDatabase } from '../../database.ts';

/** Bytes of all tables of the audit with their indexes, and of the largest of them, after what is no more in use was given back. */
export async function databaseSize({ superuser }: Pick<TestDatabase, 'superuser'>) {
  await superuser('vacuum analyze');
  const rows = await superuser(`
    select c.relname as table, pg_total_relation_size(c.oid)::float8 as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'audit' and c.relkind = 'r' order by 2 desc`);
  const tables = rows.map((row) => ({ table: String(row['table']), bytes: Number(row['bytes']) }));
  return { bytes: tables.reduce((sum, { bytes }) => sum + bytes, 0), tables };
}
