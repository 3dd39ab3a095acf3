import { readdirSync } from 'node:fs';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

const JOBS = new URL('../../jobs/', import.meta.url);
const NOT_COMMANDS = ['run', 'define-job'];

/** One way to run each command that ends by itself. */
const WORDS: Readonly<Record<string, string>> = {
  audit: 'audit --format json',
  apply: 'apply --tenant acme --approve jdoe',
  findings: 'findings list',
  coverage: 'coverage show',
  report: 'report tenant_health --format csv',
  config: 'config validate',
  rules: 'rules test rule.yaml --tenant acme',
  tenants: 'tenants verify',
  doctor: 'doctor',
  privacy: 'privacy',
  migrate: 'migrate',
  export: 'export findings',
  prune: 'prune',
  'rotate-keys': 'rotate-keys',
  // Twenty seconds of work; the parts that it consists of have tests of their own.
  demo: 'demo --help',
  // They need a run to take back, somebody to talk to, and receivers: each is a process in tests of its own, or only waits.
  undo: 'undo --help',
  mcp: 'mcp --help',
  notify: 'notify --help',
};

let desk: Desk;
let office: Office;
beforeAll(async () => {
  [desk, office] = await Promise.all([openDesk(), startOffice()]);
  desk.environment['AUDIT_KEYS'] = `k1:${Buffer.alloc(32, 3).toString('base64')}`;
  desk.configure({ tenants: [tenant('acme', office.url)] });
  desk.write('rule.yaml', 'title: T\nwhy: W.\nremediation: R.\nforbid:\n  - { name: a panel, text: panel }\n');
});
afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  await office.close();
});

// What the tests of single commands run in their own process is started here as people start it: by Node, which strips the types.
describe('every command runs as a process, and leaves nothing that keeps it alive', () => {
  test.each(Object.entries(WORDS))('%s', async (_, words) => {
    const ended = await desk.start(words).ended;
    expect({ code: ended.code, stderr: ended.log.filter(({ level }) => level === 'error') }).toEqual({
      code: 0,
      stderr: [],
    });
    expect(ended.stdout).not.toBe('');
  });

  test('start shows that it lives, health sees it, and a signal ends it', async () => {
    const running = desk.start('start');
    await running.logged('The schedule is running');
    expect(await desk.start('health').ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^healthy/) });
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  });

  test('no command is missing here', () => {
    const names = readdirSync(JOBS).flatMap((file) => (file.endsWith('.ts') ? file.slice(0, -'.ts'.length) : []));
    const here = [...Object.keys(WORDS), 'start', 'health', ...NOT_COMMANDS];
    expect(names.toSorted()).toEqual(here.toSorted());
  });
});

test('Node itself reads every file of the program, also those that are loaded late', async () => {
  const root = new URL('../../', import.meta.url);
  const files = ['config', 'jobs', 'src'].flatMap((folder) =>
    readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && file !== 'run.ts')
      .map((file) => new URL(`${folder}/${file}`, root).href),
  );
  expect(files.length).toBeGreaterThan(300);
  const script = `for (const file of ${JSON.stringify(files)}) await import(file);`;
  const read = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(root),
    timeout: 60_000,
  });
  await expect(read).resolves.toMatchObject({ stdout: '', stderr: '' });
});
