import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { createLog } from '../src/runtime/log.ts';
import { openQueue } from '../src/schedule/queue.ts';
import { openStore } from '../src/store/open-store.ts';
import { leaksIn } from './canary/canary.ts';
import { startServer } from './postgres-server.ts';

export interface PostgresForTests {
  readonly superuserUrl: string;
  /** May create databases and roles and owns the schema, but is no superuser; as in a company. */
  readonly adminUrl: string;
  /** The worker's own login, which owns nothing. */
  readonly workerUrl: string;
  /** A migrated database to copy. */
  readonly template: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: PostgresForTests;
    /** A directory of this run of the tests; the migrated PGlite snapshot is kept there. */
    scratch: string;
  }
}

/** One Postgres for the whole run, with a migrated template; databases of single files are copies of it. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(join(tmpdir(), 'audit-test-'));
  const given = process.env['TEST_DATABASE_URL'];
  const server =
    given === undefined ? await startServer() : { url: given, stop: async () => undefined, log: () => null };
  const suffix = randomUUID().slice(0, 8);
  const names = {
    admin: `audit_test_admin_${suffix}`,
    worker: `audit_test_worker_${suffix}`,
    template: `audit_test_${suffix}`,
  };
  const superuser = new Client({ connectionString: server.url });
  await superuser.connect();
  const as = (name: string): string => {
    const url = new URL(server.url);
    url.username = name;
    url.password = suffix;
    url.pathname = `/${names.template}`;
    return url.href;
  };
  await superuser.query(`create role ${names.admin} login createrole createdb password '${suffix}'`);
  await superuser.query(`create role ${names.worker} login password '${suffix}'`);
  await superuser.query(`create database ${names.template} owner ${names.admin}`);
  await prepare(as(names.worker), as(names.admin));

  project.provide('scratch', scratch);
  project.provide('postgres', {
    superuserUrl: server.url,
    adminUrl: as(names.admin),
    workerUrl: as(names.worker),
    template: names.template,
  });
  return async () => {
    rmSync(scratch, { recursive: true, force: true });
    if (given !== undefined) {
      await superuser.query(`drop database ${names.template} with (force)`);
      await superuser.query(`reassign owned by ${names.admin} to current_user`);
      await superuser.query(`drop owned by ${names.admin}, ${names.worker}`);
      await superuser.query(`drop role ${names.worker}, ${names.admin}`);
    }
    await superuser.end();
    // What a statement that fails leaves behind: its text, never its values.
    const leaks = leaksIn(server.log() ?? '');
    await server.stop();
    if (leaks.length > 0) throw new Error(`The log of the database server holds a secret ${leaks.join(', ')}.`);
  };
}

/** What `npm run migrate` does. */
async function prepare(databaseUrl: string, adminUrl: string): Promise<void> {
  const log = createLog({ level: 'error', format: 'json', now: () => new Date(), write: () => undefined });
  const store = await openStore({ databaseUrl, adminUrl });
  await (await openQueue({ store, adminUrl, log })).stop();
  await store.close();
}
