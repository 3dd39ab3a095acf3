import { randomUUID } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { mayUseDoors, openReader } from '../../src/store/report-reader.ts';
import { REPORT_VIEWS } from '../../src/store/report-views.ts';
import { leaksIn, PASSWORD } from '../canary/canary.ts';
import { openPostgres } from '../database.ts';
import { fillTenant } from '../store/full-tenant.ts';
import { ask, assistantOver } from './assistant.ts';

let database: Awaited<ReturnType<typeof openPostgres>>;
const name = `analyst_${randomUUID().slice(0, 8)}`;
const stranger = `stranger_${randomUUID().slice(0, 8)}`;
const urlOf = (role: string): string => {
  const url = new URL(database.url ?? '');
  url.username = role;
  url.password = PASSWORD;
  return url.href;
};
beforeAll(async () => {
  database = await openPostgres();
  for (const tenant of ['a', 'b']) await fillTenant(database, tenant);
  for (const role of [name, stranger]) await database.superuser(`create role ${role} login password '${PASSWORD}'`);
  await database.superuser(`grant audit_reader to ${name}`);
  await database.superuser(`insert into fleet.reader_grant values ('${name}', 'b')`);
});
afterAll(async () => {
  for (const role of [name, stranger]) await database.superuser(`drop role ${role}`);
  await database.close();
});

test('a login without grants is refused, one with grants is a reader, the program goes through its doors', async () => {
  expect(await mayUseDoors(database.url ?? '')).toBe(true);
  expect(await mayUseDoors(urlOf(name))).toBe(false);
  await expect(mayUseDoors(urlOf(stranger))).rejects.toMatchObject({ code: 'forbidden' });
});

test('a reader sees the tenants that it was granted, in every view, and can change nothing', async () => {
  const reader = openReader(urlOf(name), null);
  const { tell } = await assistantOver(reader);
  for (const view of REPORT_VIEWS) {
    const { data } = await tell('query_view', { view, limit: 200 });
    expect([view, new Set(data.rows.map(({ tenant_id: id }: { tenant_id: string }) => id))]).toEqual([
      view,
      new Set(['b']),
    ]);
  }
  expect((await tell('list_findings', { tenant: 'a' })).data.rows).toEqual([]);
  const { data } = await tell('explain_finding', { finding_id: 'f1' });
  expect([data.finding.tenant_id, data.history.length]).toEqual(['b', 1]);
  await reader.close();
});

test('a reader of all tenants may be shown one', async () => {
  await database.superuser(`insert into fleet.reader_grant values ('${name}', null)`);
  const [all, one] = [openReader(urlOf(name), null), openReader(urlOf(name), 'a')];
  expect((await all.page('tenant_health', { limit: 10 })).rows).toHaveLength(2);
  expect((await one.page('tenant_health', { limit: 10 })).rows).toMatchObject([{ tenant_id: 'a' }]);
  await Promise.all([all.close(), one.close()]);
  await database.superuser(`delete from fleet.reader_grant where tenant_id is null`);
});

test('over stdio an assistant sees what its login may, and stdout carries the protocol alone', {
  timeout: 90_000,
}, async () => {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [fileURLToPath(new URL('../../jobs/run.ts', import.meta.url)), 'mcp'],
    cwd: inject('scratch'),
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: urlOf(name),
      NODE_COMPILE_CACHE: join(inject('scratch'), 'compile-cache'),
    },
    stderr: 'pipe',
  });
  let said = '';
  transport.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const client = new Client({ name: 'a-test', version: '1' });
  const strayed: unknown[] = [];
  // What is on stdout and no message of the protocol ends here.
  Object.assign(client, { onerror: (error: unknown) => void strayed.push(error) });
  await client.connect(transport);
  expect((await ask(client, 'tenant_health')).data.rows).toMatchObject([{ tenant_id: 'b' }]);
  await client.close();
  expect(strayed).toEqual([]);
  const log = said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { msg: string });
  expect(log.map(({ msg }) => msg)).toEqual(['The server for assistants is ready']);
  expect(leaksIn(said)).toEqual([]);
});
