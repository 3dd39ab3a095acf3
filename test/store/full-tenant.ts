import type { TestDatabase } from '../database.ts';

/** Gives a tenant one row in every table, so that every view has something to show of it. */
export async function fillTenant({ superuser }: TestDatabase, tenant: string): Promise<void> {
  const found = `rule_id, page_id, subject_type, subject_id, severity, status, reason, remediation, space_key, content_type,
    page_title, first_seen_at, last_seen_at, run_id`;
  const write = `plan_id, run_id, finding_id, rule_id, page_id, space_key, page_title, page_version, action, mark, reason,
    severity, undoable, planned_at`;
  const statements = [
    `tenant (site, enabled, auth_type, token_expires_at, updated_at, counted_at) values ('https://x', true, 'basic', now(), now(), now())`,
    `credential (credential_id, purpose, sealed, key_id, updated_at) values ('sign-in', 'oauth-grant', 'v1.k.i.t.g', 'k', now())`,
    `registration (site, settings, added_at, updated_at) values ('https://x', '{}', now(), now())`,
    `run (run_id, mode, trigger, "full", config_hash, outcome, started_at, finished_at, lease_owner, lease_until)
      values ('r1', 'plan', 'manual', true, 'c', 'complete', now() - interval '1 minute', now(), 'w', now())`,
    `walk_step (run_id, walk, step, at) values ('r1', 'pages', 0, now())`,
    `api_call (at, call_id, run_id, method, endpoint, attempts, waited_ms, duration_ms) values (now(), 'c1', 'r1', 'GET', 'pages', 1, 0, 5)`,
    `app_points (app_id, hour, points) values ('acme-app', now(), 5)`,
    `space (space_id, key, name, type, status, state, pages_seen, updated_at) values ('S1', 'OPS', 'Ops', 'global', 'current', 'walked', 1, now())`,
    `page (page_id, space_id, content_type, status, title, created_at, version_number, version_at, version_minor, fresh_at,
      fresh_because, first_seen_at, run_id_changed)
      values ('1', 'S1', 'page', 'current', 'One', now(), 1, now(), false, now() - interval '200 days', 'human-edit', now(), 'r1')`,
    `space_count (space_key, pages, runbooks, healthy) values ('OPS', 1, 1, 0)`,
    `finding_day (day, severity, open, opened) values (current_date, 'high', 1, 1)`,
    `usage_day (day, requests, busiest_minute) values (current_date, 1, 1)`,
    `page_link (page_id, ord, kind, url) values ('1', 0, 'url', 'https://example.com/')`,
    `attachment (attachment_id, page_id, title, media_type, file_size, status, version_number, version_at, version_minor)
      values ('att1', '1', 'run.exe', 'application/x-dosexec', 5, 'current', 1, now(), false)`,
    `comment (comment_id, page_id, resolution, created_at) values ('c1', '1', 'open', now())`,
    `account (account_id, display_name, type, status, seen_at) values ('ann', 'Ann', 'atlassian', 'active', now())`,
    `rule_profile (profile_id, rules) values ('p1', '{}')`,
    `permission_check (page_id, subject_type, subject_id, operation, restriction_hash, answer, at)
      values ('1', 'group', 'g1', 'read', 'h', true, now())`,
    `finding (finding_id, state, confidence, space_id, first_run_id, owner_account_id, evidence, ${found})
      values ('f1', 'open', 'full', 'S1', 'r1', 'ann', '{"fail_days": 180}', 'stale-runbook', '1', 'attachment', 'att1', 'high',
        'fail', 'Because.', 'Do it.', 'OPS', 'page', 'One', now(), now(), 'r1')`,
    `finding (finding_id, state, confidence, space_id, first_run_id, evidence, ${found})
      values ('f2', 'open', 'full', 'S1', 'r1', '{"readers": ["ann"], "blocked_by_page_id": "1", "how_known": "restrictions"}',
        'unreadable-runbook', '1', 'group', 'g1', 'critical', 'fail', 'Because.', 'Do it.', 'OPS', 'page', 'One', now(), now(), 'r1')`,
    `finding (finding_id, state, confidence, space_id, first_run_id, mute_id, ${found})
      values ('f3', 'open', 'full', 'S1', 'r1', 'm1', 'empty-page', '1', 'page', '1', 'low', 'fail', 'Because.', 'Do it.', 'OPS', 'page',
        'One', now(), now(), 'r1')`,
    `mute (mute_id, source, reason, muted_by, created_at, expires_at) values ('m1', 'command', 'Known.', 'ann', now(), now() + interval '5 days')`,
    `finding_event (at, event_id, finding_id, rule_id, event, run_id) values (now(), 'e1', 'f1', 'stale-runbook', 'opened', 'r1')`,
    `admin_act (at, act_id, actor, action) values (now(), 'a1', 'ann@desk', 'apply')`,
    `unjudged (${found}) values ('orphan-page', '1', 'page', '1', 'low', 'skip', 'Because.', 'Do it.', 'OPS', 'page', 'One',
      now(), now(), 'r1')`,
    `alert (alert_id, receiver, run_ids, state, created_at, due_at) values ('n1', 'slack', '{r1}', 'waiting', now(), now())`,
    `plan (plan_id, run_id, created_at) values ('p1', 'r1', now())`,
    `page_write (write_id, state, executed_at, outcome, ${write}) values ('w1', 'done', now(), 'Added.', 'p1', 'r1', 'f1',
      'stale-runbook', '1', 'OPS', 'One', 1, 'add-label', 'docaudit-stale', 'Because.', 'high', true, now())`,
    `page_write (write_id, state, ${write}) values ('w2', 'planned', 'p1', 'r1', 'f1', 'stale-runbook', '1', 'OPS', 'One', 1,
      'remove-label', 'docaudit-stale', 'Because.', 'high', true, now())`,
  ];
  for (const statement of statements) {
    await superuser(
      `insert into audit.${statement.replace('(', '(tenant_id, ').replace(/values\s*\(/, `values ('${tenant}', `)}`,
    );
  }
}
