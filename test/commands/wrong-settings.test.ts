import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EMAIL, PASSWORD, TOKEN } from '../canary/canary.ts';
import { refusalOf } from './ended.ts';
import { openWorkplace, tenant, type Workplace } from './workplace.ts';

const CHECK = '`npm run config -- validate` checks all settings without a network.';
const ACME = tenant('acme', 'https://acme.atlassian.net');

describe('settings that cannot be meant', () => {
  let workplace: Workplace;
  beforeAll(() => {
    workplace = openWorkplace();
  });
  afterAll(() => workplace.clear());

  const tells = async (words: string, environment: Record<string, string>): Promise<string> => {
    const ended = await workplace.run(words, environment);
    expect(ended.code).toBe(2);
    return refusalOf(ended);
  };

  test('no settings at all: both ways to give them are named', async () => {
    expect(await tells('audit', {})).toMatch(
      /^error config-invalid: config\/audit\.yaml does not exist.* set CONFLUENCE_SITE, CONFLUENCE_EMAIL and CONFLUENCE_API_TOKEN for one site, or copy config\/audit\.example\.yaml/,
    );
  });

  test.each([
    [
      'a site without encryption',
      { CONFLUENCE_SITE: 'http://wiki.example.com', CONFLUENCE_EMAIL: EMAIL, CONFLUENCE_API_TOKEN: TOKEN },
      'CONFLUENCE_SITE is not encrypted (http): write https:// (http is only for this machine itself).',
    ],
    ['a config file that is not there', { AUDIT_CONFIG: 'audti.yaml' }, 'audti.yaml does not exist: check the path'],
    [
      'a database of another kind',
      { DATABASE_URL: `mysql://worker:${PASSWORD}@db/audit`, AUDIT_CONFIG: 'fine.yaml' },
      'DATABASE_URL has a value that is not possible: begin with postgres://, then user:password@host:5432/database',
    ],
    [
      'a log level that is none',
      { LOG_LEVEL: 'loud' },
      'LOG_LEVEL must be fatal, error, warn, info, debug, trace or silent.',
    ],
  ])('%s', async (_, environment, said) => {
    workplace.write('fine.yaml', JSON.stringify({ version: 1, tenants: [ACME] }));
    const message = await tells('audit', environment);
    expect(message).toContain(`error config-invalid: ${said}`);
    expect(message.endsWith(` ${CHECK}`)).toBe(true);
  });

  test.each(['config validate', 'start'])('%s refuses an unknown key and offers the nearest', async (words) => {
    workplace.write('unknown.yaml', JSON.stringify({ version: 1, defualts: {}, tenants: [ACME] }));
    expect(await tells(words, { AUDIT_CONFIG: 'unknown.yaml' })).toBe(
      `error config-invalid: unknown.yaml: defualts is not a key that is known here: did you mean defaults? ${CHECK}`,
    );
  });

  test('several mistakes are told at once, each with its place and remedy, and no value is repeated', async () => {
    const bad = {
      version: 1,
      defaults: { shedule: {} },
      rules: { 'stale-runbok': {}, 'stale-runbook': { failDays: 0 } },
      tenants: [
        { id: 'acme', site: 'http://wiki.example.com', auth: { type: 'basic', email: EMAIL, token: TOKEN } },
        { id: 'acme', site: 'https://acme.atlassian.net/wiki', auth: { type: 'basc', email: EMAIL } },
      ],
    };
    workplace.write('bad.yaml', JSON.stringify(bad));
    const [first, ...lines] = (await tells('config validate', { AUDIT_CONFIG: 'bad.yaml' })).split('\n');
    expect(first).toBe('error config-invalid: 8 mistakes in the settings.');
    expect(lines.pop()).toBe(CHECK);
    expect(lines.toSorted()).toEqual([
      'bad.yaml: defaults.shedule is not a key that is known here: did you mean schedule?',
      'bad.yaml: rules.stale-runbok is not a key that is known here: did you mean stale-runbook?',
      'bad.yaml: rules.stale-runbook.failDays is out of range: it must be more than 0.',
      expect.stringMatching(
        /^bad\.yaml: tenants\[0\]\.auth\.token must say where the secret lies; .*write \{ env: NAME \}/,
      ),
      'bad.yaml: tenants[0].site is not encrypted (http): write https:// (http is only for this machine itself).',
      'bad.yaml: tenants[1].auth.type is not one of the possible values: did you mean basic?',
      'bad.yaml: tenants[1].id is the same as bad.yaml: tenants[0].id: give each tenant an id of its own.',
      'bad.yaml: tenants[1].site holds more than scheme and host: write https://acme.atlassian.net.',
    ]);
  });

  test('none of them left anything behind, not even a database', () => {
    expect(workplace.files().filter((name) => !name.endsWith('.yaml'))).toEqual([]);
  });
});
