import { env } from 'node:process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FACTS_VERSION } from '../../src/domain/body-facts.ts';
import { loadRules } from '../../src/rules/load-rules.ts';
import { runSetRule } from '../../src/store/set-rules.ts';
import { openPostgres } from '../database.ts';
import { beginRun } from '../store/examples.ts';
import { median, rounds, tell } from './figures.ts';

vi.setConfig({ testTimeout: 3_600_000, hookTimeout: 1_800_000 });
/** Ten links a page; every tenth page holds a file; a hundred spaces. BENCH_PAGES says otherwise. */
const PAGES = Number(env['BENCH_PAGES'] ?? 100_000);
const TENANT = 'large';

let database: Awaited<ReturnType<typeof openPostgres>>;
beforeAll(async () => {
  database = await openPostgres();
  const run = await beginRun(database.store, TENANT);
  const { superuser } = database;
  const given = (text: string, ...values: readonly unknown[]) => superuser(text, [TENANT, ...values]);
  await given(
    `insert into audit.space (tenant_id, space_id, key, name, type, status, homepage_id, state, run_id, reader_classes, readers_run_id, updated_at)
     select $1, 'S' || n, 'KEY' || n, 'Space', 'global', 'current', 'p' || n, 'walked', $2,
       case when n % 10 = 0 then array['ANONYMOUS_USERS'] else '{}' end, $2, now() from generate_series(0, 99) n`,
    run.runId,
  );
  const rules = [...(await loadRules()).values()].map((rule) => [rule.id, { severity: rule.severity, options: {} }]);
  await given(
    `insert into audit.rule_profile (tenant_id, profile_id, rules) values ($1, 'p', $2::jsonb)`,
    JSON.stringify(Object.fromEntries(rules)),
  );
  // Page n stands below page n/8 in its space, so trees are a few levels deep; every hundredth is archived, every thousandth an orphan.
  await given(
    `insert into audit.page (tenant_id, page_id, space_id, content_type, status, title, parent_id, parent_type, created_at, version_number,
       version_at, version_minor, facts, facts_version, facts_of_version, profile_id, first_seen_at, gone_at, gone_because, run_id_changed)
     select $1, 'p' || n, 'S' || n % 100, 'page', 'current', 'How to mend the service number ' || n,
       case when n < 100 or n % 1000 = 7 then null else 'p' || (n % 100 + n / 800 * 100) end, 'page', now(), 3, now(), false,
       jsonb_build_object('headings', jsonb_build_array(jsonb_build_object('text', 'Step 1: fail over', 'level', 1, 'empty', false),
           jsonb_build_object('text', 'Escalation ' || n, 'level', 1, 'empty', false)),
         'anchors', '[]'::jsonb, 'attachments', case when n % 20 = 0 then '["plan.pdf"]'::jsonb else '[]' end,
         'foreignAttachments', '[]'::jsonb, 'macros', '["code", "toc"]'::jsonb, 'damaged', false),
       $2, 3, 'p', now(), case when n % 100 = 99 then now() end, case when n % 100 = 99 then 'archived' end, 'run-0'
     from generate_series(0, $3::int - 1) n`,
    String(FACTS_VERSION),
    PAGES,
  );
  // Nine links by title, some of them to nothing, to the archive, and with anchors; one by address.
  await given(
    `insert into audit.page_link (tenant_id, page_id, ord, kind, title, space_key, anchor, url)
     select $1, 'p' || n, ord, case when ord = 9 then 'url' when ord = 8 then 'include' else 'page' end,
       case when ord < 9 then 'How to mend the service number ' || case when n % 500 = 3 and ord = 1 then -1 else (n + ord * 7919) % $2::int end end,
       case when ord < 9 then 'KEY' || (n + ord * 7919) % 100 end, case when ord = 2 then 'Step-1:-fail-over' end,
       case when ord = 9 then 'https://large.atlassian.net/wiki/spaces/KEY/pages/' || n || '/x' end
     from generate_series(0, $2::int - 1) n cross join generate_series(0, 9) ord where n % 1000 <> 7`,
    PAGES,
  );
  await given(
    `insert into audit.page_link (tenant_id, page_id, ord, kind, title) select $1, 'p1', 100 + n, 'page', 'Entry ' || n from generate_series(1, 100000) n`,
  );
  await given(
    `insert into audit.attachment (tenant_id, attachment_id, page_id, title, media_type, file_size, status, version_number, version_at, version_minor)
     select $1, 'att' || n, 'p' || n, 'plan.pdf', 'application/pdf', 1000, 'current', 1, now(), false
     from generate_series(0, $2::int - 1, 10) n`,
    PAGES,
  );
  await given(
    `insert into audit.walk_step (tenant_id, run_id, walk, step, ids, at)
     select $1, $2, 'pages:S0+100', n / 250, array_agg('p' || n), now() from generate_series(0, $3::int - 1) n where n % 100 <> 99 group by n / 250`,
    run.runId,
    PAGES,
  );
  await superuser('analyze');
});
afterAll(() => database?.close());

test('milliseconds of each set rule, over pages with ten links each and one with a hundred thousand', async () => {
  const run = { runId: 'run-1', fence: 1 } as never;
  for (const rule of (await loadRules()).values()) {
    if (rule.kind !== 'set') continue;
    const times: number[] = [];
    let found = 0;
    for (let round = 0; round < rounds(3); round += 1) {
      const started = performance.now();
      found = (await database.store.withTenant(TENANT, (tx) => runSetRule(tx, run, rule))).length;
      times.push(performance.now() - started);
    }
    tell(`${rule.id.padEnd(26)} ${Math.round(median(times)).toString().padStart(7)} ms  ${found} results`);
    // Whatever loops over links for each page takes hours.
    expect(median(times)).toBeLessThan(300_000);
  }
});
