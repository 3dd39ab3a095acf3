import { type SQL, sql } from './sql.ts';
import type { Store } from './db.ts';
import { INT8 } from './wire.ts';

const bySeverity = `array_position(array['critical', 'high', 'medium', 'low', 'info'], severity::text)`;
const findings = `${bySeverity}, status, tenant_id, space_key, page_title collate "C", rule_id, page_id, subject_id`;
const actions = `tenant_id, space_key, page_title collate "C", page_id, action, label`;

/** The views that exist, each with the order in which its rows are printed. */
export const ORDER = {
  open_findings: findings,
  stale_runbooks: findings,
  attachment_findings: findings,
  restriction_findings: findings,
  new_since_last_run: findings,
  unjudged: findings,
  muted_findings: findings,
  expiring_mutes: `mute_expires_at, ${findings}`,
  finding_history: 'at, tenant_id, finding_id, event',
  tenant_health: 'tenant_id',
  tenant_scorecard: 'tenant_id',
  space_scorecard: 'tenant_id, space_key',
  owner_worklist: 'tenant_id, owner_name collate "C", owner_account_id, rank',
  daily_trend: `tenant_id, day, ${bySeverity}`,
  run_log: 'started_at desc, tenant_id, run_id',
  coverage: 'tenant_id, space_key',
  planned_actions: actions,
  executed_actions: `executed_at desc, ${actions}`,
  token_expiry: 'expires_at, tenant_id',
  api_usage: 'tenant_id, day',
} as const satisfies Record<string, string>;

export type ReportView = keyof typeof ORDER;
export const REPORT_VIEWS = Object.keys(ORDER) as readonly ReportView[];

export interface ViewRows {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** All rows of a report view through the fleet's door, or those of one tenant. Always in the same order. */
export async function readView(
  store: Store,
  view: ReportView,
  { tenantId }: { tenantId?: string } = {},
): Promise<ViewRows> {
  const only: SQL = tenantId === undefined ? sql`` : sql`where tenant_id = ${tenantId}`;
  const { rows, fields } = await store.withFleet(
    (tx) =>
      tx.result(
        sql`select * from ${sql.identifier('report')}.${sql.identifier(view)} ${only} order by ${sql.raw(ORDER[view])}`,
      ),
    tenantId === undefined ? {} : { tenantId },
  );
  return {
    columns: fields.map(({ name }) => name),
    rows: rows.map((row) => fields.map(({ name, type }) => printable(row[name], type))),
  };
}

/** A large integer is a number for readers where JavaScript can hold it. */
export function printable(value: unknown, type: number): unknown {
  if (type !== INT8 || typeof value !== 'string') return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
