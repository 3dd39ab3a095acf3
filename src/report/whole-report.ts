import { readReportContent } from '../store/report-content.ts';
import type { Store } from '../store/db.ts';
import { markdownReport } from './markdown-report.ts';

export type WholeReport = 'html' | 'md';

/** The whole report of the fleet or of one tenant, as one text. The same data give the same bytes. */
export async function wholeReport(
  store: Store,
  { format, tenantId }: { format: WholeReport; tenantId?: string | undefined },
): Promise<string> {
  const content = await readReportContent(store, tenantId === undefined ? {} : { tenantId });
  const fleet = tenantId === undefined;
  if (format === 'md') return markdownReport(content, { fleet });
  // Nobody else waits for the chart library.
  const [{ htmlReport }, { loadCharts }] = await Promise.all([
    import('./html/html-report.ts'),
    import('./html/draw-chart.ts'),
  ]);
  return htmlReport(content, { draw: await loadCharts(), fleet });
}
