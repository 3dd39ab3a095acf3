import { describe, expect, it } from 'vitest';
import { ACME, problemsOf } from './workshop.ts';

const tenant = (line: string): string => `
tenants:
  - { id: acme, site: https://acme.atlassian.net, auth: { type: basic, email: a@b.example, token: { env: T } }, ${line} }`;
const auth = (text: string): string => `tenants: [{ id: acme, site: https://acme.atlassian.net, auth: ${text} }]`;
const email = (more: string): string => `notify: [{ type: email, host: smtp.example.com, ${more} }]`;
const site = (text: string): string =>
  `tenants: [{ id: acme, site: "${text}", auth: { type: basic, email: a@b.example, token: { env: T } } }]`;

describe('each mistake is named with its place and its remedy', () => {
  it.each([
    ['defalts: {}', 'defalts', 'did you mean defaults?'],
    ['zzzz: {}', 'zzzz', 'possible keys: version, extends'],
    ['version: 2', 'version', 'write 1'],
    ['extends: [preset:runbok-essential]', 'extends[0]', 'did you mean preset:runbook-essential?'],
    ['include: [../other.yaml]', 'include[0]', 'relative path'],
    ['include: [/etc/other.yaml]', 'include[0]', 'relative path'],
    ['include: [missing.yaml]', 'include[0]', 'beside config/audit.yaml'],
    ['defaults: { mode: aply }', 'defaults.mode', 'did you mean apply?'],
    ['defaults: { schedule: { cron: "0 2 * *" } }', 'defaults.schedule.cron', 'five fields'],
    ['defaults: { schedule: { cron: "0 0 30 2 *" } }', 'defaults.schedule.cron', 'five fields'],
    ['defaults: { schedule: { cron: "H 2 * * *" } }', 'defaults.schedule.cron', 'five fields'],
    ['defaults: { schedule: { cron: "0 0 2 * * *" } }', 'defaults.schedule.cron', 'five fields'],
    ['defaults: { schedule: { cron: 5 } }', 'defaults.schedule.cron', 'five fields'],
    ['defaults: { schedule: { timezone: Europe/Berln } }', 'defaults.schedule.timezone', 'IANA'],
    ['defaults: { schedule: { timezone: "+02:00" } }', 'defaults.schedule.timezone', 'IANA'],
    ['defaults: { schedule: { window: 2 } }', 'defaults.schedule.window', '2h or 14d'],
    ['defaults: { schedule: { quietHours: ["8-18"] } }', 'defaults.schedule.quietHours[0]', '08:00-18:00'],
    ['defaults: { schedule: { quietHours: ["24:00-18:00"] } }', 'defaults.schedule.quietHours[0]', '08:00-18:00'],
    ['defaults: { schedule: { blackout: [2026-02-30] } }', 'defaults.schedule.blackout[0]', '2026-12-24'],
    ['defaults: { schedule: { blackout: [2026-12-24..2026-12-01] } }', 'defaults.schedule.blackout[0]', '2026-12-24'],
    ['defaults: { content: [] }', 'defaults.content', 'at least 1'],
    ['defaults: { content: [blog] }', 'defaults.content[0]', 'possible values: page, blogpost'],
    ['defaults: { spaces: OPS }', 'defaults.spaces', '{ key: value }'],
    ['defaults: { spaces: { include: OPS } }', 'defaults.spaces.include', '[one, two]'],
    ['defaults: { spaces: { include: [{}] } }', 'defaults.spaces.include[0]', 'quotes'],
    ['defaults: { limits: { share: 1.5 } }', 'defaults.limits.share', 'at most 1'],
    ['defaults: { limits: { share: 0 } }', 'defaults.limits.share', 'more than 0'],
    ['defaults: { limits: { maxConcurency: 2 } }', 'defaults.limits.maxConcurency', 'did you mean maxConcurrency?'],
    ['defaults: { limits: { requestsPerRun: many } }', 'defaults.limits.requestsPerRun', 'digits'],
    ['defaults: { labels: { prefix: "Doc Audit" } }', 'defaults.labels.prefix', 'lower-case'],
    ['defaults: { labels: { prefix: "" } }', 'defaults.labels.prefix', 'lower-case'],
    ['defaults: { expect: { minPages: { OPS: x } } }', 'defaults.expect.minPages.OPS', 'digits'],
    ['defaults:', 'defaults', 'remove the line'],
    ['rules: { stale-runbok: {} }', 'rules.stale-runbok', 'did you mean stale-runbook?'],
    ['rules: { stale-runbook: on }', 'rules.stale-runbook', 'write off'],
    ['rules: { stale-runbook: { failDays: 0 } }', 'rules.stale-runbook.failDays', 'more than 0'],
    ['rules: { stale-runbook: { severity: hihg } }', 'rules.stale-runbook.severity', 'did you mean high?'],
    ['rules: { stale-runbook: { faildays: 3 } }', 'rules.stale-runbook.faildays', 'did you mean failDays?'],
    ['rules: { missing-owner: { days: 3 } }', 'rules.missing-owner.days', 'only severity'],
    [
      'actions: [{ name: a, match: { rule: stale-runbok }, do: [{ label: docaudit-a }] }]',
      'actions[0].match.rule',
      'did you mean stale-runbook?',
    ],
    [
      'actions: [{ name: a, match: { rule: zzz }, do: [{ label: docaudit-a }] }]',
      'actions[0].match.rule',
      'rules -- list',
    ],
    [
      'actions: [{ name: a, match: { rule: stale-page, status: bad }, do: [{ label: docaudit-a }] }]',
      'actions[0].match.status',
      'fail, warn',
    ],
    ['actions: [{ name: a, match: { rule: stale-page }, do: [] }]', 'actions[0].do', 'at least 1'],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ label: a, comment: stale-owner }] }]',
      'actions[0].do[0]',
      'one of label',
    ],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ comment: b }] }]',
      'actions[0].do[0].comment',
      'stale-owner, findings-owner',
    ],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ archive: true, approval: none }] }]',
      'actions[0].do[0].approval',
      'only archived or trashed with an approval',
    ],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ label: docaudit-a, after: 3d }, { trash: true, after: 2d }] }]',
      'actions[0].do[1].after',
      'in the order in which they are taken',
    ],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ label: docaudit-a, cooldown: 1d }] }]',
      'actions[0].do[0].cooldown',
      'comment',
    ],
    [
      'actions: [{ name: a, match: { rule: stale-page }, do: [{ label: "Docaudit A" }] }]',
      'actions[0].do[0].label',
      'lower-case',
    ],
    ['overrides: [{ rules: {} }]', 'overrides[0].match', 'add it'],
    ['overrides: [{ match: {} }]', 'overrides[0].match', 'belongs in defaults'],
    ['overrides: [{ match: { spaces: [] } }]', 'overrides[0].match.spaces', 'at least 1'],
    ['overrides: [{ match: { spaces: [A] }, mode: plan }]', 'overrides[0].mode', 'only hold rules'],
    ['overrides: [{ match: { tags: [gold] } }]', 'overrides[0].match.tags[0]', 'key:value'],
    ['overrides: [{ match: { space: [A] } }]', 'overrides[0].match.space', 'did you mean spaces?'],
    ['ceilings: { limits: { share: 2 } }', 'ceilings.limits.share', 'at most 1'],
    [
      'apps: [{ id: a, clientId: { env: A }, clientSecret: { env: B }, redirectUri: "http://example.com" }]',
      'apps[0].redirectUri',
      'developer console',
    ],
    ['mutes: [{ rule: zzzzzzz, reason: r, by: b, expires: 2027-01-01 }]', 'mutes[0].rule', 'rules -- list'],
    ['mutes: [{ reason: r, by: b }]', 'mutes[0].expires', 'add it'],
    ['notify: [{ type: slak, url: { env: A } }]', 'notify[0].type', 'did you mean slack?'],
    ['notify: [{ type: slack, url: { env: A }, on: [nwe] }]', 'notify[0].on[0]', 'did you mean new?'],
    ['notify: [{ type: slack, url: "https://hooks.slack.example/T" }]', 'notify[0].url', 'write { env: NAME }'],
    ['notify: [{ type: slack, url: { env: A }, name: "On call" }]', 'notify[0].name', 'lower-case'],
    ['notify: [{ type: slack, url: { env: A }, cooldown: 5 }]', 'notify[0].cooldown', '2h or 14d'],
    ['notify: [{ type: webhook, url: { env: A } }]', 'notify[0].secret', 'add it'],
    [
      'notify: [{ type: slack, url: { env: A } }, { type: slack, url: { env: B } }]',
      'notify[1].name',
      'its type is its name',
    ],
    [email('to: [a@b.example], from: "a\\r\\nBcc: c@d.example"'), 'notify[0].from', 'Name <address>'],
    [email('from: a@b.example'), 'notify[0]', 'add to'],
    [email('from: a@b.example, to: [nobody]'), 'notify[0].to[0]', 'address'],
    [email('from: a@b.example, to: [a@b.example], user: { env: U }'), 'notify[0]', 'give both'],
    [email('from: a@b.example, to: [a@b.example], port: 70000'), 'notify[0].port', 'at most'],
    [tenant('enabled: yes'), 'tenants[0].enabled', 'true or false'],
    [tenant('tags: { "a b": c }'), 'tenants[0].tags["a b"]', 'key: value'],
    [tenant('tags: { a: [] }'), 'tenants[0].tags.a', 'quotes'],
    [tenant('mod: plan'), 'tenants[0].mod', 'did you mean mode?'],
    [auth('{ type: basci }'), 'tenants[0].auth.type', 'did you mean basic?'],
    [auth('{}'), 'tenants[0].auth.type', 'add it'],
    [auth('{ type: basic, token: { env: T } }'), 'tenants[0].auth.email', 'add it'],
    [auth('{ type: basic, email: nobody, token: { env: T } }'), 'tenants[0].auth.email', 'signs in'],
    [auth('{ type: basic, email: a@b.example, token: { env: t } }'), 'tenants[0].auth.token.env', 'capital letters'],
    [
      auth('{ type: basic, email: a@b.example, token: { command: [] } }'),
      'tenants[0].auth.token.command',
      'at least 1',
    ],
    [auth('{ type: basic, email: a@b.example, token: {} }'), 'tenants[0].auth.token', '{ env: NAME }'],
    [auth('{ type: basic, email: a@b.example, token: }'), 'tenants[0].auth.token', 'remove the line'],
    [
      `apps: [{ id: a, clientId: sealed, clientSecret: { env: S } }]\n${auth('{ type: oauth, app: a }')}`,
      'apps[0].clientId',
      'write { env: NAME }',
    ],
    [
      `apps: [{ id: acme-app, clientId: { env: A }, clientSecret: { env: B } }]\n${auth('{ type: oauth, app: acme-ap }')}`,
      'tenants[0].auth.app',
      'did you mean acme-app?',
    ],
    [site('http://acme.atlassian.net'), 'tenants[0].site', 'https://'],
    [site('http://127.0.0.1.example.com'), 'tenants[0].site', 'https://'],
    [site('acme.atlassian.net'), 'tenants[0].site', 'https://acme.atlassian.net'],
    [site('ftp://acme.atlassian.net'), 'tenants[0].site', 'https://acme.atlassian.net'],
    [site('https://acme.atlassian.net/wiki'), 'tenants[0].site', 'write https://acme.atlassian.net'],
    [site('https://acme.atlassian.net/?x=1'), 'tenants[0].site', 'write https://acme.atlassian.net'],
    [site('https://me:pass@acme.atlassian.net'), 'tenants[0].site', 'credentials belong in auth'],
    [ACME.replace('id: acme', 'id: Acme'), 'tenants[0].id', 'lower-case'],
    [ACME.replace('id: acme', `id: ${'a'.repeat(64)}`), 'tenants[0].id', 'at most 63'],
    ['tenants: {}', 'tenants', '[one, two]'],
    ['- a', '', '{ key: value }'],
  ])('%s', (text, path, remedy) => {
    const [problem, ...more] = problemsOf(text);
    expect(problem?.where).toBe(path === '' ? 'config/audit.yaml' : `config/audit.yaml: ${path}`);
    expect(problem?.hint).toContain(remedy);
    expect(problem?.message).toMatch(/^[a-z]/);
    expect(more).toEqual([]);
  });
});
