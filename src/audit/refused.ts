import type { AuditResult } from '../domain/audit-result.ts';
import { asAuditError } from '../domain/errors.ts';
import { noneBySeverity } from '../domain/severity.ts';
import { errorFields } from '../runtime/log-fields.ts';
import type { AuditDeps, Order } from './claim.ts';

/** The result of an audit that could open no run, or lost it: somebody else holds the lease, or the database is away. */
export function refused(deps: Pick<AuditDeps, 'log'>, order: Order, error: unknown): AuditResult {
  const known = asAuditError(error);
  const skipped = known?.code === 'lease-held' || known?.code === 'tenant-disabled';
  deps.log.error('The audit could not be run', { tenant: order.settings.id, ...errorFields(error) });
  return {
    tenantId: order.settings.id,
    runId: null,
    planId: null,
    outcome: skipped ? 'skipped' : 'failed',
    reason: known?.code === 'lease-held' ? null : (known?.kind.reason ?? 'unexpected'),
    detail: known === null ? 'See the log.' : known.message,
    errorCode: known?.code ?? null,
    resumeInSeconds: null,
    coverage: { spacesSeen: 0, spacesTotal: 0, percent: null },
    findings: noneBySeverity(),
    findingsNew: noneBySeverity(),
    findingsResolved: 0,
    writesPlanned: 0,
    writesDone: 0,
    writesDeferred: 0,
    refusedBecause: null,
    mutesUnused: null,
    requests: 0,
    estimate: null,
    throttled: 0,
    waitedSeconds: 0,
    seconds: 0,
    pagesSeen: 0,
    pagesChanged: 0,
  };
}
