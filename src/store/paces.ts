import { sql } from './sql.ts';
import type { Tx } from './db.ts';

/**
 * Turns one page of remembered paces under its lock: `work` sees it (null where there is none) and the moment of the database
 * in milliseconds; what it gives as `page` is kept.
 */
export async function turnPace<Page extends object, T>(
  tx: Tx,
  key: string,
  work: (page: Page | null, now: number) => { readonly page: Page; readonly result: T },
): Promise<{ result: T; now: number }> {
  const look = () =>
    tx.rows<{ state: Page; now: number }>(sql`
      select state, (extract(epoch from ${tx.now}) * 1000)::float8 as now from fleet.pace where pace_key = ${key} for update`);
  let [found] = await look();
  if (found === undefined) {
    // Whoever comes second waits here for the first, and then finds its row.
    await tx.rows(sql`
      insert into fleet.pace (pace_key, state, updated_at) values (${key}, 'null', ${tx.now}) on conflict do nothing`);
    [found] = await look();
  }
  const now = found?.now ?? 0;
  const { page, result } = work(found?.state ?? null, now);
  await tx.rows(sql`
    update fleet.pace set state = ${JSON.stringify(page)}::jsonb, updated_at = ${tx.now} where pace_key = ${key}`);
  return { result, now };
}
