import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JobContext } from '../../jobs/define-job.ts';
import { createLiveSettings } from '../../jobs/start/live-settings.ts';
import { composeHouse } from '../../src/app.ts';
import { createLog } from '../../src/runtime/log.ts';
import { createProgress } from '../../src/runtime/progress.ts';
import { readSettings } from '../../src/settings.ts';
import type { Store } from '../../src/store/db.ts';
import { openPostgres } from '../database.ts';

const entry = (id: string, more = ''): string =>
  `  - { id: ${id}, site: 'https://${id}.example', auth: { type: basic, email: a@b.example, token: { env: T } }${more} }\n`;
const ACME = `version: 1\ninclude: [more/*.yaml]\ntenants:\n${entry('acme')}`;

let folder: string;
let database: Awaited<ReturnType<typeof openPostgres>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'audit-live-'));
  mkdirSync(join(folder, 'more'));
  database = await openPostgres();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
});

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);

const now = (): Date => new Date();

/** The settings as a process sees them minute by minute, and what it says. */
async function live() {
  write('audit.yaml', ACME);
  let minutes = 0;
  let broken = false;
  let reads = 0;
  const lines: string[] = [];
  const clock = {
    now,
    monotonic: () => minutes * 60_000,
    sleep: () => Promise.resolve(),
    every: () => () => undefined,
    breathe: async () => undefined,
  };
  const ground = {
    environment: { AUDIT_CONFIG: 'audit.yaml' },
    cwd: folder,
    clock,
    log: createLog({ level: 'info', format: 'json', now, write: (line) => void lines.push(line) }),
    progress: createProgress({ stream: { write: () => true, on: () => undefined } as never }),
    signal: new AbortController().signal,
  };
  const store: Store = {
    ...database.store,
    withFleet: (work, options) => {
      reads += 1;
      return broken ? Promise.reject(new Error('away')) : database.store.withFleet(work, options);
    },
  };
  const house = await composeHouse(ground, await readSettings(ground), store);
  const { tenants } = createLiveSettings(ground as unknown as JobContext, house);
  const said = (words: string): number => lines.filter((line) => line.includes(words)).length;
  return {
    said,
    break: (yes: boolean) => {
      broken = yes;
    },
    readsOfAMinute: async () => {
      reads = 0;
      minutes += 1;
      await tenants();
      return reads;
    },
    nextMinute: async () => {
      minutes += 1;
      return (await tenants()).map(({ id, enabled }) => `${id}${enabled ? '' : ' off'}`);
    },
  };
}

test('an edit, a file that comes to match and one that goes hold from the next minute on, in the database too', async () => {
  const { nextMinute, said } = await live();
  expect(await nextMinute()).toEqual(['acme']);
  write('more/globex.yaml', `tenants:\n${entry('globex')}`);
  expect(await nextMinute()).toEqual(['acme', 'globex']);
  expect(await database.superuser('select tenant_id from audit.tenant where enabled order by 1')).toEqual([
    { tenant_id: 'acme' },
    { tenant_id: 'globex' },
  ]);
  write('more/globex.yaml', `tenants:\n${entry('globex', ', enabled: false')}`);
  expect(await nextMinute()).toEqual(['acme', 'globex off']);
  rmSync(join(folder, 'more/globex.yaml'));
  expect(await nextMinute()).toEqual(['acme']);
  expect(said('The settings have changed')).toBe(3);
});

test('where nothing has changed nothing is read again but the registry', async () => {
  const { nextMinute, readsOfAMinute, said } = await live();
  await nextMinute();
  expect([await readsOfAMinute(), await readsOfAMinute()]).toEqual([1, 1]);
  expect(said('The settings have changed')).toBe(0);
});

test('an edit that does not hold keeps the settings that did, and is told until it is mended', async () => {
  const { nextMinute, said } = await live();
  write('audit.yaml', `${ACME}nonsense: 1\n`);
  expect(await nextMinute()).toEqual(['acme']);
  expect(await nextMinute()).toEqual(['acme']);
  expect(said('The changed settings are invalid')).toBe(2);
  write('audit.yaml', `${ACME}${entry('globex')}`);
  expect(await nextMinute()).toEqual(['acme', 'globex']);
});

test('a database that is away keeps the settings that there were, and the edit is not missed', async () => {
  const { nextMinute, said, break: breakIt } = await live();
  write('audit.yaml', `${ACME}${entry('globex')}`);
  breakIt(true);
  expect(await nextMinute()).toEqual(['acme']);
  expect(said('The settings could not be read again')).toBe(1);
  breakIt(false);
  expect(await nextMinute()).toEqual(['acme', 'globex']);
});
