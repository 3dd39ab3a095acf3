import { describe, expect, it } from 'vitest';
import { ACME, loaded, problemsOf, tenantOf } from './workshop.ts';

const OWN = {
  CONFLUENCE_SITE: 'https://acme.atlassian.net',
  CONFLUENCE_EMAIL: 'me@acme.example',
  CONFLUENCE_API_TOKEN: 't',
};

describe('the environment alone', () => {
  it('makes one tenant with all defaults', () => {
    const config = loaded({}, OWN);
    expect(config.files).toEqual([]);
    expect(tenantOf(config)).toMatchObject({
      site: 'https://acme.atlassian.net',
      enabled: true,
      mode: 'plan',
      auth: { type: 'basic', email: 'me@acme.example', token: { env: 'CONFLUENCE_API_TOKEN' }, expires: null },
    });
    expect(tenantOf(config).rules['stale-runbook']).not.toBeNull();
  });

  it.each([
    ['https://acme.atlassian.net/', 'acme'],
    ['https://wiki.Acme.com', 'wiki-acme-com'],
    ['http://127.0.0.1:8080', '127-0-0-1'],
    ['http://[::1]:8080', '1'],
    ['http://localhost:1', 'localhost'],
  ])('calls the tenant of %s %s', (site, id) => {
    expect(loaded({}, { ...OWN, CONFLUENCE_SITE: site }).tenants.map((tenant) => tenant.id)).toEqual([id]);
  });

  it('names each variable that is missing, or says both ways where nothing is set', () => {
    const missing = problemsOf({}, { CONFLUENCE_SITE: OWN.CONFLUENCE_SITE, CONFLUENCE_EMAIL: ' ' });
    expect(missing.map(({ where }) => where)).toEqual(['CONFLUENCE_EMAIL', 'CONFLUENCE_API_TOKEN']);
    const [nothing] = problemsOf({});
    expect(nothing?.hint).toContain('CONFLUENCE_SITE');
    expect(nothing?.hint).toContain('config/audit.yaml');
  });

  it.each([
    ['CONFLUENCE_SITE', 'http://acme.atlassian.net', 'https://'],
    ['CONFLUENCE_SITE', 'acme.atlassian.net', 'scheme'],
    ['CONFLUENCE_SITE', 'https://acme.atlassian.net/wiki', 'write https://acme.atlassian.net'],
    ['CONFLUENCE_EMAIL', 'me', 'signs in'],
  ])('refuses %s = %s', (name, value, hint) => {
    expect(problemsOf({}, { ...OWN, [name]: value })).toMatchObject([
      { where: name, hint: expect.stringContaining(hint) as string },
    ]);
  });
});

describe('the file', () => {
  it('wins over the environment where it has tenants, and says so', () => {
    const config = loaded(ACME.replace('id: acme', 'id: other'), { CONFLUENCE_SITE: 'x' });
    expect(config.tenants.map(({ id }) => id)).toEqual(['other']);
    expect(config.notes.join()).toContain('CONFLUENCE_SITE');
  });

  it('gives its defaults to the tenant of the environment where it has none of its own', () => {
    const config = loaded('defaults: { mode: audit }', OWN);
    expect(tenantOf(config).mode).toBe('audit');
    expect(config.notes).toEqual([]);
  });

  it('is valid without any tenant, which is said', () => {
    expect(loaded('version: 1').notes).toEqual(['No tenant is configured: nothing will be audited.']);
  });

  it('is the one that AUDIT_CONFIG names, with what it includes beside it', () => {
    const files = { 'etc/a.yaml': 'include: [t/*.yaml]', 'etc/t/acme.yaml': ACME, 'config/audit.yaml': 'nonsense: 1' };
    const config = loaded(files, { AUDIT_CONFIG: 'etc/a.yaml' });
    expect(config.files).toEqual(['etc/a.yaml', 'etc/t/acme.yaml']);
    expect(config.folder).toMatch(/etc$/);
    expect(config.tenants).toHaveLength(1);
  });

  it('must exist where AUDIT_CONFIG names it, whatever else is set', () => {
    const problems = problemsOf({ 'config/audit.yaml': ACME }, { AUDIT_CONFIG: 'nowhere.yaml', ...OWN });
    expect(problems).toMatchObject([{ where: 'nowhere.yaml', message: 'does not exist' }]);
  });

  it('adds up the lists of included files, in the order of their names', () => {
    const config = loaded({
      'config/audit.yaml': `include: ["*.inc.yaml", "a.*"]\noverrides: [{ match: { tenants: [acme] }, limits: { writesPerRun: 1 } }]${ACME}`,
      'config/b.inc.yaml': 'overrides: [{ match: { tenants: [acme] }, limits: { writesPerRun: 3 } }]',
      'config/a.inc.yaml':
        'overrides: [{ match: { tenants: [acme] }, limits: { writesPerRun: 2 } }]\nmutes: [{ reason: r, by: b, expires: 2027-01-01 }]',
    });
    expect(config.files).toEqual(['config/audit.yaml', 'config/a.inc.yaml', 'config/b.inc.yaml']);
    expect(tenantOf(config).limits.writesPerRun).toBe(3);
    expect(config.mutes).toHaveLength(1);
  });

  it('says what has no effect because it names nothing', () => {
    const { notes } = loaded(`
include: [none/*.yaml]
overrides: [{ match: { tenants: [acmee] }, mode: audit }]
actions: [{ name: a, match: { rule: [stale-page, "x*"] }, do: [{ label: docaudit-a }] }]
mutes: [{ rule: "attachment-*", reason: r, by: b, expires: 2027-01-01 }]
${ACME}`);
    expect(notes).toEqual([
      'config/audit.yaml: include[0] matches no file.',
      'config/audit.yaml: overrides[0].match.tenants: nothing is called acmee.',
      'config/audit.yaml: actions[0].match.rule: nothing is called x*.',
      'config/audit.yaml: mutes[0].rule: nothing is called attachment-*.',
    ]);
  });
});
