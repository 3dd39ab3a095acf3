import { describe, expect, it } from 'vitest';
import { resolvePage } from '../../src/domain/page-settings.ts';
import { ACME, loaded, tenantOf } from './workshop.ts';

const acme = (text: string) => tenantOf(loaded(text));
const onPage = (
  text: string,
  page: { spaceKey?: string; labels?: string[]; ancestorIds?: string[] },
  rule = 'stale-runbook',
) => resolvePage(acme(text), { spaceKey: 'OPS', labels: [], ancestorIds: [], ...page }).rules[rule];

/** How many rules are on. */
const countOn = (text: string) => Object.values(acme(text).rules).filter((setting) => setting !== null).length;
/** What holds on a page after these overrides. */
const ordered = (...overrides: string[]) =>
  onPage(`overrides:\n${overrides.map((entry) => `  - ${entry}\n`).join('')}${ACME}`, {});

describe('without a word in the file', () => {
  it('the built-in values hold', () => {
    const { schedule, limits, mode, content, labels, actions } = acme(ACME);
    expect({ schedule, limits, mode, content, labels }).toEqual({
      schedule: {
        cron: '0 2 * * *',
        timezone: 'UTC',
        windowMs: 7_200_000,
        priority: 'normal',
        quietHours: [],
        blackout: [],
      },
      limits: {
        share: 0.7,
        maxConcurrency: 8,
        requestsPerRun: 20_000,
        minutesPerRun: 240,
        writesPerRun: 50,
        writesPercent: 5,
        writesPerSpace: 50,
      },
      mode: 'plan',
      content: ['page'],
      labels: { prefix: 'docaudit-' },
    });
    expect(actions).toEqual([
      {
        name: 'label-stale',
        match: { rules: ['stale-runbook'], statuses: ['fail'] },
        steps: [{ kind: 'label', label: 'docaudit-stale', afterMs: 0, approval: false }],
        writesPerRun: null,
      },
    ]);
  });

  it('the default action follows the label prefix', () => {
    const { actions } = acme(`defaults: { labels: { prefix: acme- } }${ACME}`);
    expect(actions[0]?.steps[0]).toMatchObject({ label: 'acme-stale' });
  });

  it('the rules of the preset runbook-essential are on, with their own severities and options', () => {
    const { rules } = acme(ACME);
    const on = Object.entries(rules).flatMap(([id, setting]) => (setting === null ? [] : `${id} ${setting.severity}`));
    expect(on).toEqual([
      'stale-runbook high',
      'missing-owner high',
      'inactive-owner high',
      'missing-sections high',
      'missing-attachment high',
      'dangerous-attachment high',
      'secret-bearing-attachment critical',
      'unreadable-runbook critical',
      'secret-in-body critical',
      'unresolved-comments medium',
      'token-expiring high',
      'coverage-dropped high',
      'tenant-not-audited high',
    ]);
    expect(rules['stale-runbook']?.options).toEqual({
      warnDays: 90,
      failDays: 180,
      ignoreAuthors: [],
      minorEdits: 'ignore',
    });
  });
});

describe('each layer wins over the one below', () => {
  const layers = [
    'defaults: { mode: audit, limits: { share: 0.1, writesPerRun: 1 }, spaces: { include: [A, B] } }\nrules: { stale-runbook: { failDays: 100, warnDays: 10, ignoreAuthors: [a] } }',
    `${ACME}    mode: apply\n    limits: { share: 0.2 }\n    spaces: { include: [C] }\n    rules: { stale-runbook: { failDays: 200, ignoreAuthors: [] } }`,
    'overrides:\n  - { match: { tags: { tier: gold } }, limits: { share: 0.3 }, rules: { stale-runbook: { failDays: 300 } } }\n  - { match: { tenants: [ac*] }, limits: { share: 0.4 } }',
    'ceilings: { limits: { share: 0.25, writesPerRun: 100 }, mode: plan }',
  ];
  const upTo = (count: number) => acme(`${layers.slice(0, count).join('\n')}${count < 2 ? ACME : ''}`);

  it.each([
    [1, 'audit', 0.1, ['A', 'B'], 100, ['a']],
    [2, 'apply', 0.2, ['C'], 200, []],
    [3, 'apply', 0.4, ['C'], 300, []],
    [4, 'plan', 0.25, ['C'], 300, []],
  ])('with %i of them', (count, mode, share, include, failDays, ignoreAuthors) => {
    const settings = upTo(count);
    expect(settings).toMatchObject({
      mode,
      limits: { share, writesPerRun: 1, maxConcurrency: 8 },
      spaces: { include },
    });
    expect(settings.rules['stale-runbook']?.options).toMatchObject({ failDays, warnDays: 10, ignoreAuthors });
  });

  it('turns rules off and on again', () => {
    const off = `rules: { stale-runbook: off }${ACME}`;
    expect(acme(off).rules['stale-runbook']).toBeNull();
    expect(acme(`${off}    rules: { stale-runbook: {} }`).rules['stale-runbook']?.options['failDays']).toBe(180);
  });

  it('takes only what is named with an empty list of presets, and both with two', () => {
    expect(countOn(`extends: []\nrules: { stale-page: {} }${ACME}`)).toBe(1);
    expect(countOn(`extends: [preset:runbook-essential, preset:access]${ACME}`)).toBe(18);
    expect(countOn(`extends: [preset:all]${ACME}`)).toBe(40);
  });
});

describe('overrides choose tenants', () => {
  it.each([
    ['{ tenants: [acme] }', true],
    ['{ tenants: [other, "a*"] }', true],
    ['{ tenants: [acm] }', false],
    ['{ tags: { tier: gold } }', true],
    ['{ tags: { tier: gold, team: dev } }', false],
    ['{ tags: { tier: [silver, gold] } }', true],
    ['{ tags: ["tier:silver", "team:ops"] }', true],
    ['{ tags: ["tier:silver"] }', false],
    ['{ tenants: [acme], tags: { tier: silver } }', false],
  ])('%s hits: %s', (match, hit) => {
    expect(acme(`overrides: [{ match: ${match}, mode: audit }]${ACME}`).mode).toBe(hit ? 'audit' : 'plan');
  });
});

describe('overrides choose pages', () => {
  const text = `overrides: [{ match: { spaces: [OPS], labels: [tier1] }, rules: { stale-runbook: { failDays: 30 }, orphan-page: {} } }]${ACME}`;

  it('changes the pages that fit and leaves the others', () => {
    expect(onPage(text, { labels: ['tier1'] })).toMatchObject({
      severity: 'high',
      options: { failDays: 30, warnDays: 90 },
    });
    expect(onPage(text, { labels: ['tier2'] })?.options['failDays']).toBe(180);
    expect(onPage(text, { spaceKey: 'DEV', labels: ['tier1'] })?.options['failDays']).toBe(180);
  });

  it('turns on what is off for the tenant, and off what is on', () => {
    expect(onPage(text, { labels: ['tier1'] }, 'orphan-page')).toEqual({ severity: 'low', options: {} });
    expect(onPage(text, {}, 'orphan-page')).toBeNull();
    const off = `overrides: [{ match: { ancestors: [42] }, rules: { stale-runbook: off } }]${ACME}`;
    expect(onPage(off, { ancestorIds: ['42'] })).toBeNull();
  });

  it('does not reach the pages of other tenants', () => {
    const other = `overrides: [{ match: { tenants: [other], spaces: [OPS] }, rules: { stale-runbook: off } }]${ACME}`;
    expect(onPage(other, {})).not.toBeNull();
    expect(acme(other).pageOverrides).toEqual([]);
  });

  it('lets the last override win, also where it names no pages', () => {
    const pages = '{ match: { spaces: [OPS] }, rules: { stale-runbook: { failDays: 30 } } }';
    const whole = '{ match: { tags: { tier: gold } }, rules: { stale-runbook: { failDays: 60 } } }';
    expect(ordered(whole, pages)?.options['failDays']).toBe(30);
    expect(ordered(pages, whole)?.options['failDays']).toBe(60);
  });
});
