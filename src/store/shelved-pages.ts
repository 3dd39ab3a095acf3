import { sql } from './sql.ts';
import type { Page } from '../domain/inventory.ts';
import { batch, eachOnce } from './batch.ts';
import type { TenantTx } from './db.ts';

/** Saves pages that lie in the archive or in the trash as gone. A page that this run has listed as current stays where it is. */
export async function upsertShelved(
  tx: TenantTx,
  { runId, pages }: { runId: string; pages: readonly Page[] },
): Promise<void> {
  const rows = eachOnce(pages).map((page) => ({ ...page, body: undefined }));
  await tx.rows(sql`
    insert into page as p (tenant_id, page_id, space_id, content_type, status, subtype, title, parent_id, parent_type, author_id, owner_id,
      created_at, version_number, version_at, version_author_id, version_minor, webui, first_seen_at, gone_at, gone_because, run_id_changed)
    select ${tx.tenantId}, x.id, x."spaceId", x."contentType", x.status, x.subtype, x.title, x."parentId", x."parentType", x."authorId",
      x."ownerId", x."createdAt", (x.version ->> 'number')::integer, (x.version ->> 'createdAt')::timestamptz, x.version ->> 'authorId',
      (x.version ->> 'minorEdit')::boolean, x.webui, ${tx.now}, ${tx.now}, x.status, ${runId}
    from jsonb_to_recordset(${batch(rows)}) as x(id text, "spaceId" text, "contentType" text, status text, subtype text, title text,
      "parentId" text, "parentType" text, "authorId" text, "ownerId" text, "createdAt" timestamptz, version jsonb, webui text)
    on conflict (tenant_id, page_id) do update set title = excluded.title, space_id = excluded.space_id,
      gone_because = excluded.gone_because, run_id_changed = excluded.run_id_changed
    where p.gone_at is not null
      and (p.title, p.space_id, p.gone_because) is distinct from (excluded.title, excluded.space_id, excluded.gone_because)`);
}
