import { sql } from './sql.ts';
import type { SpaceReaders } from '../domain/inventory.ts';
import { list } from './batch.ts';
import type { TenantTx } from './db.ts';

export interface SpaceReadersRow extends SpaceReaders {
  readonly spaceId: string;
  /** How many permissions the space has: what asking for them costs. */
  readonly rows: number;
}

/** Saves who may view a space, as read by this run. */
export async function saveSpaceReaders(
  tx: TenantTx,
  { runId, spaceId, classes, groups, rows }: SpaceReadersRow & { readonly runId: string },
): Promise<void> {
  await tx.rows(sql`
    update space set reader_classes = ${list(classes)}, reader_groups = ${list(groups)}, permission_rows = ${rows}, readers_run_id = ${runId}
    where tenant_id = ${tx.tenantId} and space_id = ${spaceId}`);
}

/** The spaces whose permissions were read by this run, or by the one that last listed all of the space. */
export async function spacesWithReaders(tx: TenantTx, runId: string): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    select space_id as id from space where tenant_id = ${tx.tenantId} and readers_run_id in (${runId}, listed_run_id)`);
  return new Set(rows.map(({ id }) => id));
}
