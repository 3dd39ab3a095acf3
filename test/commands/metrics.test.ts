import { expect, test, vi } from 'vitest';
import { leaksIn } from '../canary/canary.ts';
import { freePort } from '../free-port.ts';
import { metricsOf, samplesOf } from '../metrics/samples.ts';
import { refusalOf } from './ended.ts';
import { AT_ONCE, makeDue, runs, start, WAIT } from './fleet.ts';
import { openOffice } from './office.ts';
import { type Desk, openDesk, openWorkplace, tenant, type Workplace } from './workplace.ts';

/** Gives the place a port; asks it for its pages. */
async function operator(place: Workplace) {
  const port = await freePort();
  Object.assign(place.environment, { METRICS_PORT: String(port), METRICS_HOST: '127.0.0.1' });
  const ask = async (path: string) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    const text = await answer.text();
    expect(leaksIn(text)).toEqual([]);
    return { status: answer.status, text };
  };
  return { ask, samples: async () => samplesOf((await ask('/metrics')).text) };
}

const rename = ({ database }: Desk, from: string, to: string) =>
  database.superuser(`alter table audit.tenant rename column ${from} to ${to}`);

test('a worker tells what it did and how the fleet is, as long as it runs', async () => {
  const office = await openOffice();
  await using desk = await openDesk();
  const { ask, samples } = await operator(desk);
  desk.configure({ tenants: [tenant('acme', office.url, { ...AT_ONCE, mode: 'apply' })] });
  await makeDue(desk, ['acme']);
  const worker = start(desk, 'start');
  await worker.logged('The audit ended');
  await vi.waitFor(async () => {
    expect(await samples()).toMatchObject({
      database_up: 1,
      tenants: 1,
      tenants_never_audited: 0,
      tenants_missed_twice: 0,
      slots_sent_total: 1,
      'audits_total{outcome="complete",reason=""}': 1,
      'runs_last_day{outcome="complete",reason=""}': 1,
      'findings_opened_total{severity="high"}': 2,
      'writes_total{action="add-label",outcome="done"}': 2,
      'queue_jobs{state="ready"}': 0,
      'queue_jobs{state="active"}': 0,
    });
  }, WAIT);
  const { requests_total: requests, audit_duration_seconds_count: audits } = await samples();
  expect(requests).toBe(office.site.requests.length);
  expect(audits).toBe(1);
  expect(await ask('/healthz')).toEqual({ status: 200, text: 'healthy\n' });
  expect(await ask('/readyz')).toEqual({ status: 200, text: 'ready\n' });

  await desk.database.superuser(
    `insert into fleet.migration (tag, hash, made_at) values ('9999_next', '', 4102444800000)`,
  );
  expect(await ask('/readyz')).toMatchObject({ status: 503 });
  await rename(desk, 'enabled', 'switched_on');
  const blind = (await ask('/metrics')).text;
  expect(samplesOf(blind)).toMatchObject({ database_up: 0, 'audits_total{outcome="complete",reason=""}': 1 });
  expect(metricsOf(blind)).not.toContain('confluence_audit_tenants');
  expect(await ask('/healthz')).toMatchObject({ status: 200 });
  await rename(desk, 'switched_on', 'enabled');
  expect(await samples()).toMatchObject({ database_up: 1 });

  worker.child.kill('SIGTERM');
  expect((await worker.ended).code).toBe(0);
  await expect(ask('/healthz')).rejects.toThrow('fetch failed');
  expect(await runs(desk)).toHaveLength(1);
});

test('a port that is taken ends the start with one line, and nothing is left behind', async () => {
  await using desk = await openDesk();
  desk.configure({ tenants: [tenant('acme', 'http://127.0.0.1:9')] });
  await operator(desk);
  const first = start(desk, 'start --no-work');
  await first.logged('The schedule is running');
  const second = await desk.run('start --no-work');
  expect(refusalOf(second)).toContain('cannot be opened (EADDRINUSE)');
  expect(second.code).toBe(2);
  first.child.kill('SIGTERM');
  expect((await first.ended).code).toBe(0);
});

test('the embedded database tells the same, tenants by name where that is asked for', async () => {
  const office = await openOffice();
  const place = openWorkplace();
  try {
    const { samples } = await operator(place);
    place.environment['METRICS_TENANT_LABEL'] = 'true';
    place.configure({ tenants: [tenant('acme', office.url)] });
    expect((await place.run('audit')).code).toBe(0);
    const running = start(place, 'start');
    await running.logged('The schedule is running');
    expect(await samples()).toMatchObject({
      database_up: 1,
      tenants: 1,
      'tenant_last_complete_timestamp_seconds{tenant="acme"}': expect.any(Number),
      'queue_jobs{state="waiting"}': 0,
    });
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
  } finally {
    place.clear();
  }
});
