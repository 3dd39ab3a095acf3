import type { Receiver } from '../../config/receivers.ts';
import { saysNothing } from '../domain/alert.ts';
import { nextTryMs } from '../domain/alert-retry.ts';
import type { Sent } from '../notify/sent.ts';
import type { Send } from '../notify/send.ts';
import type { Log } from '../runtime/log.ts';
import { composeDigest } from '../store/alert-digest.ts';
import {
  type ClaimedAlert,
  claimAlert,
  keepDigest,
  postponeAlert,
  settleAlert,
  tenantsWithAlerts,
} from '../store/alerts.ts';
import type { Store } from '../store/db.ts';
import { hearsAll, interestOf } from './interest.ts';

/** Longer than any attempt, so that nobody sends what somebody is still sending. */
const LEASE_SECONDS = 120;
/** Messages of one tenant in one pass: more than there are receivers, and an end in any case. */
const MOST = 1_000;

export interface DeliverDeps {
  readonly store: Store;
  readonly log: Log;
  readonly now: () => Date;
  readonly roll: () => number;
  /** Names this process in leases. */
  readonly owner: string;
  readonly signal: AbortSignal;
  /** Those of the settings as they are now. */
  readonly receivers: () => readonly Receiver[];
  readonly send: Send;
}

export interface Delivered {
  readonly sent: number;
  /** Put off; they are tried again. */
  readonly late: number;
  /** Given up. */
  readonly dead: number;
}

/**
 * Delivers what is due, each message at least once and under the same id. A receiver that fails is left alone for the rest of the pass.
 * No failure of a receiver is thrown: it is logged, and the message is tried again later.
 */
export async function deliverAlerts(deps: DeliverDeps): Promise<Delivered> {
  const tally = { sent: 0, late: 0, dead: 0 };
  const failing = new Set<string>();
  for (const tenantId of await deps.store.withFleet(tenantsWithAlerts)) {
    for (let count = 0; count < MOST && !deps.signal.aborted; count += 1) {
      const alert = await take(deps, tenantId, [...failing]);
      if (alert === null) break;
      const end = await deliver(deps, tenantId, alert);
      if (end.state !== 'empty') tally[end.state] += 1;
      if (end.failing) failing.add(alert.receiver);
    }
  }
  return tally;
}

/** Claims the next message; what it says is composed with the first claim, in the same transaction. */
const take = (
  { store, owner, receivers }: DeliverDeps,
  tenantId: string,
  except: readonly string[],
): Promise<ClaimedAlert | null> =>
  store.withTenant(tenantId, async (tx) => {
    const alert = await claimAlert(tx, { owner, leaseSeconds: LEASE_SECONDS, except });
    const receiver = receivers().find(({ name }) => name === alert?.receiver);
    if (alert === null || alert.digest !== null || receiver === undefined) return alert;
    const digest = await composeDigest(tx, alert, interestOf(receiver));
    await keepDigest(tx, digest);
    return { ...alert, digest };
  });

interface End {
  readonly state: 'sent' | 'late' | 'dead' | 'empty';
  /** Whether others of this receiver would fail too. */
  readonly failing: boolean;
}

async function deliver(deps: DeliverDeps, tenantId: string, alert: ClaimedAlert): Promise<End> {
  const { store, owner, log } = deps;
  const { alertId, digest, receiver: name } = alert;
  const about = { tenant: tenantId, receiver: name };
  const settle = async (state: 'sent' | 'empty' | 'dead', error: string | null): Promise<End> => {
    await store.withTenant(tenantId, (tx) => settleAlert(tx, { alertId, owner }, { state, error }));
    if (state === 'dead') log.error('An alert was given up', { ...about, attempts: alert.attempts, detail: error });
    return { state, failing: false };
  };
  const receiver = addressee(deps.receivers(), alert);
  if (receiver === undefined || digest === null) return settle('dead', 'Nobody of this name is configured any more.');
  if (saysNothing(digest)) return settle('empty', null);
  const sent = await deps.send(receiver, { kind: 'digest', digest });
  if (sent.ok) {
    log.info('An alert was delivered', { ...about, attempts: alert.attempts });
    return settle('sent', null);
  }
  const waitMs = nextTryMs({
    attempts: alert.attempts,
    sinceMs: deps.now().getTime() - Date.parse(alert.firstTriedAt),
    askedMs: sent.askedMs,
    roll: deps.roll(),
  });
  if (waitMs === null) return { ...(await settle('dead', sent.why)), failing: isReceivers(sent) };
  await store.withTenant(tenantId, (tx) => postponeAlert(tx, { alertId, owner }, { waitMs, error: sent.why }));
  log.warn('An alert could not be delivered yet', {
    ...about,
    attempts: alert.attempts,
    detail: sent.why,
    waitSeconds: Math.round(waitMs / 1_000),
  });
  return { state: 'late', failing: isReceivers(sent) };
}

/** Undefined where the settings name neither receiver nor owner any more. */
const addressee = (receivers: readonly Receiver[], { receiver: name, owner }: ClaimedAlert): Receiver | undefined =>
  receivers.find((receiver) => {
    if (receiver.name !== name) return false;
    return owner === '' ? hearsAll(receiver) : interestOf(receiver).owners.includes(owner);
  });

const isReceivers = (sent: Sent & { readonly ok: false }): boolean => !sent.ofMessage;
