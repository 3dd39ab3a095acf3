import { ERRORS } from '../domain/errors.ts';
import type { RunResult } from '../domain/run-result.ts';

/** What the JSON of every command that runs over tenants begins with. */
export const runObject = (result: RunResult) => ({
  tenant_id: result.tenantId,
  run_id: result.runId,
  plan_id: result.planId,
  outcome: result.outcome,
  reason: result.reason,
  detail: result.detail,
  hint: result.errorCode === null ? null : ERRORS[result.errorCode].hint,
});

/** The first columns of the table of such a command, and their cells. */
export const RUN_COLUMNS = ['tenant_id', 'run_id', 'plan_id', 'outcome', 'reason'] as const;
export const runCells = (result: RunResult) => [
  result.tenantId,
  result.runId,
  result.planId,
  result.outcome,
  result.reason,
];
