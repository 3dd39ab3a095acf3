import type { TenantSettings } from '../../config/settings.ts';
import { judgeTenant as verdictsOf } from '../domain/judge.ts';
import type { Outcome, Reason } from '../domain/outcome.ts';
import { slotsSince } from '../domain/slots-since.ts';
import type { TenantView } from '../domain/tenant-view.ts';
import { closeTenantRules } from '../store/close-findings.ts';
import type { TenantTx } from '../store/db.ts';
import { type FindingInput, NO_PAGE, reconcile } from '../store/findings.ts';
import { pastNights } from '../store/nights.ts';
import { readSpaces } from '../store/spaces.ts';
import { unseenPages } from '../store/unseen-pages.ts';
import type { Night } from './night.ts';

/**
 * Runs the rules about the tenant itself. Part of the transaction that ends a run, however that ends: a credential that is about to
 * end is a finding also where nothing could be audited.
 */
export async function judgeTenant(
  tx: TenantTx,
  night: Night,
  end: { readonly outcome: Outcome; readonly reason: Reason | null },
): Promise<void> {
  const { run } = night;
  const view = await viewOf(tx, night, end);
  const found: FindingInput[] = [];
  const judged = [];
  const on: string[] = [];
  for (const rule of night.rules.values()) {
    const setting = night.settings.rules[rule.id] ?? null;
    if (rule.kind !== 'tenant' || setting === null) continue;
    on.push(rule.id);
    const results = verdictsOf(rule, view, { now: night.now() }, setting);
    // There is no page that `report.unjudged` could name.
    if (results.some(({ status }) => status === 'error'))
      night.log.error('A rule about the tenant stopped with an error', { rule: rule.id });
    for (const { status, ...result } of results) {
      if (status !== 'fail' && status !== 'warn') continue;
      const spaceKey = result.subject.type === 'space' ? result.subject.id : '';
      found.push({ ...NO_PAGE, ...result, spaceKey, status, remediation: rule.remediation, findingId: night.newId() });
    }
    // What was not judged stays as it was.
    if (results.some(({ status }) => status === 'error' || status === 'skip')) continue;
    judged.push({ ruleId: rule.id, pageId: NO_PAGE.pageId, closesAs: 'resolved' as const });
  }
  await reconcile(tx, run, found, judged);
  await closeTenantRules(tx, run, on);
}

async function viewOf(tx: TenantTx, night: Night, end: NonNullable<TenantView['nights']['end']>): Promise<TenantView> {
  const { settings, run, onlySpaces } = night;
  const complete = end.outcome === 'complete' && onlySpaces === null;
  return {
    id: settings.id,
    credential: { id: 'site', type: settings.auth.type, ends: settings.auth.expires },
    // Known once the spaces were listed.
    coverage: night.counts.estimate === null ? null : await coverageOf(tx, settings, run.runId),
    nights: { ...(await nightsOf(tx, settings, night.now())), ...(complete ? { missed: 0 } : {}), end },
  };
}

/** What the account should have seen and did not, as one sentence; null where nothing is known to be missing. The breaker goes by it, rule or not. */
export async function coverageLost(tx: TenantTx, night: Night): Promise<string | null> {
  const rule = night.coverageRule;
  if (rule === null || rule.kind !== 'tenant') return null;
  const view = await viewOf(tx, night, { outcome: 'complete', reason: null });
  const found = verdictsOf(rule, view, { now: night.now() }, { severity: rule.severity, options: {} });
  const reasons = found.filter(({ status }) => status === 'fail').map(({ reason }) => reason);
  return reasons.length === 0 ? null : reasons.slice(0, 3).join(' ');
}

async function coverageOf(tx: TenantTx, { expect }: TenantSettings, runId: string): Promise<TenantView['coverage']> {
  const spaces = (await readSpaces(tx)).map((space) => ({ ...space, settled: space.runId === runId }));
  return { expect, spaces, pagesUnseen: await unseenPages(tx, { runId }, expect.pages) };
}

/** How many slots of the schedule have passed without a complete audit. */
export async function nightsOf(
  tx: TenantTx,
  { schedule }: Pick<TenantSettings, 'schedule'>,
  until: Date,
): Promise<Omit<TenantView['nights'], 'end'>> {
  const { lastSuccess, since } = await pastNights(tx);
  return { lastSuccess, missed: slotsSince(schedule, { since: new Date(since), until }) };
}
