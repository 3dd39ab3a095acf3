import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readEnvironment } from '../../config/environment.ts';

describe('readEnvironment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({ AUDIT_CONFIG: '', METRICS_PORT: '  ' })).toEqual({
      ok: true,
      environment: {
        databaseUrl: null,
        databaseAdminUrl: null,
        dataDir: './data',
        heartbeatFile: 'data/heartbeat.json',
        configFile: null,
        keyRing: null,
        metricsPort: null,
        metricsHost: null,
        metricsTenantLabel: false,
        apiBase: 'https://api.atlassian.com',
        authBase: 'https://auth.atlassian.com',
      },
    });
  });

  it('takes every variable', () => {
    expect(
      readEnvironment({
        DATABASE_URL: 'postgres://u:p@db/audit',
        DATABASE_ADMIN_URL: 'postgresql://admin:p@db/audit',
        AUDIT_DATA_DIR: '/var/lib/audit',
        AUDIT_CONFIG: '/etc/audit.yaml',
        AUDIT_KEYS: 'k1:AAAA',
        METRICS_PORT: '9090',
        METRICS_HOST: '127.0.0.1',
        METRICS_TENANT_LABEL: 'true',
        ATLASSIAN_API_BASE: 'http://127.0.0.1:8080/',
        ATLASSIAN_AUTH_BASE: 'https://auth.example',
      }),
    ).toEqual({
      ok: true,
      environment: {
        databaseUrl: 'postgres://u:p@db/audit',
        databaseAdminUrl: 'postgresql://admin:p@db/audit',
        dataDir: '/var/lib/audit',
        heartbeatFile: '/var/lib/audit/heartbeat.json',
        configFile: '/etc/audit.yaml',
        keyRing: { env: 'AUDIT_KEYS' },
        metricsPort: 9090,
        metricsHost: '127.0.0.1',
        metricsTenantLabel: true,
        apiBase: 'http://127.0.0.1:8080',
        authBase: 'https://auth.example',
      },
    });
  });

  it.each([
    [{ AUDIT_KEYS_FILE: '/keys' }, { file: '/keys' }],
    [{ AUDIT_KEYS_COMMAND: 'pass keys' }, { command: 'pass keys' }],
  ])('finds the key ring by %j', (env, keyRing) => {
    expect(readEnvironment(env)).toMatchObject({ environment: { keyRing } });
  });

  describe('an address of the database that stands in a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'environment-'));
    afterAll(() => rmSync(folder, { recursive: true }));
    const file = (text: string): string => {
      const path = join(folder, `address-${text.length}`);
      writeFileSync(path, text);
      return path;
    };

    it('is read, without the line end', () => {
      const [worker, admin] = ['postgres://u:p@db/audit', 'postgres://administrator:p@db/audit'];
      const env = { DATABASE_URL_FILE: file(`${worker}\n`), DATABASE_ADMIN_URL_FILE: file(admin) };
      expect(readEnvironment(env)).toMatchObject({ environment: { databaseUrl: worker, databaseAdminUrl: admin } });
    });

    it.each([
      ['no file', () => join(folder, 'nothing')],
      ['a directory', () => folder],
      ['a file that holds something else', () => file('hunter2')],
      ['an empty file', () => file('')],
    ])('is not %s; the answer names the variable and nothing of the content', (_, path) => {
      const answer = readEnvironment({ DATABASE_URL_FILE: path() });
      expect(answer.ok ? [] : answer.problems.map(({ where }) => where)).toEqual(['DATABASE_URL_FILE']);
      expect(JSON.stringify(answer)).not.toContain('hunter2');
    });

    it('does not stand beside the address itself', () => {
      expect(readEnvironment({ DATABASE_URL: 'postgres://db/a', DATABASE_URL_FILE: '/run/a' })).toMatchObject({
        ok: false,
        problems: [{ where: 'DATABASE_URL', message: 'is set beside DATABASE_URL_FILE' }],
      });
    });
  });

  it.each([
    ['DATABASE_URL', 'db.example/audit'],
    ['DATABASE_URL', 'mysql://db/audit'],
    ['DATABASE_ADMIN_URL', 'nonsense'],
    ['METRICS_PORT', '0'],
    ['METRICS_PORT', '9090x'],
    ['METRICS_PORT', '65536'],
    ['METRICS_TENANT_LABEL', 'yes'],
    ['ATLASSIAN_API_BASE', 'http://api.atlassian.com'],
    ['ATLASSIAN_AUTH_BASE', 'https://auth.atlassian.com/path'],
  ])('refuses %s = %s by name', (name, value) => {
    const answer = readEnvironment({ [name]: value });
    expect(answer.ok ? [] : answer.problems.map(({ where }) => where)).toEqual([name]);
  });

  it('refuses two key rings', () => {
    expect(readEnvironment({ AUDIT_KEYS: 'a', AUDIT_KEYS_FILE: 'b' })).toMatchObject({
      ok: false,
      problems: [{ where: 'AUDIT_KEYS_FILE', message: 'is set beside AUDIT_KEYS' }],
    });
  });
});
