import { sql } from './sql.ts';
import type { ContentType } from '../domain/inventory.ts';
import type { TenantTx } from './db.ts';

/** The pages and posts that the last audits know and that rules judge, in the order of their ids. */
export const knownPages = (
  tx: TenantTx,
  { onlyRunbooks }: { readonly onlyRunbooks: boolean },
): Promise<{ id: string; contentType: ContentType }[]> =>
  tx.rows(sql`
    select page_id as id, content_type as "contentType" from page
    where tenant_id = ${tx.tenantId} and gone_at is null and not exempt and content_type in ('page', 'blogpost')
      and (is_runbook or not ${onlyRunbooks})
    order by page_id`);
