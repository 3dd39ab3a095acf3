import { expect, test, vi } from 'vitest';
import { AT_ONCE, inTheMiddle, makeDue, repeats, runs, start, WAIT } from './fleet.ts';
import { openOffice } from './office.ts';
import { openDesk, tenant } from './workplace.ts';

test('two schedulers send each slot once, and two workers share what is due', async () => {
  const ids = ['acme', 'globex', 'initech'];
  const offices = await Promise.all(ids.map(() => openOffice()));
  await using desk = await openDesk();
  desk.configure({ tenants: ids.map((id, index) => tenant(id, offices[index]?.url ?? '', AT_ONCE)) });
  await makeDue(desk, ids);
  const clocks = [start(desk, 'start --no-work'), start(desk, 'start --no-work')];
  const workers = [start(desk, 'start --no-schedule'), start(desk, 'start --no-schedule')];
  await vi.waitFor(async () => {
    const outcomes = (await runs(desk)).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(['complete', 'complete', 'complete']);
  }, WAIT);
  for (const clock of clocks) await clock.logged('The schedule is running');
  for (const worker of workers) await worker.logged('The worker is ready');
  for (const { child } of [...clocks, ...workers]) child.kill('SIGTERM');
  const ends = await Promise.all([...clocks, ...workers].map(({ ended }) => ended));
  expect(ends.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
  const said = (message: string) => ends.map(({ log }) => log.filter(({ msg }) => msg === message).length);
  expect(said('A scheduled audit is due').reduce((sum, count) => sum + count)).toBe(3);
  expect(said('A scheduled audit is due').slice(2)).toEqual([0, 0]);
  expect(said('A scheduled audit starts').slice(0, 2)).toEqual([0, 0]);
  expect(said('A scheduled audit starts').reduce((sum, count) => sum + count)).toBe(3);
  expect(await desk.database.superuser('select state::text from pgboss.job')).toEqual(
    Array.from({ length: 3 }, () => ({ state: 'completed' })),
  );
  expect(await runs(desk)).toHaveLength(3);
});

test('a worker that is asked to stop ends within ten seconds, and another goes on from its checkpoint', async () => {
  await using desk = await openDesk();
  const { office, worker: leaving, relief, goOn } = await inTheMiddle(desk);
  await relief.logged('The schedule is running');
  leaving.child.kill('SIGTERM');
  const askedAt = performance.now();
  expect((await leaving.ended).code).toBe(0);
  expect((performance.now() - askedAt) / 1000).toBeLessThan(10);
  goOn();
  await relief.logged('Goes on where the run before stopped');
  await relief.logged('The audit ended');
  relief.child.kill('SIGTERM');
  expect((await relief.ended).code).toBe(0);
  expect(await runs(desk)).toEqual([
    { tenant_id: 'acme', outcome: 'partial', reason: 'interrupted' },
    { tenant_id: 'acme', outcome: 'complete', reason: null },
  ]);
  expect(repeats(office)).toBeLessThanOrEqual(1);
});
