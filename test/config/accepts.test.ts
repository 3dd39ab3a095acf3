import { describe, expect, it } from 'vitest';
import { RULE_IDS } from '../../src/domain/rule-ids.ts';
import { loaded, tenantOf } from './workshop.ts';

/** Every key that a user may write, each with a value other than its default. */
const EVERYTHING = `
version: 1
extends: [preset:hygiene]
include: [tenants/*.yaml]
defaults:
  mode: apply
  schedule: { cron: "*/30 1-4 * * 1-5", timezone: Europe/Berlin, window: 90m, priority: high, quietHours: ["08:00-18:00"], blackout: [2026-12-24..2027-01-01, 2027-05-01] }
  spaces: { include: [OPS, DEV*, 2024], exclude: [OLD], excludeTypes: [] }
  content: [page, blogpost]
  runbooks: { labels: [sop], titles: ["SOP*"], spaces: [RUN], ancestors: [12345], not: { labels: [draft], titles: ["*old*"] } }
  readers: { onCallGroups: [on-call] }
  exempt: { labels: [keep], pages: [98765] }
  limits: { share: 1, maxConcurrency: 1, requestsPerRun: 1, minutesPerRun: 1, writesPerRun: 0, writesPercent: 0.5, writesPerSpace: 2 }
  labels: { prefix: audit_ }
  expect: { spaces: [OPS], minPages: { OPS: 200 }, pages: [12345] }
rules:
  stale-runbook: { severity: critical, warnDays: 1, failDays: 2, ignoreAuthors: [bot], minorEdits: count }
  duplicate-title: off
actions:
  - name: ladder
    writesPerRun: 3
    match: { rule: [stale-runbook, "*-attachment"], status: [fail, warn] }
    do: [{ label: audit_stale }, { comment: stale-owner, after: 14d, cooldown: 7d }, { archive: true, after: 60d, approval: required }]
overrides:
  - match: { spaces: [OPS], labels: [tier1], ancestors: [7] }
    rules: { stale-runbook: { failDays: 30 } }
  - match: { tenants: [acme], tags: { tier: gold } }
    mode: plan
  - match: { tags: ["tier:gold", "tier:silver"] }
    rules: { orphan-page: off }
ceilings: { limits: { requestsPerRun: 50000 }, mode: apply }
apps:
  - { id: acme-app, clientId: { env: APP_ID }, clientSecret: { command: [pass, show, app] }, redirectUri: https://example.com/cb, pointsPerHour: 40000 }
mutes:
  - { tenant: "*", rule: "*-attachment", space: OPS, page: 5, label: vendor, reason: "vendor PDFs", by: jdoe, expires: 2027-03-31 }
notify:
  - { type: slack, url: { env: SLACK_URL }, on: [new, tenant-failed], minSeverity: high }
  - { type: webhook, name: siem, url: { env: HOOK }, secret: { env: HOOK_KEY }, tenants: [b], privateAddress: true }
  - { type: email, name: owners, host: smtp.example.com, port: 465, from: Audit <audit@example.com>, owners: { "712020:ann": ann@example.com }, user: { env: MAIL_USER }, password: { file: mail }, on: [resolved], minSeverity: info, tenants: ["b*"], cooldown: 7d }
tenants:
  - id: acme
    site: https://acme.atlassian.net/
    enabled: false
    tags: { tier: gold, year: 2026, vip: true }
    auth: { type: basic, email: bot@acme.com, token: { env: ACME_TOKEN }, expires: 2027-05-01 }
    mode: audit
    rules: { stale-runbook: off }
    actions: []
  - { id: b, site: https://b.example, auth: { type: scoped, email: bot@b.example, token: { file: token } } }
  - { id: c, site: "http://127.0.0.1:8080", auth: { type: bearer, token: { command: "pass show c" } } }
  - { id: d, site: "http://[::1]:8080", auth: { type: oauth, app: acme-app } }
  - { id: e, site: "http://localhost", auth: { type: client-credentials, app: acme-app } }
`;
const MORE = `
tenants: [{ id: f, site: https://f.example, auth: { type: basic, email: bot@f.example, token: sealed } }]
`;

const config = () => loaded({ 'config/audit.yaml': EVERYTHING, 'config/tenants/f.yaml': MORE });

describe('a config with every key', () => {
  it('is accepted', () => {
    expect(config().tenants.map(({ id, site }) => `${id} ${site}`)).toEqual([
      'acme https://acme.atlassian.net',
      'b https://b.example',
      'c http://127.0.0.1:8080',
      'd http://[::1]:8080',
      'e http://localhost',
      'f https://f.example',
    ]);
    expect(config().files).toEqual(['config/audit.yaml', 'config/tenants/f.yaml']);
  });

  it('arrives whole in the settings of a tenant', () => {
    const { rules, pageOverrides, ...settings } = tenantOf(config(), 'b');
    expect(settings).toEqual({
      id: 'b',
      site: 'https://b.example',
      enabled: true,
      tags: {},
      auth: { type: 'scoped', email: 'bot@b.example', token: { file: 'token' }, expires: null },
      mode: 'apply',
      schedule: {
        cron: '*/30 1-4 * * 1-5',
        timezone: 'Europe/Berlin',
        windowMs: 5_400_000,
        priority: 'high',
        quietHours: ['08:00-18:00'],
        blackout: ['2026-12-24..2027-01-01', '2027-05-01'],
      },
      spaces: { include: ['OPS', 'DEV*', '2024'], exclude: ['OLD'], excludeTypes: [] },
      content: ['page', 'blogpost'],
      runbooks: {
        labels: ['sop'],
        titles: ['SOP*'],
        spaces: ['RUN'],
        ancestors: ['12345'],
        not: { labels: ['draft'], titles: ['*old*'] },
      },
      mutes: [
        {
          findingId: null,
          rule: '*-attachment',
          space: 'OPS',
          page: '5',
          label: 'vendor',
          reason: 'vendor PDFs',
          by: 'jdoe',
          expires: '2027-03-31',
        },
      ],
      notify: [
        {
          type: 'slack',
          name: 'slack',
          on: ['new', 'tenant-failed'],
          minSeverity: 'high',
          cooldownMs: 72_000_000,
          url: { env: 'SLACK_URL' },
        },
        {
          type: 'webhook',
          name: 'siem',
          on: ['new', 'tenant-failed', 'tenant-missed', 'token-expiring', 'mute-expiring'],
          minSeverity: 'high',
          cooldownMs: 72_000_000,
          url: { env: 'HOOK' },
          secret: { env: 'HOOK_KEY' },
          privateAddress: true,
        },
        {
          type: 'email',
          name: 'owners',
          on: ['resolved'],
          minSeverity: 'info',
          cooldownMs: 604_800_000,
          host: 'smtp.example.com',
          port: 465,
          from: 'Audit <audit@example.com>',
          to: [],
          owners: { '712020:ann': 'ann@example.com' },
          login: { user: { env: 'MAIL_USER' }, password: { file: 'mail' } },
        },
      ],
      readers: { onCallGroups: ['on-call'] },
      exempt: { labels: ['keep'], pages: ['98765'] },
      limits: {
        share: 1,
        maxConcurrency: 1,
        requestsPerRun: 1,
        minutesPerRun: 1,
        writesPerRun: 0,
        writesPercent: 0.5,
        writesPerSpace: 2,
      },
      labels: { prefix: 'audit_' },
      expect: { spaces: ['OPS'], minPages: { OPS: 200 }, pages: ['12345'] },
      actions: [
        {
          name: 'ladder',
          match: {
            rules: [
              'stale-runbook',
              'missing-attachment',
              'unreferenced-attachment',
              'oversize-attachment',
              'dangerous-attachment',
              'secret-bearing-attachment',
            ],
            statuses: ['fail', 'warn'],
          },
          steps: [
            { kind: 'label', label: 'audit_stale', afterMs: 0, approval: false },
            {
              kind: 'comment',
              template: 'stale-owner',
              afterMs: 14 * 86_400_000,
              cooldownMs: 7 * 86_400_000,
              approval: false,
            },
            { kind: 'archive', afterMs: 60 * 86_400_000, approval: true },
          ],
          writesPerRun: 3,
        },
      ],
    });
    expect(rules['stale-runbook']).toEqual({
      severity: 'critical',
      options: { warnDays: 1, failDays: 2, ignoreAuthors: ['bot'], minorEdits: 'count' },
    });
    expect(rules['duplicate-title']).toBeNull();
    expect(pageOverrides.map(({ match }) => match)).toEqual([{ spaces: ['OPS'], labels: ['tier1'], ancestors: ['7'] }]);
  });

  it('takes the tags, the end and the own settings of a tenant', () => {
    expect(config().tenants[0]).toMatchObject({
      enabled: false,
      tags: { tier: 'gold', year: '2026', vip: 'true' },
      auth: { expires: '2027-05-01' },
      mode: 'plan',
      actions: [],
      rules: { 'stale-runbook': null, 'orphan-page': null, 'stale-page': { severity: 'low', options: {} } },
    });
  });
});

it.each(Object.keys(RULE_IDS))('the rule %s can be turned on, graded and turned off', (id) => {
  const both = loaded(`
extends: []
rules: { ${id}: { severity: info } }
tenants:
  - { id: on, site: https://on.example, auth: { type: basic, email: a@b.example, token: { env: A } } }
  - { id: off, site: https://off.example, auth: { type: basic, email: a@b.example, token: { env: A } }, rules: { ${id}: off } }
`);
  expect(both.tenants.map(({ rules }) => rules[id]?.severity ?? 'off')).toEqual(['info', 'off']);
});
