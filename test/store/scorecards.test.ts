import { beforeAll, expect, test } from 'vitest';
import { readView } from '../../src/store/report-views.ts';
import { eachDatabase, type TestDatabase } from '../database.ts';
import { settableClock } from './examples.ts';

const NOW = '2026-03-10T12:00:00Z';
const EARLY = '2026-01-01T00:00:00Z';
const LATE = '2026-03-01T00:00:00Z';

const about = (pageId: string, severity: string, seen: string) => ({
  rule_id: 'r',
  subject_type: 'page',
  subject_id: pageId,
  page_id: pageId,
  space_key: 'S',
  content_type: 'page',
  page_title: 'T',
  severity,
  reason: 'R.',
  remediation: 'R.',
  first_seen_at: seen,
  last_seen_at: NOW,
  run_id: 'r',
});

eachDatabase('scorecards', (open) => {
  let db: TestDatabase;
  const put = (table: string, row: Record<string, unknown>) => {
    const full = { tenant_id: 'acme', ...row };
    const names = Object.keys(full);
    const places = names.map((_, index) => `$${index + 1}`).join(', ');
    return db.superuser(`insert into audit.${table} (${names.join(', ')}) values (${places})`, Object.values(full));
  };
  const space = (id: string, state: string) =>
    put('space', { space_id: id, key: id, name: id, type: 'global', status: 'current', state, updated_at: NOW });
  const page = (id: string, spaceId: string, some: Record<string, unknown> = {}) =>
    put('page', {
      page_id: id,
      space_id: spaceId,
      content_type: 'page',
      status: 'current',
      title: id,
      created_at: EARLY,
      version_number: 1,
      version_at: EARLY,
      version_minor: false,
      first_seen_at: EARLY,
      run_id_changed: 'r',
      is_runbook: true,
      ...some,
    });
  /** A finding with its life: what happened when. */
  const finding = async (
    pageId: string,
    severity: string,
    state: string,
    events: readonly [string, string][],
    more = {},
  ) => {
    const id = `${pageId}-${severity}`;
    const row = { status: 'fail', state, confidence: 'full', space_id: 'S', first_run_id: 'r', ...more };
    await put('finding', { finding_id: id, ...about(pageId, severity, events[0]?.[1] ?? NOW), ...row });
    for (const [event, at] of events)
      await put('finding_event', { at, event_id: `${id}-${at}`, finding_id: id, rule_id: 'r', event });
  };
  const card = async (view: 'tenant_scorecard' | 'space_scorecard') =>
    (await readView(db.store, view, { tenantId: 'acme' })).rows.map((row) => row.slice(1));

  beforeAll(async () => {
    db = await open({ now: settableClock(NOW).now });
    await put('tenant', { site: 'https://x', enabled: true, auth_type: 'basic', updated_at: EARLY });
    for (const [id, state] of Object.entries({ BARE: 'walked', OPS: 'walked', OUT: 'excluded' }))
      await space(id, state);
    await page('note', 'BARE', { is_runbook: false });
    await page('out', 'OUT');
    await page('gone', 'OPS', { gone_at: NOW, gone_because: 'trashed' });
    await page('exempt', 'OPS', { exempt: true });
    for (const id of ['sound', 'stale', 'mended', 'warned', 'muted', 'unjudged', 'relapsed']) await page(id, 'OPS');
    await page('new', 'OPS', { first_seen_at: LATE });
    await finding('stale', 'high', 'open', [['opened', EARLY]]);
    await finding('mended', 'critical', 'resolved', [
      ['opened', EARLY],
      ['resolved', LATE],
    ]);
    await finding('warned', 'medium', 'open', [['opened', EARLY]]);
    await finding('muted', 'high', 'open', [['opened', LATE]], { mute_id: 'm' });
    await finding('relapsed', 'high', 'open', [
      ['opened', EARLY],
      ['resolved', '2026-01-20T00:00:00Z'],
      ['reopened', LATE],
    ]);
    await put('unjudged', { ...about('unjudged', 'high', LATE), status: 'skip' });
  });

  test('runbooks are healthy where nothing grave is open on them and nothing grave was left unjudged, now and then', async () => {
    // Healthy now: sound, mended, warned and new; thirty days ago all but stale and mended of those that were known.
    expect(await card('space_scorecard')).toEqual([
      ['BARE', 1, 0, 0, null, null],
      ['OPS', 9, 8, 4, 0.5, 0.7143],
    ]);
    expect(await card('tenant_scorecard')).toEqual([[10, 8, 4, 0.5, 0.7143]]);
  });
});
