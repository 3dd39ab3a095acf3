import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { noteSlot, upsertTenant } from '../../src/store/tenants.ts';
import type { Running } from './command.ts';
import { AT_ONCE, makeDue, NOTES, repeats, runs, start, stopInTheMiddle, WAIT } from './fleet.ts';
import { exampleTenant } from '../store/examples.ts';
import { type Office, startOffice } from './office.ts';
import { type Desk, openDesk, openWorkplace, tenant } from './workplace.ts';

// Each of these waits for leases to end, so they wait together.

const ADD_LABEL = 'POST /wiki/rest/api/content/{id}/label';
const APPLY = { ...AT_ONCE, mode: 'apply' };

/** The site adds the first label; its answer is on its way for ever. */
const loseFirstAnswer = ({ site }: Office): void =>
  site.faults.next(
    (_, real) => {
      real();
      return { status: 200, cut: 'silence' };
    },
    1,
    ADD_LABEL,
  );

const kill = async ({ child, ended }: Running): Promise<void> => {
  child.kill('SIGKILL');
  await ended;
};

const stop = async ({ child, ended }: Running): Promise<void> => {
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
};

const completed = (desk: Desk, ids: readonly string[]) =>
  vi.waitFor(async () => {
    const complete = { outcome: 'complete', reason: null };
    expect(await runs(desk)).toEqual(ids.map((id) => ({ tenant_id: id, ...complete })));
  }, WAIT);

/** How many labels were added; others may have been told to wait. */
const served = ({ site }: Office): number =>
  site.requests.filter(({ template, status }) => template === ADD_LABEL && status === 200).length;

/** What a night leaves in the database, without what differs from one to the next. */
const outcome = async ({ database }: Desk, id: string) => ({
  findings: await database.superuser(
    `select f.rule_id, f.page_title, f.severity, f.status, f.state, f.reason,
       (select jsonb_agg(e.event) from audit.finding_event e where e.tenant_id = f.tenant_id and e.finding_id = f.finding_id) as events
     from audit.finding f where f.tenant_id = $1 order by 1, 2`,
    [id],
  ),
  pages: await database.superuser(
    `select title, labels, is_runbook, facts, fresh_because from audit.page where tenant_id = $1 order by title`,
    [id],
  ),
  writes: await database.superuser(
    `select page_title, action, mark, state from audit.page_write where tenant_id = $1 and state <> 'superseded' order by 1, 2`,
    [id],
  ),
});

test.concurrent('a worker that is killed in a walk and between a write and its answer is relieved within 60 seconds, and each write happens once', async () => {
  await using desk = await openDesk();
  await using large = await startOffice({ notes: NOTES });
  await using written = await startOffice();
  desk.configure({
    tenants: [tenant('acme', large.url, AT_ONCE), tenant('globex', written.url, APPLY)],
  });
  await makeDue(desk, ['acme', 'globex']);
  loseFirstAnswer(written);
  const middle = stopInTheMiddle(large);
  const victim = start(desk, 'start');
  const goOn = await middle;
  await vi.waitFor(() => expect(written.labelled()).toBe(1), WAIT);
  await kill(victim);
  const killedAt = performance.now();
  goOn();
  const relief = start(desk, 'start');
  await vi.waitFor(async () => {
    const [row] = await desk.database.superuser('select count(*)::int as taken from audit.run where fence = 2');
    expect(row).toEqual({ taken: 2 });
  }, WAIT);
  expect((performance.now() - killedAt) / 1000).toBeLessThan(60);
  await completed(desk, ['acme', 'globex']);
  await stop(relief);
  expect(repeats(large)).toBeLessThanOrEqual(1);
  expect(written.labelled()).toBe(2);
  expect(written.writes()).toEqual([ADD_LABEL, ADD_LABEL]);
  expect((await outcome(desk, 'globex')).writes.map(({ state }) => state)).toEqual(['done', 'done']);
});

test.concurrent('a worker that stood still for longer than its lease writes nothing when it wakes up', async () => {
  await using desk = await openDesk();
  await using office = await startOffice();
  desk.configure({ tenants: [tenant('acme', office.url, APPLY)] });
  await makeDue(desk, ['acme']);
  loseFirstAnswer(office);
  const sleeper = start(desk, 'start');
  await vi.waitFor(() => expect(office.labelled()).toBe(1), WAIT);
  sleeper.child.kill('SIGSTOP');
  const relief = start(desk, 'start --no-schedule');
  await relief.logged('Took over the run of a worker that stopped');
  await completed(desk, ['acme']);
  await stop(relief);
  const everything = async () => ({
    site: office.site.requests.length,
    database: await desk.database.superuser(
      `select (select jsonb_agg(r) from audit.run r) as runs, (select jsonb_agg(w) from audit.page_write w) as writes,
         (select count(*) from audit.api_call) as calls, (select jsonb_agg(e) from audit.finding_event e) as events`,
    ),
  });
  const before = await everything();
  sleeper.child.kill('SIGCONT');
  // Its heart beats within ten seconds, and a request under way has five to end.
  await vi.waitFor(() => expect(sleeper.told().stderr).toContain('"code":"lease-lost"'), WAIT);
  await stop(sleeper);
  expect(await everything()).toEqual(before);
  expect(office.writes()).toEqual([ADD_LABEL, ADD_LABEL]);
});

const FLEET = ['t0', 't1', 't2', 't3', 't4', 't5', 't6', 't7'];
const KILLS = 4;

test.concurrent('four workers that are killed again and again leave what an undisturbed audit leaves', async () => {
  await using desk = await openDesk();
  await using ends = new AsyncDisposableStack();
  const offices = new Map<string, Office>();
  for (const id of ['calm', ...FLEET]) offices.set(id, ends.use(await startOffice()));
  const siteOf = (id: string): Office => offices.get(id) as Office;
  desk.configure({
    tenants: [...offices.keys()].map((id) => tenant(id, siteOf(id).url, APPLY)),
  });
  expect((await start(desk, 'audit --tenant calm').ended).code).toBe(0);
  await desk.database.superuser(
    `update audit.tenant set last_slot_at = now() - interval '50 hours' where tenant_id <> 'calm'`,
  );
  // Slow enough for all of the kills to come in between.
  for (const id of FLEET) siteOf(id).site.faults.rateLimit = { perSecond: 1, burst: 2, retryAfter: 1 };
  const clock = start(desk, 'start --no-work');
  const crew = Array.from({ length: 4 }, () => start(desk, 'start --no-schedule'));
  await vi.waitFor(async () => expect(await runs(desk)).toHaveLength(1 + FLEET.length), WAIT);
  for (let round = 0; round < KILLS; round += 1) {
    const place = round % crew.length;
    await kill(crew[place] as Running);
    crew[place] = start(desk, 'start --no-schedule');
    await sleep(1_000);
  }
  await completed(desk, ['calm', ...FLEET]);
  await Promise.all([clock, ...crew].map(stop));
  const calm = await outcome(desk, 'calm');
  expect(calm.findings).toHaveLength(2);
  expect(calm.writes.map(({ state }) => state)).toEqual(['done', 'done']);
  for (const id of FLEET) expect(await outcome(desk, id)).toEqual(calm);
  expect(FLEET.map((id) => served(siteOf(id)))).toEqual(FLEET.map(() => 2));
  const [row] = await desk.database.superuser('select count(*)::int as taken from audit.run where fence > 1');
  expect(Number(row?.['taken'])).toBeGreaterThanOrEqual(2);
});

test.concurrent('on the embedded database the next process takes over the killed one', async () => {
  await using office = await startOffice({ notes: NOTES });
  const place = openWorkplace();
  place.configure({ tenants: [tenant('acme', office.url, AT_ONCE)] });
  try {
    const store = await openStore({ dataDir: join(place.folder, 'data') });
    await store.withTenant('acme', async (tx) => {
      await upsertTenant(tx, { ...exampleTenant('acme'), site: office.url });
      await noteSlot(tx, { at: new Date(Date.now() - 50 * 3_600_000), next: new Date() });
    });
    await store.close();
    const middle = stopInTheMiddle(office);
    const victim = start(place, 'start');
    const goOn = await middle;
    await kill(victim);
    const killedAt = performance.now();
    goOn();
    const next = start(place, 'start');
    await next.logged('Took over the run of a worker that stopped');
    expect((performance.now() - killedAt) / 1000).toBeLessThan(60);
    await next.logged('The audit ended');
    const askedAt = performance.now();
    await stop(next);
    expect((performance.now() - askedAt) / 1000).toBeLessThan(10);
    const { stdout } = await start(place, 'report run_log --format json').ended;
    expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'complete', trigger: 'schedule' }]);
    expect(repeats(office)).toBeLessThanOrEqual(1);
  } finally {
    place.clear();
  }
});
