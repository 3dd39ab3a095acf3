import type { Receiver } from '../../config/receivers.ts';
import { alertTroubles } from '../store/alerts.ts';
import type { Store } from '../store/db.ts';
import { type Check, doubtful, fine } from './check.ts';

const ADVICE = '`npm run notify -- test` sends a message and says how it was answered.';

/** Whether alerts arrive: what was given up lately, and what is tried again and again. Nothing where nobody is to be told. */
export async function checkAlerts(store: Store, receivers: readonly Receiver[]): Promise<readonly Check[]> {
  const troubles = await store.withFleet(alertTroubles);
  if (troubles.length === 0) {
    if (receivers.length === 0) return [];
    return [
      fine(
        { tenant: null, check: 'alerts' },
        `Nothing is overdue; receivers: ${receivers.map(({ name }) => name).join(', ')}.`,
      ),
    ];
  }
  return troubles.map(({ tenantId, receiver, dead, late, lastError }) =>
    doubtful(
      { tenant: tenantId, check: 'alerts' },
      `To ${receiver}: ${dead} given up within a week, ${late} still tried. ${lastError ?? ''}`.trim(),
      ADVICE,
    ),
  );
}
