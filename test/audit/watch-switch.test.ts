import { expect, test } from 'vitest';
import { watchSwitch } from '../../src/audit/watch-switch.ts';
import type { Store } from '../../src/store/db.ts';
import { upsertTenant } from '../../src/store/tenants.ts';
import { eachDatabase } from '../database.ts';
import { exampleTenant } from '../store/examples.ts';

const turn = (store: Store, enabled: boolean): Promise<void> =>
  store.withTenant('acme', (tx) => upsertTenant(tx, { ...exampleTenant('acme'), enabled }));

eachDatabase('the switch of a tenant', (open) => {
  test('is looked at right before each write; before a read only where another process may have turned it', async () => {
    const { store } = await open();
    await turn(store, true);
    const { signal, mayAsk } = watchSwitch(store, 'acme');
    await mayAsk({ write: true });
    expect(signal.aborted).toBe(false);
    await turn(store, false);
    await mayAsk({ write: false });
    expect(signal.aborted).toBe(store.kind === 'postgres');
    await mayAsk({ write: true });
    expect(signal.reason).toMatchObject({ code: 'tenant-disabled' });
  });
});
