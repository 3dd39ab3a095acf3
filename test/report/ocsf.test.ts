import { describe, expect, test } from 'vitest';
import { ACTIONS } from '../../src/domain/act.ts';
import { ocsfFinding } from '../../src/report/ocsf-finding.ts';
import { ocsfTrail } from '../../src/report/ocsf-trail.ts';
import type { FindingChange } from '../../src/store/finding-changes.ts';
import type { TrailAct, TrailCall } from '../../src/store/trail.ts';

const common = {
  tx: '9',
  id: 'id-1',
  at: '2026-11-02T02:00:00.123456Z',
  tenantId: 'acme',
  site: 'https://acme.example',
};
const call: TrailCall = {
  ...common,
  kind: 'api-call',
  actor: 'bot',
  runId: 'run-1',
  method: 'GET',
  endpoint: '/wiki/api/v2/pages',
  status: 200,
  attempts: 1,
  throttled: 0,
  waitedMs: 0,
  durationMs: 12,
  requestId: 'req-1',
};
const act: TrailAct = {
  ...common,
  kind: 'act',
  actor: 'ann@desk',
  action: 'finding-mute',
  subject: 'f1',
  reason: 'Known.',
  detail: { days: 3 },
};
const change: FindingChange = {
  ...common,
  event: 'opened',
  note: null,
  muted: false,
  findingId: 'f1',
  ruleId: 'stale-runbook',
  severity: 'high',
  status: 'fail',
  confidence: 'full',
  reason: 'Old.',
  remediation: 'Read it again.',
  spaceKey: 'OPS',
  contentType: 'page',
  pageId: '1',
  pageTitle: 'Restart',
  pageUrl: null,
  subjectType: 'page',
  subjectId: '1',
  ownerAccountId: null,
  firstSeenAt: common.at,
  lastSeenAt: common.at,
  reopenedCount: 0,
  runId: 'run-1',
};

/** Every path with a null or undefined in it; the schema knows neither. */
const nulls = (value: unknown, path = ''): string[] => {
  if (value === null || value === undefined) return [path];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => (key === 'unmapped' ? [] : nulls(one, `${path}/${key}`)));
};

// Required by version 1.6.0 of the schema, with what its objects require of themselves.
const BASE = ['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'];

describe('API Activity', () => {
  test.each([
    ['a call', call],
    ['a call without answer or account', { ...call, status: null, actor: null, requestId: null, site: null }],
    ['an act', act],
    ['an act on all', { ...act, subject: null, reason: null, site: null, tenantId: '*' }],
  ])('%s has what the schema requires', (_, row) => {
    const event = ocsfTrail(row);
    expect(Object.keys(event)).toEqual(expect.arrayContaining([...BASE, 'actor', 'api', 'src_endpoint']));
    expect(event).toMatchObject({
      category_uid: 6,
      class_uid: 6003,
      type_uid: 600_300 + Number(event['activity_id']),
      time: Date.parse('2026-11-02T02:00:00.123Z'),
      metadata: {
        version: '1.6.0',
        product: { name: 'confluence-audit-worker' },
        uid: 'id-1',
        tenant_uid: row.tenantId,
      },
      api: { operation: expect.stringMatching(/./) as string },
      src_endpoint: { name: expect.stringMatching(/./) as string },
    });
    expect(nulls(event)).toEqual([]);
    expect(JSON.stringify(event['actor'])).toMatch(/app_name|"user":\{"(uid|name)"/);
  });

  test.each([
    ['GET', '/wiki/api/v2/pages', 2],
    ['POST', '/wiki/api/v2/users-bulk', 2],
    ['POST', '/wiki/rest/api/content/{id}/permission/check', 2],
    ['POST', '/wiki/rest/api/content/{id}/label', 1],
    ['DELETE', '/wiki/rest/api/content/{id}/label', 4],
    ['PUT', '/of/another/version', 3],
    ['PATCH', '/of/another/version', 99],
  ])('%s %s is activity %i', (method, endpoint, activity) => {
    expect(ocsfTrail({ ...call, method, endpoint })).toMatchObject({ activity_id: activity });
  });

  test.each([
    [200, 1],
    [404, 2],
    [null, 2],
  ])('status %s is outcome %i', (status, outcome) => {
    expect(ocsfTrail({ ...call, status })).toMatchObject({ status_id: outcome });
  });

  test('every act has an activity of its own; one of a later version is Other, under its name', () => {
    for (const action of ACTIONS) expect(ocsfTrail({ ...act, action })['activity_id']).toBeLessThan(5);
    expect(ocsfTrail({ ...act, action: 'toString' })).toMatchObject({ activity_id: 99, activity_name: 'toString' });
  });
});

describe('Compliance Finding', () => {
  test.each([
    ['opened', {}, { activity_id: 1, status_id: 1, compliance: { status_id: 3 } }],
    ['opened', { status: 'warn' }, { activity_id: 1, compliance: { status_id: 99, status: 'warn' } }],
    ['reopened', {}, { activity_id: 2, status_id: 1 }],
    ['severity_changed', {}, { activity_id: 2, status_id: 1 }],
    ['muted', { muted: true }, { activity_id: 2, status_id: 3, status: 'Suppressed' }],
    ['severity_changed', { muted: true }, { activity_id: 2, status_id: 3 }],
    ['unmuted', {}, { activity_id: 2, status_id: 1 }],
    ['resolved', { muted: true }, { activity_id: 3, status_id: 4, compliance: { status_id: 1 } }],
    ['out_of_scope', {}, { activity_id: 3, status_id: 5 }],
  ] as const)('%s %o', (event, changes, expected) => {
    const made = ocsfFinding({ ...change, ...changes, event });
    expect(Object.keys(made)).toEqual(expect.arrayContaining([...BASE, 'compliance', 'finding_info']));
    expect(made).toMatchObject({
      ...expected,
      category_uid: 2,
      class_uid: 2003,
      type_uid: 200_300 + expected.activity_id,
      severity_id: 4,
      finding_info: { uid: 'f1', title: 'stale-runbook: Restart' },
      remediation: { desc: 'Read it again.' },
    });
    expect(nulls(made)).toEqual([]);
  });

  test('one about the tenant itself names its subject and no page', () => {
    const page = { pageId: null, pageTitle: null, contentType: null, spaceKey: null };
    const about = { ruleId: 'token-expiring', subjectType: 'credential', subjectId: 'site' };
    const made = ocsfFinding({ ...change, ...page, ...about });
    expect(made).toMatchObject({
      finding_info: { title: 'token-expiring' },
      resources: [{ uid: 'site', type: 'credential' }],
    });
    expect(nulls(made)).toEqual([]);
  });
});
