import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Problem } from './problem.ts';
import type { SecretRef } from './secret-ref.ts';
import { siteOrigin } from './site.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What the environment says, checked once. Only the two database addresses can hold a secret; never log them. */
export interface Environment {
  /** Null: the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly databaseAdminUrl: string | null;
  readonly dataDir: string;
  /** Where `start` shows that it lives. */
  readonly heartbeatFile: string;
  /** Null: `config/audit.yaml` where it exists. */
  readonly configFile: string | null;
  /** Where the keys lie that seal credentials; null where there are none. */
  readonly keyRing: SecretRef | null;
  /** Null: no port is opened. */
  readonly metricsPort: number | null;
  /** The address on which that port is opened; null: every address of this machine. */
  readonly metricsHost: string | null;
  /** Whether metrics name tenants. */
  readonly metricsTenantLabel: boolean;
  readonly apiBase: string;
  readonly authBase: string;
}

interface Variable<T> {
  readonly read: (value: string) => T | null;
  readonly hint: string;
}

const postgres: Variable<string> = {
  read: (value) => (URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol) ? value : null),
  hint: 'begin with postgres://, then user:password@host:5432/database; percent-encode special characters in the password',
};
const origin: Variable<string> = {
  read: (value) => {
    const answer = siteOrigin(value);
    return 'origin' in answer ? answer.origin : null;
  },
  hint: 'write only scheme and host, https:// or on this machine http://',
};
const port: Variable<number> = {
  read: (value) => z.coerce.number().int().min(1).max(65_535).safeParse(value).data ?? null,
  hint: 'use a number from 1 to 65535, or leave it unset for no port',
};
const onOff: Variable<boolean> = {
  read: (value) => (value === 'true' ? true : value === 'false' ? false : null),
  hint: 'write true or false',
};
const text: Variable<string> = { read: (value) => value, hint: '' };

/** The same in a file: whoever may inspect a container reads its variables, not what is mounted into it. */
const fileWith = <T>({ read, hint }: Variable<T>): Variable<T> => ({
  read: (path) => {
    try {
      return read(readFileSync(path, 'utf8').trim());
    } catch {
      return null;
    }
  },
  hint: `name a file that this user may read; in it ${hint}`,
});
const DATA_DIR = './data';

/** The environment as one plain object. A variable that is set but empty counts as unset; values are never repeated. */
export function readEnvironment(
  env: Env,
):
  | { readonly ok: true; readonly environment: Environment }
  | { readonly ok: false; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const take = <T>(name: string, { read, hint }: Variable<T>): T | null => {
    const value = env[name]?.trim() ?? '';
    if (value === '') return null;
    const result = read(value);
    if (result === null) problems.push({ where: name, message: 'has a value that is not possible', hint });
    return result;
  };
  const address = (name: string): string | null => {
    const file = `${name}_FILE`;
    if ((env[file]?.trim() ?? '') === '') return take(name, postgres);
    if ((env[name]?.trim() ?? '') === '') return take(file, fileWith(postgres));
    problems.push({ where: name, message: `is set beside ${file}`, hint: 'set only one of them' });
    return null;
  };
  const databaseUrl = address('DATABASE_URL');
  const dataDir = take('AUDIT_DATA_DIR', text);
  // Beside a server nothing else is written, so there may be no directory for data.
  const beside = dataDir ?? (databaseUrl === null ? DATA_DIR : join(tmpdir(), 'confluence-audit-worker'));
  const environment: Environment = {
    databaseUrl,
    databaseAdminUrl: address('DATABASE_ADMIN_URL'),
    dataDir: dataDir ?? DATA_DIR,
    heartbeatFile: join(beside, 'heartbeat.json'),
    configFile: take('AUDIT_CONFIG', text),
    keyRing: keyRing(env, problems),
    metricsPort: take('METRICS_PORT', port),
    metricsHost: take('METRICS_HOST', text),
    metricsTenantLabel: take('METRICS_TENANT_LABEL', onOff) ?? false,
    apiBase: take('ATLASSIAN_API_BASE', origin) ?? 'https://api.atlassian.com',
    authBase: take('ATLASSIAN_AUTH_BASE', origin) ?? 'https://auth.atlassian.com',
  };
  return problems.length === 0 ? { ok: true, environment } : { ok: false, problems };
}

function keyRing(env: Env, problems: Problem[]): SecretRef | null {
  const [file, command] = [env['AUDIT_KEYS_FILE'] ?? '', env['AUDIT_KEYS_COMMAND'] ?? ''];
  const ways = { AUDIT_KEYS: env['AUDIT_KEYS'] ?? '', AUDIT_KEYS_FILE: file, AUDIT_KEYS_COMMAND: command };
  const [name, second] = Object.entries(ways).flatMap(([key, value]) => (value === '' ? [] : key));
  if (second !== undefined) {
    problems.push({ where: second, message: `is set beside ${name}`, hint: 'set only one of them' });
  }
  if (name === undefined) return null;
  if (name === 'AUDIT_KEYS') return { env: name };
  return name === 'AUDIT_KEYS_FILE' ? { file } : { command };
}
