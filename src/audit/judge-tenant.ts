import { judgeTenant as verdictsOf } from '../domain/judge.ts';
import { closeTenantRules } from '../store/close-findings.ts';
import type { TenantTx } from '../store/db.ts';
import { type FindingInput, NO_PAGE, reconcile } from '../store/findings.ts';
import type { Night } from './night.ts';

/**
 * Runs the rules about the tenant itself. Part of the transaction that ends a run, however that ends: a credential that is about to
 * end is a finding also where nothing could be audited.
 */
export async function judgeTenant(tx: TenantTx, night: Night): Promise<void> {
  const { settings, run } = night;
  const { type, expires } = settings.auth;
  const view = { credential: { id: 'site', type, ends: expires } };
  const found: FindingInput[] = [];
  const judged = [];
  for (const rule of night.rules.values()) {
    const setting = settings.rules[rule.id] ?? null;
    if (rule.kind !== 'tenant' || setting === null) continue;
    const results = verdictsOf(rule, view, { now: night.now() }, setting);
    // A rule that broke has judged nothing; there is no page that `report.unjudged` could name.
    if (results.some(({ status }) => status === 'error')) {
      night.log.error('A rule about the tenant stopped with an error', { rule: rule.id });
      continue;
    }
    judged.push({ ruleId: rule.id, pageId: NO_PAGE.pageId, closesAs: 'resolved' as const });
    for (const { status, ...result } of results) {
      if (status !== 'fail' && status !== 'warn') continue;
      found.push({ ...NO_PAGE, ...result, status, remediation: rule.remediation, findingId: night.newId() });
    }
  }
  await reconcile(tx, run, found, judged);
  await closeTenantRules(
    tx,
    run,
    judged.map(({ ruleId }) => ruleId),
  );
}
