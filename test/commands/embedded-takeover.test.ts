import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { noteSlot, upsertTenant } from '../../src/store/tenants.ts';
import { AT_ONCE, NOTES, repeats, start, stopInTheMiddle } from './fleet.ts';
import { openOffice } from './office.ts';
import { openWorkplace, tenant } from './workplace.ts';

const REGISTERED = {
  tenantId: 'acme',
  enabled: true,
  tags: {},
  authType: 'basic',
  tokenExpiresAt: null,
  cron: null,
  timezone: null,
};

test('on the embedded database the next process takes over the killed one', async () => {
  const office = await openOffice({ notes: NOTES });
  const place = openWorkplace();
  place.configure({ tenants: [tenant('acme', office.url, AT_ONCE)] });
  try {
    const store = await openStore({ dataDir: join(place.folder, 'data') });
    await store.withTenant('acme', async (tx) => {
      await upsertTenant(tx, { ...REGISTERED, site: office.url });
      await noteSlot(tx, { at: new Date(Date.now() - 50 * 3_600_000), next: new Date() });
    });
    await store.close();
    const middle = stopInTheMiddle(office);
    const victim = start(place, 'start');
    const goOn = await middle;
    victim.child.kill('SIGKILL');
    const killedAt = performance.now();
    await victim.ended;
    goOn();
    const next = start(place, 'start');
    await next.logged('Took over the run of a worker that stopped');
    expect((performance.now() - killedAt) / 1000).toBeLessThan(60);
    await next.logged('The audit ended');
    next.child.kill('SIGTERM');
    const askedAt = performance.now();
    expect((await next.ended).code).toBe(0);
    expect((performance.now() - askedAt) / 1000).toBeLessThan(10);
    const { stdout } = await place.run('report run_log --format json');
    expect(JSON.parse(stdout)).toMatchObject([{ outcome: 'complete', trigger: 'schedule' }]);
    expect(repeats(office)).toBeLessThanOrEqual(1);
  } finally {
    place.clear();
  }
});
