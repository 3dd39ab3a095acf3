import { sql } from './sql.ts';
import type { Store, TenantTx } from './db.ts';
import type { ViewRows } from './report-views.ts';

/** Whose finding it is; null where there is none of that id. */
export async function tenantOfFinding(store: Store, findingId: string): Promise<string | null> {
  const [row] = await store.withFleet((tx) =>
    tx.rows<{ tenantId: string }>(
      sql`select tenant_id as "tenantId" from finding where finding_id = ${findingId} order by tenant_id limit 1`,
    ),
  );
  return row?.tenantId ?? null;
}

const COLUMNS =
  'finding_id tenant_id rule_id severity state reason remediation page_title page_url event at note'.split(' ');

/** A finding, whatever became of it, with a row for every event of its life, oldest first. */
export async function readFinding(store: Store, findingId: string): Promise<ViewRows> {
  const rows = await store.withFleet((tx) =>
    tx.rows<Record<string, unknown>>(sql`
      select f.finding_id, f.tenant_id, f.rule_id, f.severity, f.state, f.reason, f.remediation, f.page_title, f.page_url,
        e.event, e.at, e.note
      from finding f left join finding_event e on e.tenant_id = f.tenant_id and e.finding_id = f.finding_id
      where f.finding_id = ${findingId} order by f.tenant_id, e.at, e.event_id`),
  );
  return { columns: COLUMNS, rows: rows.map((row) => COLUMNS.map((column) => row[column])) };
}

/** Whether the tenant has an open finding of this rule. */
export async function hasOpenFinding(tx: TenantTx, ruleId: string): Promise<boolean> {
  const open = await tx.rows(
    sql`select 1 from finding where tenant_id = ${tx.tenantId} and rule_id = ${ruleId} and state = 'open' limit 1`,
  );
  return open.length > 0;
}
