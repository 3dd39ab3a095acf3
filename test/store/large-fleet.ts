import { recount } from '../../src/store/counts.ts';
import type { TestDatabase } from '../database.ts';

export interface FleetSize {
  readonly tenants: number;
  readonly findings: number;
  /** How long it has been audited, one night after the other. */
  readonly days: number;
}

/** The id of the tenant with this number; every hundredth is large: together they have a quarter of everything. */
export const tenantOf = (number: number): string => `t${number}`;

const dice = (n: string, salt: number): string => `(hashint4extended(${n}, ${salt}) & 1048575)::integer`;
const before = (span: string): string => `now() - ${span} * interval '1 day'`;

/**
 * Fills a fresh Postgres with a fleet that was audited for a while, in bulk and past every door: two findings a page, 60 % of them resolved,
 * 5 % of the open ones muted. What looks like chance is a hash, so it is the same each time.
 */
export async function fillFleet(
  { superuser, store }: TestDatabase,
  { tenants, findings, days }: FleetSize,
): Promise<void> {
  const large = Math.max(1, Math.floor(tenants / 100));
  const pages = Math.floor(findings / 2);
  const spaces = 10;
  const owner = `case when m % 4 = 0 then 't' || (m / 4 % ${large}) * (${tenants} / ${large}) else 't' || (m - m / 4 - 1) % ${tenants} end`;
  const whole = { tenants: tenants - 1, pages: pages - 1, findings: findings - 1 };

  for (let month = Math.ceil(days / 28); month > 0; month -= 1) await addMonth(superuser, month);
  const statements = [
    `tenant (tenant_id, site, enabled, auth_type, token_expires_at, last_slot_at, next_run_at, updated_at)
     select 't' || t, 'https://t' || t || '.atlassian.net', t % 50 <> 0, 'basic', now() + t % 400 * interval '1 day', ${before('0.4')},
       now() + interval '14 hours', now() from generate_series(0, ${whole.tenants}) t`,
    `space (tenant_id, space_id, key, name, type, status, state, pages_seen, pages_last_time, missing, run_id, updated_at)
     select 't' || t, 'S' || s, 'KEY' || s, 'Space ' || s, 'global', 'current',
       case when s = 9 then 'excluded' when t % 20 = 0 and s = 8 then 'refused' else 'walked' end, 50, 50, 0, 'r0', now()
     from generate_series(0, ${whole.tenants}) t, generate_series(0, ${spaces - 1}) s`,
    `account (tenant_id, account_id, display_name, type, status, seen_at)
     select 't' || t, 'a' || a, 'Person ' || a, 'atlassian', 'active', now()
     from generate_series(0, ${whole.tenants}) t, generate_series(0, 49) a`,
    `run (tenant_id, run_id, mode, trigger, "full", config_hash, outcome, started_at, finished_at, lease_owner, lease_until, requests,
       pages_seen, estimated_rate)
     select 't' || t, 'r' || d, 'plan', 'schedule', true, 'c', case when (t + d) % 30 = 0 then 'partial' else 'complete' end,
       ${before('(d + 0.4)')}, ${before('(d + 0.39)')}, 'w', ${before('d')}, 40, 500, 10
     from generate_series(0, ${whole.tenants}) t, generate_series(0, ${days - 1}) d`,
    `api_call (tenant_id, at, call_id, run_id, method, endpoint, status, attempts, waited_ms, duration_ms)
     select 't' || t, ${before('(d + 0.4)')} + c * interval '5 seconds', c || '-' || d, 'r' || d, 'GET', '/wiki/api/v2/pages', 200, 1, 0, 120
     from generate_series(0, ${whole.tenants}) t, generate_series(0, ${Math.min(days, 30) - 1}) d, generate_series(0, 19) c`,
    `mute (tenant_id, mute_id, source, rule, reason, muted_by, created_at, expires_at)
     select 't' || t, 'm' || m, 'config', '*', 'Known.', 'ann', now(), now() + (m * 20 - 5) * interval '1 day'
     from generate_series(0, ${whole.tenants}) t, generate_series(0, 3) m`,
    `page (tenant_id, page_id, space_id, content_type, status, title, author_id, owner_id, created_at, version_number, version_at, version_minor,
       webui, facts, facts_version, facts_of_version, is_runbook, profile_id, fresh_at, fresh_because, first_seen_at, run_id_changed)
     select ${owner}, 'p' || m, 'S' || m % ${spaces}, 'page', 'current', 'How to mend the service number ' || m, 'a' || m % 50, 'a' || m % 50,
       ${before('400')}, 3, ${before('300')}, false, '/spaces/KEY/pages/' || m,
       jsonb_build_object('headings', jsonb_build_array(jsonb_build_object('text', 'Step 1: fail over', 'level', 1, 'empty', false),
         jsonb_build_object('text', 'Escalation ' || m, 'level', 1, 'empty', false)), 'words', 800, 'macros', '["code", "toc"]'::jsonb),
       '3', 3, ${dice('m', 1)} % 10 = 0, 'p', ${before(`(${dice('m', 2)} % 700)`)}, 'human-edit', ${before(`(${dice('m', 3)} % ${days})`)}, 'r0'
     from generate_series(0, ${whole.pages}) m`,
    `attachment (tenant_id, attachment_id, page_id, title, media_type, file_size, status, version_number, version_at, version_minor)
     select ${owner}, 'att' || m, 'p' || m, 'plan.pdf', 'application/pdf', 1000, 'current', 1, now(), false
     from generate_series(0, ${whole.pages}) m where ${dice('m', 4)} % 5 = 0`,
    `finding (tenant_id, finding_id, rule_id, subject_type, subject_id, page_id, space_id, space_key, content_type, page_title, page_url, severity,
       status, state, confidence, reason, evidence, remediation, owner_account_id, first_seen_at, last_seen_at, resolved_at, mute_id,
       reopened_count, first_run_id, run_id)
     select ${owner}, 'f' || n, rule, case rule when 'dangerous-attachment' then 'attachment' when 'unreadable-runbook' then 'group' else 'page' end,
       case rule when 'dangerous-attachment' then 'att' || m else 'p' || n end, 'p' || m, 'S' || m % ${spaces}, 'KEY' || m % ${spaces}, 'page',
       'How to mend the service number ' || m, 'https://x.atlassian.net/wiki/spaces/KEY/pages/' || m || '/How+to+mend+the+service',
       case when d < 3 then 'critical' when d < 25 then 'high' when d < 60 then 'medium' when d < 95 then 'low' else 'info' end,
       case when d % 10 = 0 then 'warn' else 'fail' end,
       case when r < 60 then 'resolved' when r < 62 then 'out_of_scope' else 'open' end, 'full',
       'Last edited ' || n % 700 || ' days ago by somebody who has left since (limit 180); nobody has attested it since then.',
       jsonb_build_object('fail_days', 180, 'fresh_at', '2026-03-10T12:00:00Z', 'readers', jsonb_build_array('ann', 'bob')),
       'Read the page against the system it describes, mend what is wrong, and attest it with a label. Where it is not needed any more archive it.',
       case when m % 10 <> 0 then 'a' || m % 50 end, ${before('since')}, ${before('case when r < 60 then since / 2 else 0.4 end')},
       case when r < 60 then ${before('since / 2')} end, case when r >= 95 then 'm' || n % 4 end, 0, 'r1', 'r0'
     from (select n, n / 2 as m, (n + n / 20 * 7) % 20 as drawn_rule, ${dice('n', 5)} % 100 as r, ${dice('n', 6)} % 100 as d,
         0.4 + ${dice('n', 7)} % ${days} as since from generate_series(0, ${whole.findings}) n) as drawn
     cross join lateral (select case drawn_rule when 0 then 'stale-runbook' when 1 then 'dangerous-attachment' when 2 then 'unreadable-runbook'
       else 'rule-' || drawn_rule end as rule) as named`,
    `finding_event (tenant_id, at, event_id, finding_id, rule_id, event, run_id)
     select tenant_id, first_seen_at, finding_id || 'o', finding_id, rule_id, 'opened',
       'r' || floor(extract(epoch from now() - first_seen_at) / 86400)::integer from audit.finding
     union all
     select tenant_id, resolved_at, finding_id || 'r', finding_id, rule_id, 'resolved', 'r0' from audit.finding where resolved_at is not null`,
    `unjudged (tenant_id, rule_id, page_id, subject_type, subject_id, status, severity, reason, remediation, space_key, content_type, page_title,
       first_seen_at, last_seen_at, run_id)
     select ${owner}, 'broken-anchor', 'p' || m, 'page', 'p' || m, 'skip', case when m % 3 = 0 then 'high' else 'low' end,
       'Its body was not read yet.', 'Wait for the next audit.', 'KEY' || m % ${spaces}, 'page', 'How to mend the service number ' || m, ${before('40')},
       now(), 'r0' from generate_series(0, ${whole.pages}) m where ${dice('m', 8)} % 30 = 0`,
    `plan (tenant_id, plan_id, run_id, created_at) select 't' || t, 'plan', 'r0', now() from generate_series(0, ${whole.tenants}) t`,
    `page_write (tenant_id, write_id, plan_id, run_id, finding_id, rule_id, page_id, space_key, page_title, page_version, action, mark, reason,
       severity, undoable, state, planned_at, executed_at)
     select tenant_id, 'w' || finding_id, 'plan', 'r0', finding_id, rule_id, page_id, space_key, page_title, 3, 'add-label', 'docaudit-stale',
       reason, severity, true, case when state = 'open' then 'planned' else 'done' end, now(), case when state <> 'open' then now() end
     from audit.finding where rule_id = 'stale-runbook'`,
  ];
  for (const statement of statements) await superuser(`insert into audit.${statement}`);
  await superuser('analyze');
  // As the end of each run does.
  for (let number = 0; number < tenants; number += 1) await store.withTenant(tenantOf(number), recount);
  await superuser('vacuum analyze');
}

/** The month that lies so far back, as `audit.ensure_partitions` would have made it then. */
async function addMonth(superuser: TestDatabase['superuser'], ago: number): Promise<void> {
  const [month] = await superuser(
    `select to_char(m, 'YYYY_MM') as name, m::text as begins, (m + interval '1 month')::text as ends
     from (select date_trunc('month', now() at time zone 'UTC') - make_interval(months => $1) as m) as it`,
    [ago],
  );
  for (const parent of ['finding_event', 'api_call']) {
    const part = `audit.${parent}_${String(month?.['name'])}`;
    await superuser(
      `create table ${part} partition of audit.${parent} for values from ('${String(month?.['begins'])}+00') to ('${String(month?.['ends'])}+00')`,
    );
    await superuser(`alter table ${part} enable row level security`);
    await superuser(`alter table ${part} force row level security`);
  }
}
