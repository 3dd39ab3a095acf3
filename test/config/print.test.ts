import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { printConfig } from '../../config/print.ts';
import { ACME, loaded, tenantOf } from './workshop.ts';

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
