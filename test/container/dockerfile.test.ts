import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { codeOf, importsOf, readSources } from '../floors/source.ts';
import { instructionsOf, isSent, readText, stagesOf } from './dockerfile.ts';

const instructions = instructionsOf(readText('Dockerfile'));
const stages = stagesOf(instructions);
const image = stages.at(-1) ?? [];
const all = (name: string, of = image): string[] => of.filter((each) => each.name === name).map(({ rest }) => rest);
const dockerignore = readText('.dockerignore');

/** The sources and folders that the image takes from the repository. */
const copied = all('COPY')
  .filter((rest) => !rest.startsWith('--from='))
  .flatMap((rest) => rest.split(' ').slice(0, -1));

describe('the image', () => {
  test('is made of the Node that the program asks for, in every stage', () => {
    const [, oldest] = /^>=(\d+)$/.exec(manifest.engines.node) ?? [];
    expect(all('ARG', instructions)).toEqual([`NODE_IMAGE=node:${oldest}-bookworm-slim`]);
    expect(all('FROM', instructions).map((rest) => rest.split(' ')[0])).toEqual(['${NODE_IMAGE}', '${NODE_IMAGE}']);
  });

  test('has the locked production packages, whose scripts did not run', () => {
    expect(all('RUN', stages[0])).toEqual(['npm ci --omit=dev --omit=optional --ignore-scripts']);
    expect(all('COPY', stages[0])).toEqual(['package.json package-lock.json .npmrc ./']);
    expect(all('COPY')).toContain('--from=packages /app/node_modules /app/node_modules');
  });

  test('is built without running or compiling anything of the program', () => {
    const programs = all('RUN').flatMap((rest) => rest.split(/&&|[;|]/).map((each) => each.trim().split(' ')[0]));
    expect(programs).toEqual(['rm', 'install']);
  });

  test('runs as a user that is not root, by number, and owns nothing of the program', () => {
    const last = image.findLast(({ name }) => name === 'USER');
    expect(last?.rest).toBe('1000:1000');
    const after = image.slice(image.indexOf(last ?? { name: '', rest: '' }));
    expect(after.filter(({ name }) => ['RUN', 'COPY', 'ADD'].includes(name))).toEqual([]);
    expect(all('COPY').filter((rest) => rest.includes('--chown'))).toEqual([]);
  });

  test('starts the worker directly, without a shell that would keep signals to itself', () => {
    const forms = [...all('ENTRYPOINT'), ...all('CMD')].map((rest) => JSON.parse(rest) as unknown);
    expect(forms).toEqual([['node', '/app/jobs/run.ts'], ['start']]);
    expect(all('STOPSIGNAL')).toEqual(['SIGTERM']);
    const [health = ''] = all('HEALTHCHECK');
    expect(JSON.parse(health.split(' CMD ')[1] ?? '')).toEqual(['node', '/app/jobs/run.ts', 'health']);
  });

  test('keeps its data in a volume, and finds a config mounted at /config', () => {
    expect(all('VOLUME')).toEqual(['/data']);
    expect(all('ENV').join(' ')).toContain('AUDIT_DATA_DIR=/data');
    expect(all('WORKDIR')).toEqual(['/']);
  });
});

describe('what is sent to the build', () => {
  test('is what the image takes', () => {
    const allowed = [...dockerignore.matchAll(/^!(.+)$/gm)].map(([, path]) => path);
    const taken = [...copied, 'package-lock.json', '.npmrc'];
    expect(new Set(allowed)).toEqual(new Set(taken));
  });

  test.each([
    ['package-lock.json', true],
    ['src/simulator/seed.ts', true],
    ['config/presets/runbook-essential.yaml', true],
    ['config/audit.schema.json', true],
    ['drizzle/meta/_journal.json', true],
    ['drizzle/report/open_findings.sql', true],
    ['config/audit.yaml', false],
    ['config/tenants/acme.yaml', false],
    ['config/.env', false],
    ['src/.env.local', false],
    ['secrets/tenants/acme', false],
    ['data/database/PG_VERSION', false],
    ['node_modules/pg/package.json', false],
    ['.git/config', false],
    ['.env', false],
    ['test/database.ts', false],
    ['docs/deployment.md', false],
    ['src/README.md', false],
  ])('%s: %s', (path, sent) => {
    expect(isSent(path, dockerignore)).toBe(sent);
  });
});

describe('what the program imports', () => {
  const program = readSources(['src', 'jobs', 'config']);

  test('lies in the image', () => {
    const outside = program.flatMap((source) =>
      importsOf(source)
        .filter((specifier) => specifier?.startsWith('.') === true)
        .map((specifier) => new URL(specifier ?? '', `file:///${source.path}`).pathname.slice(1))
        .filter((path) => !copied.some((each) => path === each || path.startsWith(`${each}/`)))
        .map((path) => `${source.path}: ${path}`),
    );
    expect(program.length).toBeGreaterThan(100);
    expect(outside).toEqual([]);
  });

  test('is a production package, unless it is only a type', () => {
    const packages = program.flatMap((source) =>
      importsOf({ ...source, text: codeOf(source).replaceAll(/^(?:import|export) type [^;]*;/gm, '') })
        .filter((specifier) => specifier !== null && !/^(?:\.|node:)/.test(specifier))
        .map((specifier) => /^(?:@[^/]+\/)?[^/]+/.exec(specifier ?? '')?.[0] ?? ''),
    );
    expect(new Set(packages)).toContain('pg');
    const production = Object.keys(manifest.dependencies);
    expect([...new Set(packages)].filter((name) => !production.includes(name))).toEqual([]);
  });
});
