import { resolve } from 'node:path';
import { chooseTenants } from '../../config/choose-tenants.ts';
import { readCustomRule } from '../../config/custom-rules.ts';
import { invalidSettings } from '../../config/problem.ts';
import type { TenantSettings } from '../../config/settings.ts';
import { openHouse } from '../../src/app.ts';
import { AuditError } from '../../src/domain/errors.ts';
import type { ReportRows } from '../../src/report/report-rows.ts';
import type { JobContext } from '../define-job.ts';

const COLUMNS = ['tenant_id', 'severity', 'status', 'space_key', 'page_id', 'page_title', 'reason', 'page_url'];

/** What the rule of a file would find on the pages that the last audits know; nothing is stored. */
export async function tryFile(
  context: JobContext,
  file: string,
  tenants: readonly string[] | undefined,
): Promise<ReportRows> {
  const read = readCustomRule(resolve(context.cwd, file), context.cwd);
  if ('problems' in read) throw invalidSettings(read.problems);
  await using house = await openHouse(context);
  const chosen = chooseTenants(house.settings.config.tenants, { ids: tenants, tag: undefined });
  const rows: unknown[][] = [];
  for (const tenant of chosen) {
    const { judged, unjudged, found, requests } = await house.tryRule(tenant, read.rule);
    context.progress.finish(tenant.id, `${judged} pages`);
    if (judged === 0)
      throw new AuditError('arguments-invalid', `Tenant ${tenant.id}: no page is known yet; run an audit first.`);
    const detail = `${found.length} findings, ${unjudged} pages that could not be judged`;
    context.log.info('The rule was tried', { tenant: tenant.id, pages: judged, requests, detail });
    rows.push(...found.map(({ page, result }) => rowOf(tenant, page, result)));
  }
  return { columns: COLUMNS, rows };
}

type Found = Awaited<ReturnType<Awaited<ReturnType<typeof openHouse>>['tryRule']>>['found'][number];

const rowOf = (
  { id, site }: TenantSettings,
  { page, spaceKey }: Found['page'],
  { severity, status, reason }: Found['result'],
) => [
  id,
  severity,
  status,
  spaceKey,
  page.id,
  page.title,
  reason,
  page.webui === null ? null : `${site}/wiki${page.webui}`,
];
