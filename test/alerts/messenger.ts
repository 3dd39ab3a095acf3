import { composeHouse, type House } from '../../src/app.ts';
import type { NightShift, Tenant } from '../night-shift.ts';
import { HOOK_KEY, openReceiver } from './receiver.ts';

type Receiver = Awaited<ReturnType<typeof openReceiver>>;

/** A webhook that is told of these tenants, and what delivers to it. */
export async function withReceiver(shift: NightShift, settings: object = {}) {
  const receiver = await openReceiver();
  shift.given.environment['HOOK'] = receiver.url;
  shift.given.environment['HOOK_KEY'] = HOOK_KEY;
  shift.given.main = { notify: [{ type: 'webhook', url: { env: 'HOOK' }, secret: { env: 'HOOK_KEY' }, ...settings }] };
  return receiver;
}

/** A process that delivers alerts of these tenants. */
export async function messengerOf(
  shift: NightShift,
  tenants: readonly Tenant[],
): Promise<Pick<House, 'deliverAlerts'>> {
  const { ground, settings } = await shift.prepare(tenants);
  return composeHouse(ground, settings, shift.database().store);
}

/** Delivers what is due; what the webhook got of it. */
export async function deliver(shift: NightShift, tenants: readonly Tenant[], receiver: Receiver) {
  await (await messengerOf(shift, tenants)).deliverAlerts();
  return receiver.take().map(({ data }) => data);
}

/** The rows of the outbox, without what they say. */
export const outbox = (shift: NightShift, tenant: Tenant) =>
  shift
    .database()
    .superuser(
      'select receiver, owner_account_id as owner, state, attempts, last_error as error, digest is null as forgotten from audit.alert where tenant_id = $1 order by created_at, receiver, alert_id',
      [tenant.id],
    );
