import type { TenantSettings } from '../../config/settings.ts';
import { queueAlerts } from '../alerts/queue-alerts.ts';
import { judgeTenant as verdictsOf } from '../domain/judge.ts';
import { NO_PAGE, reconcile } from '../store/findings.ts';
import { recount } from '../store/counts.ts';
import { hasOpenFinding } from '../store/one-finding.ts';
import { leaseEndOf } from '../store/runs.ts';
import { recordEmptyRun } from '../store/empty-run.ts';
import type { AuditDeps } from './claim.ts';
import { nightsOf } from './judge-tenant.ts';

const RULE = 'tenant-not-audited';

/**
 * Judges the nights of a tenant whose slot has come: where no worker took them, no run could tell of it. What it finds stands under a
 * failed run that it records. A run under way tells for itself, and so did one that opened the finding.
 */
export async function noteMissed(
  { store, rules, now, newId, log }: Pick<AuditDeps, 'store' | 'rules' | 'now' | 'newId' | 'log'>,
  settings: TenantSettings,
): Promise<void> {
  const rule = rules.get(RULE);
  const setting = settings.rules[RULE] ?? null;
  if (rule?.kind !== 'tenant' || setting === null) return;
  const at = now();
  const missed = await store.withTenant(settings.id, async (tx) => {
    const lease = await leaseEndOf(tx);
    if ((lease !== null && new Date(lease) > at) || (await hasOpenFinding(tx, RULE))) return 0;
    const past = await nightsOf(tx, settings, at);
    // The slot that has come still has its time.
    const nights = { ...past, missed: Math.max(0, past.missed - 1), end: null };
    const credential = { id: 'site', type: settings.auth.type, ends: settings.auth.expires };
    const view = { id: settings.id, credential, coverage: null, nights };
    const found = verdictsOf(rule, view, { now: at }, setting).flatMap(({ status, ...result }) =>
      status !== 'fail' ? [] : { ...NO_PAGE, ...result, status, remediation: rule.remediation, findingId: newId() },
    );
    const [first] = found;
    if (first === undefined) return 0;
    const runId = newId();
    const { mode } = settings;
    await recordEmptyRun(tx, { runId, mode, outcome: 'failed', reason: 'unexpected', detail: first.reason });
    await reconcile(tx, { runId }, found, []);
    await recount(tx);
    await queueAlerts(tx, settings.notify, { runId, newId });
    return nights.missed;
  });
  if (missed > 0) log.error('A tenant has not been audited for some nights', { tenant: settings.id, count: missed });
}
