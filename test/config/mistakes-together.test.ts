import { describe, expect, it } from 'vitest';
import { ACME, problemsOf } from './workshop.ts';

const other = (id: string, from: string) =>
  `tenants: [{ id: ${id}, site: ${from}, auth: { type: basic, email: BOT@acme.example, token: { env: B } } }]`;
const placesOf = (text: string) => problemsOf(text).map((problem) => problem.where);

describe('between entries and files', () => {
  it('refuses a tenant id that is used twice', () => {
    const files = {
      'config/audit.yaml': `include: [b.yaml]${ACME}`,
      'config/b.yaml': other('acme', 'https://b.example'),
    };
    expect(problemsOf(files)).toEqual([
      {
        where: 'config/b.yaml: tenants[0].id',
        message: 'is the same as config/audit.yaml: tenants[0].id',
        hint: 'give each tenant an id of its own',
      },
    ]);
  });

  it('refuses two tenants with one site and account', () => {
    const files = {
      'config/audit.yaml': `include: [b.yaml]${ACME}`,
      'config/b.yaml': other('b', 'https://ACME.atlassian.net/'),
    };
    expect(problemsOf(files).map(({ where }) => where)).toEqual(['config/b.yaml: tenants[0].site']);
  });

  it('lets two accounts audit one site', () => {
    const second = other('b', 'https://acme.atlassian.net').replace('BOT@', 'second@');
    expect(problemsOf({ 'config/audit.yaml': `include: [b.yaml]${ACME}`, 'config/b.yaml': second })).toEqual([]);
  });

  it('refuses in an included file what can only hold once', () => {
    const files = { 'config/audit.yaml': `include: [b.yaml]${ACME}`, 'config/b.yaml': 'defaults: {}\nrules: {}' };
    expect(problemsOf(files).map(({ where }) => where)).toEqual(['config/b.yaml: defaults', 'config/b.yaml: rules']);
  });

  it('refuses options that do not fit together, where the last word on them stands', () => {
    const base = `rules: { oversize-attachment: { file: 150 } }${ACME}`;
    expect(placesOf(base)).toEqual([]);
    expect(placesOf(`${base}    rules: { oversize-attachment: { page: 100 } }`)).toEqual([
      'config/audit.yaml: tenants[0].rules.oversize-attachment',
    ]);
    expect(
      placesOf(`${base}\noverrides: [{ match: { spaces: [A] }, rules: { oversize-attachment: { page: 100 } } }]`),
    ).toEqual(['config/audit.yaml: overrides[0].rules.oversize-attachment']);
  });

  it('refuses actions with labels that we would never remove again', () => {
    const action = 'actions: [{ name: a, match: { rule: stale-page }, do: [{ label: stale }] }]';
    expect(problemsOf(`${action}${ACME}`)).toEqual([
      {
        where: 'config/audit.yaml: actions[0].do[0].label',
        message: 'does not begin with the label prefix of the tenant acme',
        hint: 'begin it with docaudit-, or change labels.prefix',
      },
    ]);
    expect(problemsOf(`${action}\ndefaults: { labels: { prefix: st } }${ACME}`)).toEqual([]);
    expect(placesOf(`${action.replace('label', 'property')}${ACME}`)).toEqual([
      'config/audit.yaml: actions[0].do[0].property',
    ]);
  });
});

it('reports all mistakes of all files and of the environment at once', () => {
  const main = `
include: [more/*.yaml]
defalts: {}
defaults: { mode: x, limits: { share: 9 } }
rules: { a: {}, stale-runbook: { failDays: x } }
${ACME}`;
  const files = {
    'config/audit.yaml': main,
    'config/more/a.yaml': `${ACME}    enabled: maybe`,
    'config/more/b.yaml': 'tenants: [',
  };
  const problems = problemsOf(files, { METRICS_PORT: '99999', ATLASSIAN_API_BASE: 'nowhere' });
  expect(new Set(problems.map((problem) => problem.where))).toEqual(
    new Set([
      'METRICS_PORT',
      'ATLASSIAN_API_BASE',
      'config/audit.yaml: defalts',
      'config/audit.yaml: defaults.mode',
      'config/audit.yaml: defaults.limits.share',
      'config/audit.yaml: rules.a',
      'config/audit.yaml: rules.stale-runbook.failDays',
      'config/more/a.yaml: tenants[0].enabled',
      'config/more/a.yaml: tenants[0].id',
      'config/more/a.yaml: tenants[0].site',
      'config/more/b.yaml:1:11',
    ]),
  );
});
