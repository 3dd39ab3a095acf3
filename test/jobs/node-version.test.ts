import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ERRORS } from '../../src/domain/errors.ts';
import { runProcess } from './run-tiny.ts';

const GUARD = fileURLToPath(new URL('../../jobs/node-version.cjs', import.meta.url));
const RUN = fileURLToPath(new URL('../../jobs/run.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'node-version-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A preload that makes this Node claim to be another. */
function pretend(version: string): string {
  const file = join(folder, `${version}.cjs`);
  writeFileSync(
    file,
    `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
  );
  return file;
}

test.each([
  ['as the npm scripts start it', ['-r', GUARD, RUN, '--version']],
  ['as node jobs/run.ts', [RUN, '--version']],
])('an older Node is refused with one line, %s', async (_, argv) => {
  const { code, stdout, stderr } = await runProcess(['-r', pretend('22.20.0'), ...argv]);
  expect(stderr).toBe(
    `error node-too-old: This is Node 22.20.0, and Node 24 or newer is needed. ${ERRORS['node-too-old'].hint}\n`,
  );
  expect(stdout).toBe('');
  expect(code).toBe(ERRORS['node-too-old'].exit);
});

test.each(['24.0.0', '26.1.0'])('Node %s is taken', async (version) => {
  const { code, stdout } = await runProcess(['-r', pretend(version), '-r', GUARD, RUN, '--version']);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(code).toBe(0);
});

test('the guard is written in what the oldest Node reads', () => {
  const source = readFileSync(GUARD, 'utf8')
    .replace(/^\/\/.*$/gm, '')
    .replaceAll(/'[^']*'/g, "''");
  expect(source).not.toMatch(/\b(?:const|let|import|export|async|await|class)\b|=>|`|\?\?|\?\./);
});
