import type { ReportContent } from '../store/report-content.ts';
import { bySeverityText, count, counted, percent } from './wording.ts';

/** The whole report in three sentences: how the runbooks fare, what is open, and whether everybody was looked at. */
export function leadOf({ tenants, fleetCounts }: ReportContent): string {
  const runbooks = tenants.reduce((sum, tenant) => sum + tenant.runbooks, 0);
  const healthy = tenants.reduce((sum, tenant) => sum + tenant.healthy, 0);
  const open = fleetCounts.reduce((sum, one) => sum + one.open, 0);
  const grave = fleetCounts.filter(({ severity }) => severity === 'critical' || severity === 'high');
  const bySeverity = Object.groupBy(grave, ({ severity }) => severity);
  const graveText = bySeverityText({
    critical: bySeverity.critical?.reduce((sum, one) => sum + one.open, 0) ?? 0,
    high: bySeverity.high?.reduce((sum, one) => sum + one.open, 0) ?? 0,
  });
  const whole = tenants.filter(({ outcome, enabled }) => enabled && outcome === 'complete').length;
  return [
    runbooks === 0
      ? 'No page is known to be a runbook.'
      : `${percent(healthy / runbooks)} of ${counted(runbooks, 'runbook')} are healthy.`,
    open === 0
      ? 'No finding is open.'
      : `${counted(open, 'finding is', 'findings are')} open${graveText === '' ? ', none of them critical or high' : `, ${graveText}`}.`,
    ...(tenants.length === 0
      ? ['No tenant is registered.']
      : whole === tenants.length
        ? [
            tenants.length === 1
              ? 'The latest audit was complete.'
              : `The latest audits of all ${count(tenants.length)} tenants were complete.`,
          ]
        : [
            tenants.length === 1
              ? 'The latest audit was not complete: read first what was not seen.'
              : `${count(tenants.length - whole)} of ${count(tenants.length)} tenants were not audited in full: read first what was not seen.`,
          ]),
  ].join(' ');
}
