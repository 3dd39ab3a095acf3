import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };
import { readText } from './dockerfile.ts';

interface Service {
  readonly image: string;
  readonly user: string;
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
  readonly networks: readonly string[];
  readonly tmpfs: readonly string[];
  readonly depends_on?: unknown;
  readonly deploy?: unknown;
  readonly healthcheck: unknown;
  readonly stop_grace_period?: string;
  readonly ports?: readonly string[];
}

interface Compose {
  readonly services: Readonly<Record<'database' | 'migrate' | 'worker', Service>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
  readonly configs: Readonly<Record<string, unknown>>;
  readonly networks: Readonly<Record<string, unknown>>;
}

const compose = parse(readText('compose.yaml'), { merge: true, strict: true }) as Compose;
const { database, migrate, worker } = compose.services;
const services = Object.entries(compose.services);

describe.each(services)('the service %s', (_, service) => {
  test('is confined', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/) as string,
      pids_limit: expect.any(Number) as number,
    });
    expect(service).not.toHaveProperty('privileged');
    expect(service).not.toHaveProperty('cap_add');
  });

  test('opens no port but to this machine', () => {
    expect((service.ports ?? []).filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test('gets its secrets as files', () => {
    const files = Object.entries(service.environment).flatMap(([name, value]) => (name.endsWith('_FILE') ? value : []));
    expect(service.secrets.map((secret) => `/run/secrets/${secret}`)).toEqual(expect.arrayContaining(files));
    expect(JSON.stringify(service.environment)).not.toMatch(
      /postgres(?:ql)?:\/\/|"(?:DATABASE_URL|POSTGRES_PASSWORD)"/,
    );
  });

  test('names only secrets and networks that are there', () => {
    expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining([...service.secrets]));
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining([...service.networks]));
  });
});

test('the database is Postgres 15 or newer, on a network without a way out', () => {
  expect(Number(/^postgres:(\d+)/.exec(database.image)?.[1])).toBeGreaterThanOrEqual(15);
  expect(database.networks).toEqual(['database']);
  expect(compose.networks).toMatchObject({ database: { internal: true } });
});

test('two workers start after the migration, the migration after the database is ready', () => {
  expect(migrate).toMatchObject({
    command: ['migrate'],
    restart: 'no',
    depends_on: { database: { condition: 'service_healthy' } },
  });
  expect(worker).toMatchObject({
    command: ['start'],
    deploy: { replicas: 2 },
    depends_on: { migrate: { condition: 'service_completed_successfully' } },
  });
});

test('only the migration knows the administrator of the database', () => {
  const knowing = services.filter(([, { secrets }]) => secrets.includes('database_admin_url'));
  expect(knowing.map(([name]) => name)).toEqual(['migrate']);
});

test('the worker runs this version, its config is one file, and its disk is memory', () => {
  expect(worker.image).toBe(`${manifest.name}:${manifest.version}`);
  expect(worker).toMatchObject({
    environment: { AUDIT_CONFIG: '/config/audit.yaml' },
    configs: [{ source: 'audit', target: '/config/audit.yaml' }],
  });
  expect(worker.tmpfs.map((entry) => entry.split(':')[0])).toEqual(['/tmp', '/data']);
});

test('each service that stays says how it is, and the worker has the time to end at a checkpoint', () => {
  expect(database.healthcheck).toMatchObject({ test: expect.arrayContaining(['pg_isready']) as string[] });
  expect(worker.healthcheck).toMatchObject({ test: ['CMD', 'node', '/app/jobs/run.ts', 'health'] });
  expect(migrate.healthcheck).toEqual({ disable: true });
  expect(Number.parseInt(worker.stop_grace_period ?? '', 10)).toBeGreaterThanOrEqual(20);
});

test('the secrets that the page tells to make are those that are used', () => {
  const page = readText('docs/deployment.md');
  const made = [...page.matchAll(/> (secrets\/\w+)$/gm)].map(([, path]) => `./${path}`);
  expect(new Set(made)).toEqual(new Set(Object.values(compose.secrets).map(({ file }) => file)));
});
