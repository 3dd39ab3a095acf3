import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { eachDatabase } from '../database.ts';
import { expectNoLeak, leaksIn, leaksInDatabase, leaksInFolder, TOKEN } from './canary.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'audit-canary-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe('a secret is found', () => {
  test.each([
    ['as it is', `Bearer ${TOKEN}`],
    ['in capitals', TOKEN.toUpperCase()],
    ['in an address', `https://x.example/?token=${encodeURIComponent(`${TOKEN}/ü`)}`],
    ['in JSON', JSON.stringify({ nested: { token: `"${TOKEN}"` } })],
    ['in base64', Buffer.from(TOKEN).toString('base64')],
    ['in base64, one byte later', Buffer.from(`x${TOKEN}`).toString('base64')],
    ['in the base64 of a credential', Buffer.from(`ab:${TOKEN}`).toString('base64url')],
    ['in hex', Buffer.from(`:${TOKEN}`).toString('hex')],
  ])('%s', (_how, told) => {
    expect(leaksIn(`before ${told} after`)).not.toEqual([]);
  });

  test('and what is none is not', () => {
    expect(leaksIn('A king fishes; a fisher is no king. a2luZw== 6b696e67')).toEqual([]);
  });
});

eachDatabase('a database', (open) => {
  test('is searched to its last table when it is closed', async () => {
    const db = await open();
    await expectNoLeak(db);
    // Temporary, so that nothing of it is left for the search that follows this test.
    await db.superuser('create temporary table leak as select $1::text as t', [`x ${TOKEN}`]);
    expect((await leaksInDatabase(db)).leaks).toEqual([expect.stringMatching(/leak$/)]);
    await expect(expectNoLeak(db)).rejects.toThrow('holds a secret');
    await db.superuser('drop table leak');
    await db.superuser('create temporary table leak as select convert_to($1, $2) as bytes', [TOKEN, 'UTF8']);
    expect((await leaksInDatabase(db)).leaks).toHaveLength(1);
    await db.superuser('drop table leak');
  });
});

test('an embedded directory is searched as the bytes that it is', async () => {
  const place = folder();
  const pglite = await PGlite.create({ dataDir: join(place, 'data') });
  await pglite.query('create table leak as select $1::text as t', [TOKEN]);
  await pglite.close();
  const { leaks, files } = leaksInFolder(place);
  expect(files).toBeGreaterThan(100);
  expect(leaks.length).toBeGreaterThan(0);
});

test('a folder is searched file by file, but for what the test itself put there', () => {
  const place = folder();
  for (const name of ['report.html', 'token.txt']) writeFileSync(join(place, name), TOKEN);
  const { leaks } = leaksInFolder(place, { except: new Set([join(place, 'token.txt')]) });
  expect(leaks.map((leak) => basename(leak))).toEqual(['report.html: in clear']);
});

test('a file of tests that prints a secret fails, whichever way it prints', async () => {
  const file = join(folder(), 'report.json');
  const words = ['run', '--config', 'test/canary/leaky/vitest.config.ts', `--outputFile=${file}`];
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...words], {
    cwd: root,
    env: { PATH: process.env['PATH'] },
    stdio: 'ignore',
  });
  const [code] = (await once(child, 'close')) as [number];
  const report = JSON.parse(readFileSync(file, 'utf8')) as { testResults: { name: string; status: string }[] };
  const ends = report.testResults.map(({ name, status }) => `${basename(name)} ${status}`).toSorted();
  expect(ends).toEqual(['clean.leaky.ts passed', 'console.leaky.ts failed', 'stream.leaky.ts failed']);
  expect(code).toBe(1);
});
