import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { startCommand } from '../commands/command.ts';
import { AT_ONCE } from '../commands/fleet.ts';
import { type Office, startOffice } from '../commands/office.ts';
import { openWorkplace, tenant } from '../commands/workplace.ts';
import { startServer } from '../postgres-server.ts';
import { openProxy } from '../tcp-proxy.ts';
import { given, tell } from './figures.ts';

vi.setConfig({ testTimeout: 900_000 });
const TENANTS = given('BENCH_TENANTS', 8);
const WAIT = { timeout: 600_000, interval: 100 };
const APPLY = { ...AT_ONCE, mode: 'apply' };

/** One statement on a connection of its own; null where there is no answer. */
async function ask(url: string, text: string, values: unknown[] = []): Promise<Record<string, unknown>[] | null> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query<Record<string, unknown>>(text, values)).rows;
  } catch {
    return null;
  } finally {
    await client.end();
  }
}

/** Writes one row after the other until it is told to stop; says which of them were acknowledged, and the longest pause between two. */
function keepWriting(url: string): { stop: () => Promise<{ acknowledged: readonly number[]; pauseMs: number }> } {
  const acknowledged: number[] = [];
  let pauseMs = 0;
  const over = new AbortController();
  const work = async (): Promise<void> => {
    let last = performance.now();
    for (let row = 0; !over.signal.aborted; row += 1) {
      if ((await ask(url, 'insert into public.told values ($1)', [row])) !== null) {
        acknowledged.push(row);
        pauseMs = Math.max(pauseMs, performance.now() - last);
        last = performance.now();
      }
      await sleep(20);
    }
  };
  const working = work();
  return {
    stop: async () => {
      over.abort();
      await working;
      return { acknowledged, pauseMs };
    },
  };
}

test('a night in which the database dies and a standby takes its place', async () => {
  const primary = await startServer();
  // Whoever wants nothing lost lets the server wait for its standby.
  await ask(primary.url, 'create table public.told (id integer primary key)');
  const standby = await primary.standby();
  await ask(primary.url, `alter system set synchronous_standby_names = '*'`);
  await ask(primary.url, 'alter database postgres set synchronous_commit = on');
  await ask(primary.url, 'select pg_reload_conf()');
  await using proxy = await openProxy(primary.url);
  const offices: Office[] = [];
  for (let index = 0; index < TENANTS; index += 1) offices.push(await startOffice());
  const place = openWorkplace();
  try {
    const ids = offices.map((_, index) => `t${index}`);
    place.environment['DATABASE_URL'] = proxy.url;
    place.configure({ tenants: ids.map((id, index) => tenant(id, offices[index]?.url ?? '', APPLY)) });
    expect((await place.run('migrate')).code).toBe(0);
    await ask(
      proxy.url,
      `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at, last_slot_at)
       select id, 'https://' || id || '.example', true, 'basic', now(), now() - interval '50 hours' from unnest($1::text[]) id`,
      [ids],
    );
    for (const { site } of offices) site.faults.rateLimit = { perSecond: 1, burst: 3, retryAfter: 1 };
    const writer = keepWriting(proxy.url);
    const begin = (words: string, name: string) =>
      startCommand(words.split(' '), {
        cwd: place.folder,
        environment: { ...place.environment, LOG_LEVEL: 'info', AUDIT_DATA_DIR: name },
        longestMs: 900_000,
      });
    const crew = [begin('start', 'one'), begin('start', 'two')];
    await vi.waitFor(() => expect(offices.some((office) => office.labelled() > 0)).toBe(true), WAIT);
    await primary.crash();
    const crashedAt = performance.now();
    await standby.promote();
    proxy.moveTo(standby.url);
    tell(`the standby takes writes ${((performance.now() - crashedAt) / 1_000).toFixed(1)} s after the crash`);
    await vi.waitFor(async () => {
      const rows = await ask(
        standby.url,
        `select count(distinct tenant_id)::int as n from audit.run where outcome = 'complete'`,
      );
      expect(rows).toEqual([{ n: TENANTS }]);
    }, WAIT);
    tell(
      `all ${TENANTS} nights are complete ${((performance.now() - crashedAt) / 1_000).toFixed(0)} s after the crash`,
    );
    const { acknowledged, pauseMs } = await writer.stop();
    const rows = (await ask(standby.url, 'select id from public.told')) ?? [];
    const kept = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
    tell(
      `${acknowledged.length} rows were acknowledged and are there; nothing was for ${(pauseMs / 1_000).toFixed(1)} s`,
    );
    for (const { child } of crew) child.kill('SIGTERM');
    const ended = await Promise.all(crew.map((worker) => worker.ended));
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(offices.map((office) => office.labelled())).toEqual(offices.map(() => 2));
    const served = offices.map(
      ({ site }) =>
        site.requests.filter(
          ({ method, template, status }) => method === 'POST' && template.endsWith('label') && status === 200,
        ).length,
    );
    tell(`labels written: ${served.join(', ')} (two wanted of each)`);
    const runs = await ask(
      standby.url,
      `select outcome, reason, count(*)::int as n from audit.run group by 1, 2 order by 1, 2`,
    );
    tell(JSON.stringify(runs));
  } finally {
    place.clear();
    for (const office of offices) await office.close();
    await standby.stop();
    await primary.stop();
  }
});
