import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import type { Running } from './command.ts';
import type { Ended } from './ended.ts';
import { type Office, openOffice } from './office.ts';
import { type Desk, openDesk, tenant } from './workplace.ts';

/** A slot that has passed is worked on at once. */
const AT_ONCE = { schedule: { window: '0s' } };

/** Sends SIGTERM and says how long the process took from there. */
async function stop({ child, ended }: Running): Promise<Ended & { readonly took: number }> {
  const at = performance.now();
  child.kill('SIGTERM');
  return { ...(await ended), took: (performance.now() - at) / 1000 };
}

/** Lets a few requests through, then asks for patience that outlasts any test. */
function slowDown({ site }: Office): Promise<void> {
  site.faults.rateLimit = { perSecond: 0.001, burst: 6, retryAfter: 12 };
  return vi.waitFor(() => expect(site.requests.map(({ status }) => status)).toContain(429), { timeout: 60_000 });
}

const runs = ({ database }: Desk) =>
  database.superuser('select outcome, reason, trigger from audit.run order by started_at');

test('SIGTERM ends an audit at a checkpoint with exit 143, and the next audit goes on from there', async () => {
  const office = await openOffice();
  await using desk = await openDesk();
  desk.configure({ defaults: { mode: 'apply' }, tenants: [tenant('acme', office.url)] });

  const slow = slowDown(office);
  const running = desk.start('audit --format json');
  await slow;
  const { code, took, stdout } = await stop(running);
  expect(code).toBe(143);
  expect(took).toBeLessThan(10);
  expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'partial', reason: 'interrupted', writes: { done: 0 } }]);
  expect(office.writes()).toEqual([]);

  office.site.faults.rateLimit = null;
  const next = await desk.run('audit --format json');
  expect(next.code).toBe(0);
  expect(next.log.map(({ msg }) => msg)).toContain('Goes on where the run before stopped');
  expect(JSON.parse(next.stdout)).toMatchObject([{ outcome: 'complete', findings: { high: 2 }, writes: { done: 2 } }]);
  expect(await runs(desk)).toEqual([
    { outcome: 'partial', reason: 'interrupted', trigger: 'manual' },
    { outcome: 'complete', reason: null, trigger: 'manual' },
  ]);
});

test('SIGTERM does not wait for a site that never answers', async () => {
  const server = createServer(() => {}).listen(0, '127.0.0.1');
  await once(server, 'listening');
  await using desk = await openDesk();
  desk.configure({ tenants: [tenant('acme', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)] });
  const running = desk.start('audit --format json');
  await once(server, 'request');
  const { code, took, stdout } = await stop(running);
  expect(code).toBe(143);
  expect(took).toBeLessThan(10);
  expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'partial', reason: 'interrupted' }]);
  server.closeAllConnections();
  server.close();
});

test('start makes up for a missed night at once, notes the next, and SIGTERM ends it with exit 0', async () => {
  const office = await openOffice();
  await using desk = await openDesk();
  desk.configure({ tenants: [tenant('acme', office.url, AT_ONCE)] });
  const idle = desk.start('start');
  await idle.logged('The schedule is running');
  expect((await stop(idle)).code).toBe(0);
  expect(await runs(desk)).toEqual([]);
  // As if the program had been down for two nights.
  await desk.database.superuser(`update audit.tenant set last_slot_at = now() - interval '50 hours'`);

  const running = desk.start('start');
  await running.logged('The audit ended');
  const { code, took, stdout, log } = await stop(running);
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
  expect(took).toBeLessThan(10);
  expect(log.at(-1)?.msg).toBe('Stopped; every audit has ended at a checkpoint');
  expect(log.filter(({ msg }) => msg === 'A scheduled audit starts')).toHaveLength(1);
  expect(await runs(desk)).toEqual([{ outcome: 'complete', reason: null, trigger: 'schedule' }]);
  const [saved] = await desk.database.superuser(
    `select last_slot_at <= now() and next_run_at > now() as right from audit.tenant`,
  );
  expect(saved).toEqual({ right: true });
  expect(office.writes()).toEqual([]);
});

test('SIGTERM while a scheduled audit is under way saves it and ends within ten seconds', async () => {
  const office = await openOffice();
  await using desk = await openDesk();
  desk.configure({ tenants: [tenant('acme', office.url, AT_ONCE)] });
  await desk.database.superuser(
    `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at, last_slot_at)
     values ('acme', 'https://acme.example', true, 'basic', now(), now() - interval '50 hours')`,
  );
  const slow = slowDown(office);
  const running = desk.start('start');
  await slow;
  const { code, took, log } = await stop(running);
  expect(code).toBe(0);
  expect(took).toBeLessThan(10);
  expect(log.at(-1)?.msg).toBe('Stopped; every audit has ended at a checkpoint');
  expect(await runs(desk)).toEqual([{ outcome: 'partial', reason: 'interrupted', trigger: 'schedule' }]);
});

test('on a blackout day the night is skipped, which is recorded, and the site is asked nothing', async () => {
  const office = await openOffice();
  await using desk = await openDesk();
  const [today, tomorrow] = [0, 1].map((ahead) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10));
  const schedule = { window: '0s', blackout: [`${today}..${tomorrow}`] };
  desk.configure({ tenants: [tenant('acme', office.url, { schedule })] });
  await desk.database.superuser(
    `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at, last_slot_at)
     values ('acme', 'https://acme.example', true, 'basic', now(), now() - interval '50 hours')`,
  );
  const running = desk.start('start');
  await running.logged('A scheduled audit is skipped');
  expect((await stop(running)).code).toBe(0);
  expect(await runs(desk)).toEqual([{ outcome: 'skipped', reason: 'quiet-hours', trigger: 'schedule' }]);
  expect(office.site.requests).toEqual([]);
});
