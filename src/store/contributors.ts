import { sql } from './sql.ts';
import { batch } from './batch.ts';
import type { TenantTx } from './db.ts';

/** Everybody who wrote a version of a page, apps included, as known when the page was at version `upTo`. */
export interface Contributors {
  readonly upTo: number;
  readonly ids: readonly string[];
}

/** Saves who wrote each page, so that only newer versions need be read. */
export async function saveContributors(
  tx: TenantTx,
  rows: readonly { readonly pageId: string; readonly contributors: Contributors }[],
): Promise<void> {
  await tx.rows(sql`
    update page p set contributors = x.contributors
    from jsonb_to_recordset(${batch(rows)}) as x("pageId" text, contributors jsonb)
    where p.tenant_id = ${tx.tenantId} and p.page_id = x."pageId" and p.contributors is distinct from x.contributors`);
}
