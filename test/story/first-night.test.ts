import { beforeAll, expect, it } from 'vitest';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import { eachNightShift, lines, type Row, type Tenant } from '../night-shift.ts';
import { smallWiki, type SmallWiki } from './small-wiki.ts';

eachNightShift('the first night', (shift) => {
  let wiki: SmallWiki;
  let tenant: Tenant;
  let result: AuditResult;

  beforeAll(async () => {
    wiki = smallWiki(shift.clock);
    tenant = await shift.tenant(wiki.world, {
      readers: { onCallGroups: ['sre-oncall'] },
      rules: { 'duplicate-title': {}, 'broken-page-link': {} },
    });
    wiki.letIn(tenant.auditor);
    result = await tenant.night();
  });

  /** The row of a view that is about one page. */
  const rowOf = async (view: Parameters<Tenant['view']>[0], page: keyof SmallWiki['pages']): Promise<Row> =>
    (await tenant.view(view)).find((row) => row['page_id'] === wiki.pages[page]) ?? {};

  it('is complete and counts what it did', async () => {
    expect(result).toMatchObject({ outcome: 'complete', reason: null, detail: null, errorCode: null });
    expect(result).toMatchObject({ pagesSeen: 16, pagesChanged: 16, findingsResolved: 0 });
    expect(result).toMatchObject({ planId: expect.any(String), writesPlanned: 2, writesDone: 2, writesDeferred: 0 });
    expect(result.coverage).toEqual({ spacesSeen: 2, spacesTotal: 2, percent: 100 });
    expect(result.findings).toEqual({ critical: 2, high: 5, medium: 2, low: 2, info: 0 });
    expect(result.findingsNew).toEqual(result.findings);
    expect(result.requests).toBe(tenant.site.requests.length);

    const log = await tenant.view('run_log');
    expect(lines(log, 'run_id mode trigger outcome reason started_at')).toEqual([
      `${result.runId} | apply | manual | complete | - | 2026-11-02T02:00:00Z`,
    ]);
    expect(lines(log, 'spaces pages_seen pages_changed throttled points findings_new findings_resolved')).toEqual([
      '2 | 16 | 16 | 0 | 0 | 11 | 0',
    ]);
    expect(log).toMatchObject([{ requests: result.requests, writes_planned: 2, writes_done: 2 }]);
  });

  it('finds what is wrong with each page, and nothing else', async () => {
    const nameOf = Object.fromEntries(Object.entries(wiki.pages).map(([name, id]) => [id, name]));
    const open = await tenant.view('open_findings');
    const named = open.map((row) => ({ ...row, page: nameOf[row['page_id']] }));
    expect(lines(named, 'page rule_id status severity confidence').toSorted()).toEqual([
      'botEdited | stale-runbook | fail | high | full',
      'dangerous | dangerous-attachment | fail | high | full',
      'humanLabelled | stale-runbook | fail | high | full',
      'leaky | broken-page-link | fail | medium | full',
      'leaky | secret-in-body | fail | critical | full',
      'missingFile | missing-attachment | fail | high | full',
      'stale | stale-runbook | fail | high | full',
      'twinInDocs | duplicate-title | fail | low | full',
      'twinInOps | duplicate-title | fail | low | full',
      'unreadable | unreadable-runbook | fail | critical | full',
      'warn | stale-runbook | warn | medium | full',
    ]);
    expect(await tenant.view('unjudged')).toEqual([]);
    expect(await tenant.view('new_since_last_run')).toEqual(open);
  });

  it('says of a finding everything that its reader needs', async () => {
    const row = await rowOf('open_findings', 'stale');
    expect(row).toMatchObject({
      reason:
        'No person has confirmed this runbook for 300 days (limit 180, due on 2026-07-05). Created by "Ann Example" on 2026-01-06.',
      evidence: { age_days: 300, fail_days: 180, fresh_at: '2026-01-06T02:00:00Z', fresh_because: 'created' },
      remediation: expect.stringContaining('reviewed-YYYY-MM-DD'),
      page_url: `${tenant.site.url}/wiki/spaces/OPS/pages/${wiki.pages.stale}/Restart+the+payment+service`,
    });
    expect(lines([row], 'tenant_id space_key content_type page_title subject_type owner_name reopened_count')).toEqual([
      `${tenant.id} | OPS | page | Restart the payment service | page | Ann Example | 0`,
    ]);
    expect(row).toMatchObject({
      subject_id: wiki.pages.stale,
      owner_account_id: wiki.people.ann,
      run_id: result.runId,
    });
    expect(row['first_seen_at']).toMatch(/^2026-11-02T02:00:0/);
    expect(row['last_seen_at']).toBe(row['first_seen_at']);
  });

  it('says of which kind a secret is and where it stands, and which page a link misses', async () => {
    const rows = (await tenant.view('open_findings')).filter((row) => row['page_id'] === wiki.pages.leaky);
    expect(lines(rows, 'rule_id subject_type subject_id reason').toSorted()).toEqual([
      `broken-page-link | page | ${wiki.pages.leaky} | The page links to a page that the audit account does not find: "Lost page" in OPS.`,
      'secret-in-body | secret | github-token | The text holds a secret of the kind github-token (line 2 of the text).',
    ]);
  });

  it('names what set the clock of each stale runbook', async () => {
    expect(lines(await tenant.view('stale_runbooks'), 'page_title fresh_at fresh_because age_days fail_days')).toEqual([
      'Drain a node | 2026-02-15T02:00:00Z | created | 260 | 180',
      'Fail over the database | 2026-02-25T02:00:00Z | created | 250 | 180',
      'Restart the payment service | 2026-01-06T02:00:00Z | created | 300 | 180',
      'Free disk space | 2026-07-25T02:00:00Z | created | 100 | 180',
    ]);
    expect(await rowOf('stale_runbooks', 'botEdited')).toMatchObject({
      reason: expect.stringContaining('Newer versions that do not count: 3 versions by apps.'),
    });
  });

  it('shows files with their size, and who may read what the on-call group may not', async () => {
    const files = await tenant.view('attachment_findings');
    expect(lines(files, 'page_title subject_type subject_id file_name media_type file_size')).toEqual([
      `Tools | attachment | ${wiki.exe} | setup.exe | application/x-msdownload | 4096`,
      'Scale the queue | file | queue.png | queue.png | - | -',
    ]);
    const closed = await tenant.view('restriction_findings');
    expect(lines(closed, 'page_title subject_type subject_id blocked_by_page_id how_known readers')).toEqual([
      `Unseal the vault | group | ${wiki.groups.onCall} | ${wiki.pages.vault} | permission-check | ["group ${wiki.groups.vaultKeepers}"]`,
    ]);
  });

  it('labels the pages that fail, and leaves a label alone that a person had put there', async () => {
    const labelled = [...wiki.world.contents.values()].flatMap(({ id, labels }) =>
      [...labels.values()].filter(({ name }) => name.startsWith('docaudit-')).map(({ name, by }) => [id, name, by]),
    );
    expect(labelled).toEqual([
      [wiki.pages.stale, 'docaudit-stale', tenant.auditor],
      [wiki.pages.botEdited, 'docaudit-stale', tenant.auditor],
      [wiki.pages.humanLabelled, 'docaudit-stale', wiki.people.ann],
    ]);
  });

  it('keeps the ledger of its writes', async () => {
    expect(await tenant.view('planned_actions')).toEqual([]);
    expect(lines(await tenant.view('executed_actions'), 'page_title')).toEqual([
      'Fail over the database',
      'Restart the payment service',
    ]);
    const write = await rowOf('executed_actions', 'stale');
    const finding = await rowOf('stale_runbooks', 'stale');
    expect(lines([write], 'action label page_version rule_id state outcome approved_by undoable undone_at')).toEqual([
      'add-label | docaudit-stale | 1 | stale-runbook | done | The label was added. | - | true | -',
    ]);
    expect(write).toMatchObject({ run_id: result.runId, plan_id: result.planId, account_id: tenant.auditor });
    expect(write).toMatchObject({ finding_id: finding['finding_id'], page_url: finding['page_url'] });
    expect(write).toMatchObject({
      executed_at: finding['labelled_at'],
      expires_at: expect.stringMatching(/^2026-11-09T/),
    });
    expect(await rowOf('stale_runbooks', 'humanLabelled')).toMatchObject({ labelled_at: null });
  });

  it('says which spaces it walked, and why it left one out', async () => {
    const coverage = await tenant.view('coverage');
    expect(
      lines(coverage, 'space_key state pages_seen pages_last_time degraded missing excluded_because how_known'),
    ).toEqual([
      'DOCS | walked | 3 | 0 | 0 | 0 | - | listed',
      'OLD | excluded | 0 | 0 | 0 | 0 | the space is archived | listed',
      'OPS | walked | 13 | 0 | 0 | 0 | - | listed',
    ]);
    for (const space of coverage) expect(space).toMatchObject({ tenant_id: tenant.id, run_id: result.runId });
  });

  it('sums the tenant up, day by day and owner by owner', async () => {
    const health = await tenant.view('tenant_health');
    expect(lines(health, 'site enabled outcome reason last_run_at next_run_at missed_runs coverage_percent')).toEqual([
      `${tenant.site.url} | true | complete | - | 2026-11-02T02:00:00Z | - | 0 | 100`,
    ]);
    expect(lines(health, 'open_critical open_high open_medium open_low token_expires_at')).toEqual([
      '2 | 5 | 2 | 2 | -',
    ]);
    expect(health).toMatchObject([{ last_success_at: (await tenant.view('run_log'))[0]?.['finished_at'] }]);

    expect(lines(await tenant.view('daily_trend'), 'day severity open opened resolved')).toEqual([
      '2026-11-02 | critical | 2 | 2 | 0',
      '2026-11-02 | high | 5 | 5 | 0',
      '2026-11-02 | medium | 2 | 2 | 0',
      '2026-11-02 | low | 2 | 2 | 0',
    ]);
    const worklist = await tenant.view('owner_worklist');
    expect(lines(worklist, 'owner_name rank').toSorted()).toEqual([
      ...[1, 2, 3, 4, 5, 6, 7, 8].map((rank) => `Ann Example | ${rank}`),
      ...[1, 2, 3].map((rank) => `Ben Example | ${rank}`),
    ]);
    expect(lines(await tenant.view('api_usage'), 'day requests throttled throttled_share points')).toEqual([
      `2026-11-02 | ${result.requests} | 0 | 0 | 0`,
    ]);
  });

  it('begins the history of each finding', async () => {
    const history = await tenant.view('finding_history');
    expect(history).toHaveLength(11);
    expect(ids(history)).toEqual(ids(await tenant.view('open_findings')));
    for (const row of history) expect(row).toMatchObject({ event: 'opened', run_id: result.runId, note: null });
  });
});

const ids = (rows: readonly Row[]) => new Set(rows.map((row) => row['finding_id']));
