import { sql } from './sql.ts';
import { batch, list } from './batch.ts';
import type { TenantTx } from './db.ts';
import { type FindingInput, toRow } from './findings.ts';
import type { Run } from './runs.ts';

/** What ended in error or skip in this run, for `report.unjudged`. */
export interface UnjudgedInput extends Omit<FindingInput, 'status' | 'findingId'> {
  readonly status: 'error' | 'skip';
}

/** Records what ended in error or skip; `first_seen_at` stays from the first time in a row. */
export async function saveUnjudged(tx: TenantTx, run: Run, rows: readonly UnjudgedInput[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into unjudged as u (tenant_id, rule_id, page_id, subject_type, subject_id, status, severity, reason, evidence, remediation,
      space_key, content_type, page_title, page_url, owner_account_id, first_seen_at, last_seen_at, run_id)
    select ${tx.tenantId}, rule_id, page_id, subject_type, subject_id, status, severity, reason, evidence, remediation,
      space_key, content_type, page_title, page_url, owner_account_id, ${tx.now}, ${tx.now}, ${run.runId}
    from jsonb_to_recordset(${batch(rows.map(toRow))}) as n(
      rule_id text, page_id text, subject_type text, subject_id text, status text, severity text, reason text, evidence jsonb,
      remediation text, space_key text, content_type text, page_title text, page_url text, owner_account_id text)
    on conflict (tenant_id, rule_id, page_id, subject_type, subject_id) do update set status = excluded.status,
      severity = excluded.severity, reason = excluded.reason, evidence = excluded.evidence, page_title = excluded.page_title,
      page_url = excluded.page_url, owner_account_id = excluded.owner_account_id, last_seen_at = excluded.last_seen_at,
      run_id = excluded.run_id`);
}

/** Forgets what an earlier run could not judge and this one did (or did not meet any more); `spaceKeys` limits it to a part. */
export const dropStaleUnjudged = (tx: TenantTx, run: Run, spaceKeys: readonly string[] | null) =>
  tx.rows(
    sql`delete from unjudged where tenant_id = ${tx.tenantId} and run_id <> ${run.runId} and ${inSpaces(spaceKeys)}`,
  );

const inSpaces = (spaceKeys: readonly string[] | null) =>
  spaceKeys === null ? sql`true` : sql`space_key = any(${list(spaceKeys)})`;
