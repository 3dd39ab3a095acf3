import { expect, test, vi } from 'vitest';
import { once } from '../database.ts';
import { startServer } from '../postgres-server.ts';
import { AT_ONCE, NOTES, repeats, start, stopInTheMiddle, WAIT } from './fleet.ts';
import { openOffice } from './office.ts';
import { openWorkplace, tenant } from './workplace.ts';

test('a database that is restarted twice in the middle of a night costs neither the night nor the worker', async () => {
  const server = await startServer();
  const office = await openOffice({ notes: NOTES });
  const place = openWorkplace();
  try {
    place.environment['DATABASE_URL'] = server.url;
    place.configure({ tenants: [tenant('acme', office.url, { ...AT_ONCE, mode: 'apply' })] });
    expect((await place.run('migrate')).code).toBe(0);
    await once(
      server.url,
      `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at, last_slot_at)
       values ('acme', 'https://acme.example', true, 'basic', now(), now() - interval '50 hours')`,
    );
    const middle = stopInTheMiddle(office);
    const worker = start(place, 'start');
    const goOn = await middle;
    await server.restart();
    goOn();
    await vi.waitFor(() => expect(office.labelled()).toBe(1), WAIT);
    await server.restart();
    await worker.logged('The audit ended');
    await vi.waitFor(async () => {
      expect(await once(server.url, 'select state::text from pgboss.job')).toEqual([{ state: 'completed' }]);
    }, WAIT);
    expect(await once(server.url, 'select outcome, fence, writes_done from audit.run')).toEqual([
      { outcome: 'complete', fence: 1, writes_done: 2 },
    ]);
    expect(repeats(office)).toBe(0);
    expect(office.writes()).toHaveLength(2);
    worker.child.kill('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  } finally {
    place.clear();
    await server.stop();
  }
});
