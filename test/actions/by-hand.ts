import { composeHouse } from '../../src/app.ts';
import type { ApplyOrder } from '../../src/audit/run-writes.ts';
import type { WriteResult } from '../../src/domain/write-result.ts';
import type { Store } from '../../src/store/db.ts';
import type { NightShift, Tenant } from '../night-shift.ts';

/** What people start by hand, each time in a program of its own. */
export function byHand(shift: NightShift, tenant: Tenant, store?: Store) {
  const house = async () => {
    const { ground, settings } = await shift.prepare([tenant]);
    const [one] = settings.config.tenants;
    if (one === undefined) throw new Error('No tenant is configured.');
    return { house: await composeHouse(ground, settings, store ?? shift.database().store), settings: one };
  };
  return {
    async apply(order: Partial<Omit<ApplyOrder, 'settings'>> = {}): Promise<WriteResult> {
      const { house: opened, settings } = await house();
      const defaults = { planId: null, approvedBy: 'jdoe', overrideBreaker: null };
      const [result] = await opened.apply([{ settings, ...defaults, ...order }]);
      if (result === undefined) throw new Error('Nothing was carried out.');
      return result;
    },
    async undo(runId: string | null): Promise<WriteResult> {
      const { house: opened, settings } = await house();
      return opened.undo({ settings, runId: runId ?? '', by: 'jdoe' });
    },
  };
}
