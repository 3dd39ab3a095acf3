import { type SQL, sql } from './sql.ts';
import type { TenantTx } from './db.ts';

/** More ancestors than this are no tree. */
export const DEEPEST = 500;

/**
 * Looks a page up by its key for each row of what stands before it. The planner has no idea how many ancestors there are, and would rather
 * read every page of the tenant at every level; what it may not take apart it does row by row.
 */
export const looked = (tx: TenantTx, pageId: SQL): SQL => sql`
  cross join lateral (select * from page where tenant_id = ${tx.tenantId} and page_id = ${pageId} offset 0) p`;

/** The body of a recursive relation `way(page_id)`: these pages and everything above them, each once, also where parents form a ring. */
export const upwards = (tx: TenantTx, ids: SQL, condition: SQL): SQL => sql`
  select distinct start.id collate "C" from unnest(${ids}) as start(id)
  union
  select p.parent_id from way ${looked(tx, sql`way.page_id`)} where p.parent_id is not null and ${condition}`;
