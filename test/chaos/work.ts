import type { TenantSettings } from '../../config/settings.ts';
import type { House } from '../../src/app.ts';
import type { AuditResult } from '../../src/domain/audit-result.ts';
import type { WriteResult } from '../../src/domain/write-result.ts';

/** What a process is started for; an undo takes back one run of each tenant. */
export type Work =
  | { readonly job: 'audit'; readonly mode: 'audit' | 'plan' | 'apply' }
  | { readonly job: 'apply' }
  | { readonly job: 'undo'; readonly runs: ReadonlyMap<string, string> };

/** What came of it. */
export interface Done {
  readonly results: readonly AuditResult[];
  readonly written: readonly WriteResult[];
}

/** Does it as a command would. */
export async function doWork(house: House, tenants: readonly TenantSettings[], work: Work): Promise<Done> {
  if (work.job === 'audit') {
    const order = { mode: work.mode, trigger: 'manual', full: false, onlySpaces: null } as const;
    return { results: await house.audit(tenants.map((settings) => ({ ...order, settings }))), written: [] };
  }
  if (work.job === 'apply') {
    const order = { planId: null, approvedBy: 'operator', overrideBreaker: null };
    return { results: [], written: await house.apply(tenants.map((settings) => ({ ...order, settings }))) };
  }
  const undone = tenants.flatMap((settings) => {
    const runId = work.runs.get(settings.id);
    return runId === undefined ? [] : [house.undo({ settings, runId, by: 'operator' })];
  });
  return { results: [], written: await Promise.all(undone) };
}
