import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';

/**
 * Runs statements over all pages of a tenant without nested loops. What a run has seen comes out of arrays, so the planner takes it for a
 * dozen rows and would look each of them up one by one, or loop over everything for each: seconds become minutes, and with rules in
 * SQL hours. Hashing grows with the number of pages alone.
 */
export async function inBulk<T>(tx: TenantTx, work: () => Promise<T>): Promise<T> {
  await tx.rows(sql`set local enable_nestloop = off`);
  const result = await work();
  await tx.rows(sql`set local enable_nestloop = on`);
  return result;
}
