import type { ReportView } from '../store/report-views.ts';

/** One question for each view, and how it is asked: what the reference prints and a test executes. */
export const VIEW_EXAMPLES: Readonly<Record<ReportView, { readonly asks: string; readonly query: string }>> = {
  open_findings: {
    asks: 'How many of each rule?',
    query: `
select rule_id, severity, count(*) from report.open_findings group by 1, 2 order by 3 desc;`,
  },
  stale_runbooks: {
    asks: 'Which runbooks are the oldest?',
    query: `
select page_title, age_days, fresh_because, labelled_at from report.stale_runbooks order by age_days desc limit 20;`,
  },
  attachment_findings: {
    asks: 'Which files are dangerous, the largest first?',
    query: `
select file_name, media_type, file_size, page_url from report.attachment_findings
where rule_id = 'dangerous-attachment' order by file_size desc nulls last;`,
  },
  restriction_findings: {
    asks: 'Where is access to be granted?',
    query: `
select page_title, blocked_by_page_id, readers, confidence from report.restriction_findings where severity = 'critical';`,
  },
  new_since_last_run: {
    asks: 'What would a message in the morning say?',
    query: `
select tenant_id, severity, page_title, reason from report.new_since_last_run order by tenant_id, severity;`,
  },
  unjudged: {
    asks: 'What stands in the way of a verdict?',
    query: `
select rule_id, status, reason, count(*) from report.unjudged group by 1, 2, 3 order by 4 desc;`,
  },
  muted_findings: {
    asks: 'Who accepted what?',
    query: `
select muted_by, mute_reason, count(*) from report.muted_findings group by 1, 2;`,
  },
  expiring_mutes: {
    asks: 'What is to be looked at again?',
    query: `
select mute_expires_at, muted_by, page_title, reason from report.expiring_mutes order by 1;`,
  },
  finding_history: {
    asks: 'What happened in the last week?',
    query: `
select rule_id, event, count(*) from report.finding_history where at > now() - interval '7 days' group by 1, 2;`,
  },
  tenant_health: {
    asks: 'Which tenants had no complete audit for two days?',
    query: `
select tenant_id, outcome, reason, last_success_at from report.tenant_health
where enabled and (last_success_at is null or last_success_at < now() - interval '2 days');`,
  },
  tenant_scorecard: {
    asks: 'Whose runbooks got worse?',
    query: `
select tenant_id, runbooks, healthy_share, healthy_share_30d_ago from report.tenant_scorecard
where healthy_share < healthy_share_30d_ago order by healthy_share;`,
  },
  space_scorecard: {
    asks: 'Which spaces are to begin with?',
    query: `
select tenant_id, space_key, runbooks - healthy_runbooks as to_mend from report.space_scorecard order by 3 desc limit 10;`,
  },
  owner_worklist: {
    asks: 'What are the first three things for everybody?',
    query: `
select owner_name, rank, page_title, remediation from report.owner_worklist where rank <= 3 order by owner_name, rank;`,
  },
  daily_trend: {
    asks: 'How do the critical and high ones of all tenants together develop?',
    query: `
select day, sum(open) as open, sum(opened) as opened, sum(resolved) as resolved
from report.daily_trend where severity in ('critical', 'high') group by day order by day;`,
  },
  run_log: {
    asks: 'What did the last runs cost?',
    query: `
select tenant_id, started_at, finished_at - started_at as took, requests, waited_seconds
from report.run_log order by started_at desc limit 20;`,
  },
  coverage: {
    asks: 'Which spaces were not seen in full?',
    query: `
select tenant_id, space_key, state, missing, excluded_because from report.coverage where state <> 'walked';`,
  },
  planned_actions: {
    asks: 'What would the latest audit have written with mode apply?',
    query: `
select action, label, page_title, reason from report.planned_actions where state = 'planned';`,
  },
  executed_actions: {
    asks: 'Which writes did not go through?',
    query: `
select executed_in.started_at, a.page_title, a.state, a.outcome
from report.executed_actions a join report.run_log executed_in using (tenant_id, run_id) where a.state <> 'done';`,
  },
  token_expiry: {
    asks: 'What ends within two weeks?',
    query: `
select tenant_id, expires_at, days_left from report.token_expiry where days_left <= 14;`,
  },
  api_usage: {
    asks: 'How often did the site have to refuse?',
    query: `
select tenant_id, day, requests, throttled, throttled_share from report.api_usage order by day desc;`,
  },
};
