import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printConfig } from '../../config/print.ts';
import { ruleCatalogue } from '../../src/domain/catalogue.ts';
import { loadConfig } from '../../config/load.ts';
import { customRule } from '../../src/domain/custom-rule.ts';
import { ACME, catalogue, folderWith, loaded, tenantOf } from './workshop.ts';

const TWO = `
rules: { stale-runbook: { failDays: 100 } }
overrides:
  - { match: { tags: { tier: gold } }, limits: { share: 0.5 } }
  - { match: { spaces: [OPS] }, rules: { stale-runbook: { failDays: 30 }, orphan-page: {} } }
  - { match: { tenants: [acme] }, rules: { stale-runbook: { warnDays: 5 } } }
ceilings: { limits: { requestsPerRun: 100 } }
mutes: [{ rule: "*-attachment", reason: r, by: b, expires: 2027-01-01 }]
${ACME}    mode: audit
  - { id: b, site: https://b.example, auth: { type: basic, email: b@b.example, token: sealed } }
`;

const overriding = (match: string, severity: string, writes: number) =>
  `  - { match: ${match}, rules: { stale-page: { severity: ${severity} } }, limits: { writesPerRun: ${writes} } }\n`;

describe('printConfig', () => {
  it.each([false, true])('prints a config file that means the same (layers shown: %s)', (explained) => {
    const before = loaded(TWO);
    const after = loaded(printConfig(before, { explained }));
    expect(after.tenants).toEqual(before.tenants);
    expect(after.mutes).toEqual(before.mutes);
  });

  it('prints one tenant, or refuses a name that nobody has', () => {
    const text = printConfig(loaded(TWO), { tenant: 'b' });
    expect((parse(text) as { tenants: { id: string }[] }).tenants.map(({ id }) => id)).toEqual(['b']);
    expect(() => printConfig(loaded(TWO), { tenant: 'c' })).toThrow(
      expect.objectContaining({ code: 'tenant-unknown' }),
    );
  });

  it('says which layer set each value', () => {
    const lines = printConfig(loaded(TWO), { tenant: 'acme', explained: true })
      .split('\n')
      .map((line) => line.trim());
    expect(lines).toEqual(
      expect.arrayContaining([
        '- id: acme # tenants[0]',
        'enabled: true # built-in',
        'tier: gold # tenants[0]',
        'env: ACME_TOKEN # tenants[0]',
        'mode: audit # tenants[0]',
        'cron: 0 2 * * * # built-in',
        'excludeTypes: [ personal, system, onboarding, xflow_sample_space ] # built-in',
        'share: 0.5 # overrides[0]',
        'requestsPerRun: 100 # ceilings',
        'failDays: 100 # rules',
        'warnDays: 5 # overrides[2]',
        'severity: high # built-in',
        'stale-page: off # built-in',
      ]),
    );
  });

  it('names presets, included files and defaults as layers', () => {
    const config = loaded({
      'config/audit.yaml': 'extends: [preset:hygiene]\ninclude: [t.yaml]\ndefaults: { mode: audit }',
      'config/t.yaml': `${ACME}    rules: { orphan-page: off, stale-page: { severity: info } }`,
    });
    const lines = printConfig(config, { explained: true });
    expect(lines).toContain('id: acme # config/t.yaml: tenants[0]');
    expect(lines).toContain('mode: audit # defaults');
    expect(lines).toContain('orphan-page: off # config/t.yaml: tenants[0]');
    expect(lines).toMatch(/stale-page:\n\s+severity: info # config\/t.yaml: tenants\[0\]/);
  });

  it('names them in the order in which they win, from the program to the last override and the ceilings', () => {
    // Each of them says something else of the same values; they stand in the file the other way round.
    const ceilings = 'ceilings: { limits: { writesPerRun: 2 } }\n';
    const second = overriding('{ tags: { tier: gold } }', 'critical', 5);
    const first = overriding('{ tenants: [acme] }', 'high', 4);
    const own = '    rules: { stale-page: { severity: medium } }\n    limits: { writesPerRun: 3 }\n';
    const file = 'rules: { stale-page: { severity: info } }\ndefaults: { limits: { writesPerRun: 6 } }\n';
    const preset = 'extends: [preset:hygiene]\n';
    const steps = [
      [ACME, 'stale-page: off # built-in', 'writesPerRun: 50 # built-in'],
      [preset + ACME, 'stale-page:', 'writesPerRun: 50 # built-in'],
      [file + preset + ACME, 'severity: info # rules', 'writesPerRun: 6 # defaults'],
      [file + preset + ACME + own, 'severity: medium # tenants[0]', 'writesPerRun: 3 # tenants[0]'],
      [
        `overrides:\n${first}${file}${preset}${ACME}${own}`,
        'severity: high # overrides[0]',
        'writesPerRun: 4 # overrides[0]',
      ],
      [
        `overrides:\n${first}${second}${file}${preset}${ACME}${own}`,
        'severity: critical # overrides[1]',
        '5 # overrides[1]',
      ],
      [
        `${ceilings}overrides:\n${first}${second}${file}${preset}${ACME}${own}`,
        'critical # overrides[1]',
        'writesPerRun: 2 # ceilings',
      ],
    ] as const;
    for (const [text, rule, limit] of steps) {
      const printed = printConfig(loaded(text), { explained: true });
      const ofRule = /stale-page:[^\n]*(?:\n {8}[^\n]*)*/.exec(printed)?.[0] ?? '';
      expect(ofRule).toContain(rule);
      expect(printed).toContain(limit);
    }
  });

  it('names the file of a rule from outside where no layer says otherwise', () => {
    const rule = customRule({
      id: 'no-drain',
      title: 'Drain',
      why: 'Why.',
      severity: 'low',
      remediation: 'Do.',
      appliesTo: 'pages',
      match: { spaces: [], labels: [], titles: [] },
      require: [{ name: null, date: { property: 'Drill', label: null, maxAgeDays: 90 } }],
      forbid: [],
      reason: null,
    } as const);
    const printed = (rules: string): string => {
      const cwd = folderWith({ 'config/audit.yaml': `${rules}${ACME}` });
      const answer = loadConfig({
        env: {},
        cwd,
        catalogue: [...catalogue, ...ruleCatalogue([rule]).filter(({ id }) => id === rule.id)],
      });
      if (!answer.ok) throw new Error(JSON.stringify(answer.problems));
      return printConfig(answer.config, { explained: true });
    };
    expect(printed('')).toContain('no-drain: off # built-in');
    const on = printed('rules: { no-drain: { maxAgeDays: 30 } }');
    expect(on).toMatch(/no-drain:\n\s+severity: low # rules\/no-drain\n\s+maxAgeDays: 30 # rules\n/);
  });

  it('never prints more of a secret than where it lies', () => {
    const text = printConfig(
      loaded(
        {},
        { CONFLUENCE_SITE: 'https://a.example', CONFLUENCE_EMAIL: 'a@b.example', CONFLUENCE_API_TOKEN: 's3cr3t' },
      ),
    );
    expect(text).toContain('env: CONFLUENCE_API_TOKEN');
    expect(text).not.toContain('s3cr3t');
  });

  it('survives the way through a file for any settings', () => {
    const words = fc.array(
      fc.string({ minLength: 1, maxLength: 12 }).filter((word) => word.trim() === word && word !== ''),
      { maxLength: 3 },
    );
    const values = fc.record(
      {
        mode: fc.constantFrom('audit', 'plan', 'apply'),
        spaces: fc.record({ include: words, exclude: words }, { requiredKeys: [] }),
        runbooks: fc.record(
          { titles: words, not: fc.record({ labels: words }, { requiredKeys: [] }) },
          { requiredKeys: [] },
        ),
        limits: fc.record(
          { share: fc.double({ min: 0.01, max: 1, noNaN: true }), writesPerRun: fc.nat(1_000) },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(values, values, values, (defaults, own, override) => {
        const before = loaded(`
defaults: ${JSON.stringify(defaults)}
overrides: [${JSON.stringify({ match: { tenants: ['acme'] }, ...override })}]
tenants: [${JSON.stringify({ id: 'acme', site: 'https://a.example', auth: { type: 'bearer', token: { env: 'T' } }, ...own })}]
`);
        expect(tenantOf(loaded(printConfig(before, { explained: true })))).toEqual(tenantOf(before));
      }),
      { numRuns: 25 },
    );
  });
});
