import { expect, vi } from 'vitest';
import { sql } from 'drizzle-orm/sql';
import { saveApiCalls } from '../../src/store/api-calls.ts';
import type { Store } from '../../src/store/db.ts';
import type { Run } from '../../src/store/runs.ts';
import type { TestDatabase } from '../database.ts';

/** Adds calls to the trail of the run's tenant in one transaction, with these ids. */
export const addCalls = (store: Store, tenantId: string, run: Pick<Run, 'runId'>, ids: readonly string[]) =>
  store.withTenant(tenantId, (tx) => saveApiCalls(tx, { owner: 'w', fence: 1, ...run }, 'bot', ids.map(exampleCall)));

const exampleCall = (callId: string) => ({
  callId,
  at: new Date().toISOString(),
  method: 'GET',
  endpoint: '/wiki/api/v2/pages',
  status: 200,
  attempts: 1,
  waitedMs: 0,
  durationMs: 12,
  throttled: 0,
  points: 0,
  requestId: 'r',
});

const CERTAIN = `select from (select tx from audit.api_call union all select tx from audit.admin_act union all
  select tx from audit.finding_event) t having max(tx) < pg_snapshot_xmin(pg_current_snapshot())`;

/** Waits until an export tells all that was written before: an open transaction of any other database of the server holds rows back. */
export const untilCertain = async ({ superuser }: Pick<TestDatabase, 'superuser'>): Promise<void> => {
  await vi.waitFor(async () => expect(await superuser(CERTAIN)).toHaveLength(1), { timeout: 60_000 });
};

/** The first day of the month so many days ago, and the name of its partitions. */
export function monthAgo(days: number): { readonly start: string; readonly name: string } {
  const day = new Date(Date.now() - days * 86_400_000);
  const start = `${day.getUTCFullYear()}-${String(day.getUTCMonth() + 1).padStart(2, '0')}`;
  return { start: `${start}-01`, name: start.replace('-', '_') };
}

/** A month of the past as the program itself would have made it at that time. */
export async function makeMonth({ superuser }: TestDatabase, parent: string, days: number): Promise<string> {
  const { start, name } = monthAgo(days);
  const part = `${parent}_${name}`;
  await superuser(`create table audit.${part} partition of audit.${parent}
    for values from ('${start} 00:00:00+00') to (('${start}'::date + interval '1 month') at time zone 'UTC')`);
  const [owner] = await superuser(
    `select pg_get_userbyid(relowner)::text as name from pg_class where oid = 'audit.${parent}'::regclass`,
  );
  await superuser(`alter table audit.${part} owner to ${String(owner?.['name'])}`);
  await superuser(`alter table audit.${part} enable row level security`);
  await superuser(`alter table audit.${part} force row level security`);
  return part;
}

/** The partitions of a table, the default one among them. */
export const partsOf = async ({ superuser }: TestDatabase, parent: string): Promise<string[]> =>
  (
    await superuser(
      `select inhrelid::regclass::text as part from pg_inherits where inhparent = 'audit.${parent}'::regclass order by 1`,
    )
  ).map(({ part }) => String(part).replace('audit.', ''));

/** A transaction that has its number and is held open until the returned function ends it. */
export async function holdTransaction(store: Store, tenantId: string, runId: string, callId: string) {
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const ended = store.withTenant(tenantId, async (tx) => {
    await saveApiCalls(tx, { runId, owner: 'w', fence: 1 }, 'bot', [exampleCall(callId)]);
    await tx.rows(sql`select pg_current_xact_id()`);
    begin();
    await mayEnd;
  });
  await begun;
  return async (): Promise<void> => {
    end();
    await ended;
  };
}
