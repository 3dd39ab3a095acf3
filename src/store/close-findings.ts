import { type SQL, sql } from './sql.ts';
import { list } from './batch.ts';
import { inBulk } from './bulk.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';

/** Closes open findings by a condition over `f` (finding); returns how many. `note` says why in the history; it sees the row `closed`. */
async function close(
  tx: TenantTx,
  run: Run,
  state: 'resolved' | 'out_of_scope',
  note: SQL,
  condition: SQL,
): Promise<number> {
  const [row] = await inBulk(tx, () =>
    tx.rows<{ closed: number }>(sql`
with closed as (
  update finding f set state = ${state}, resolved_at = ${tx.now}, run_id = ${run.runId}
  where f.tenant_id = ${tx.tenantId} and f.state = 'open' and (${condition})
  returning f.finding_id, f.rule_id, f.page_id
), history as (
  insert into finding_event (tenant_id, at, event_id, finding_id, rule_id, event, run_id, note)
  select ${tx.tenantId}, ${tx.now}, ${run.runId} || ':' || ${state} || ':' || finding_id, finding_id, rule_id, ${state}, ${run.runId}, ${note}
  from closed
)
select count(*)::int as closed from closed`),
  );
  return row?.closed ?? 0;
}

/** Resolves what belonged to pages whose absence was confirmed (archived, trashed, deleted). */
export const resolveGone = (tx: TenantTx, run: Run): Promise<number> =>
  close(
    tx,
    run,
    'resolved',
    sql`(select case p.gone_because when 'archived' then 'The page was archived.' when 'trashed' then 'The page was deleted.'
        else 'The page is gone.' end from page p where p.tenant_id = ${tx.tenantId} and p.page_id = closed.page_id)`,
    sql`exists (select 1 from page p where p.tenant_id = f.tenant_id and p.page_id = f.page_id and p.gone_at is not null and p.gone_because <> 'out-of-scope')`,
  );

/** Resolves the findings of a set rule on pages that it looked at in this run and did not name again. */
export const resolveUnnamed = (tx: TenantTx, run: Run, ruleId: string, subjectPages: SQL): Promise<number> =>
  close(
    tx,
    run,
    'resolved',
    sql`''`,
    sql`f.rule_id = ${ruleId} and f.run_id <> ${run.runId} and f.page_id in (${subjectPages})`,
  );

/**
 * Closes as `out_of_scope` what the settings no longer ask about: the rule is off for the page, the page is exempt, no runbook any
 * more (for rules about runbooks), moved to a space that is not audited, or its space is excluded now.
 */
export const closeOutOfScope = (tx: TenantTx, run: Run, runbookRules: readonly string[]): Promise<number> =>
  close(
    tx,
    run,
    'out_of_scope',
    sql`'No longer in the scope that the settings ask for.'`,
    sql`exists (select 1 from page p
        join space s on s.tenant_id = p.tenant_id and s.space_id = p.space_id
        left join rule_profile r on r.tenant_id = p.tenant_id and r.profile_id = p.profile_id
      where p.tenant_id = f.tenant_id and p.page_id = f.page_id
        and (s.state = 'excluded' or p.gone_because = 'out-of-scope'
          or (p.gone_at is null and r.profile_id is not null and (p.exempt or coalesce(jsonb_typeof(r.rules -> f.rule_id), 'null') = 'null'
            or (not p.is_runbook and f.rule_id = any(${list(runbookRules)}))))))`,
  );

/** Closes the findings about the tenant itself whose rule is not on any more. */
export const closeTenantRules = (tx: TenantTx, run: Run, on: readonly string[]): Promise<number> =>
  close(tx, run, 'out_of_scope', sql`'The rule is off.'`, sql`f.page_id = '' and not (f.rule_id = any(${list(on)}))`);
