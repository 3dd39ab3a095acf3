import { type SQL, sql } from './sql.ts';
import type { Attachment } from '../domain/inventory.ts';
import { batch, eachOnce } from './batch.ts';
import type { TenantTx } from './db.ts';

/** Saves what the attachment lists say. Rows that did not change are not rewritten. */
export async function upsertAttachments(
  tx: TenantTx,
  attachments: readonly Attachment[],
): Promise<{ seen: number; changed: number }> {
  const changed = await tx.rows(sql`
    insert into attachment (tenant_id, attachment_id, page_id, title, media_type, file_size, status, version_number,
      version_at, author_id, version_minor)
    select ${tx.tenantId}, x.id, x."pageId", x.title, x."mediaType", x."fileSize", x.status,
      (x.version ->> 'number')::integer, (x.version ->> 'createdAt')::timestamptz, x.version ->> 'authorId',
      (x.version ->> 'minorEdit')::boolean
    from jsonb_to_recordset(${batch(eachOnce(attachments))}) as x(id text, "pageId" text, title text, "mediaType" text,
      "fileSize" bigint, status text, version jsonb)
    on conflict (tenant_id, attachment_id) do update set ${assignAll}, gone_at = null
    where attachment.gone_at is not null or (${columnsOf('attachment')}) is distinct from (${columnsOf('excluded')})
    returning 1`);
  return { seen: attachments.length, changed: changed.length };
}

const LISTED = 'page_id title media_type file_size status version_number version_at author_id version_minor'.split(' ');
const columnsOf = (table: string): SQL => sql.raw(LISTED.map((column) => `${table}.${column}`).join(', '));
const assignAll = sql.raw(LISTED.map((column) => `${column} = excluded.${column}`).join(', '));

/** When all attachments of the site were listed last, and since when those that changed. */
export async function attachmentWalks(
  tx: TenantTx,
): Promise<{ known: number; listedAt: string | null; walkedAt: string | null }> {
  const [row] = await tx.rows<Awaited<ReturnType<typeof attachmentWalks>>>(sql`
    select attachments_listed_at as "listedAt", attachments_walked_at as "walkedAt",
      (select count(*)::int from attachment where tenant_id = ${tx.tenantId} and gone_at is null) as known
    from tenant where tenant_id = ${tx.tenantId}`);
  return row ?? { known: 0, listedAt: null, walkedAt: null };
}

/** Remembers since when the changes of attachments are known, and with `listedAt` that all of them were listed. */
export const markAttachmentsWalked = (tx: TenantTx, { from, listedAt }: { from: string; listedAt: string | null }) =>
  tx.rows(sql`
    update tenant set attachments_walked_at = ${from}::timestamptz,
      attachments_listed_at = coalesce(${listedAt}::timestamptz, attachments_listed_at)
    where tenant_id = ${tx.tenantId}`);

/** After a complete walk over a site or a page: the attachments that it did not see are gone. Returns how many. */
export async function markAttachmentsGone(
  tx: TenantTx,
  { seen, pageId }: { seen: SQL; pageId?: string },
): Promise<number> {
  const gone = await tx.rows(sql`
    update attachment set gone_at = ${tx.now}
    where tenant_id = ${tx.tenantId} and gone_at is null and not exists (select 1 from ${seen} as s(id) where s.id = attachment_id)
      ${pageId === undefined ? sql`` : sql`and page_id = ${pageId}`}
    returning 1`);
  return gone.length;
}
