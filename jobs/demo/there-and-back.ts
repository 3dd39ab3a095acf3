import type { TenantSettings } from '../../config/settings.ts';
import type { House } from '../../src/app.ts';
import { writeSummaryTable } from '../../src/report/write-summary.ts';

/** Carries out the plans that the audits stored, under a name, takes it all back, and tells of both. */
export async function thereAndBack(
  house: Pick<House, 'apply' | 'undo'>,
  tenants: readonly TenantSettings[],
  { width, standing }: { readonly width: number | null; readonly standing: () => string },
): Promise<string> {
  const applied = await house.apply(
    tenants.map((settings) => ({ settings, planId: null, approvedBy: 'demo', overrideBreaker: null })),
  );
  const then = standing();
  const undone = await Promise.all(
    tenants.map((settings, index) => house.undo({ settings, runId: applied[index]?.runId ?? '', by: 'demo' })),
  );
  return [
    `Carried out as planned, approved by "demo"\n${writeSummaryTable(applied, width)}${then}`,
    `Taken back\n${writeSummaryTable(undone, width)}${standing()}`,
    '',
  ].join('\n\n');
}
