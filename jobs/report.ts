import { resolve } from 'node:path';
import { z } from 'zod';
import { openDatabase } from '../src/database.ts';
import { closest } from '../src/domain/closest.ts';
import { AuditError } from '../src/domain/errors.ts';
import { NO_INK } from '../src/domain/ink.ts';
import { formatRows } from '../src/report/formats.ts';
import { wholeReport } from '../src/report/whole-report.ts';
import { REPORT_VIEWS, readView, type ReportView } from '../src/store/report-views.ts';
import { defineJob } from './define-job.ts';
import { assertKnownTenant } from './flags/known-tenant.ts';
import { writeResult } from './flags/write-result.ts';
import { formatList } from './report/format-list.ts';
import { OUTPUT_FORMATS, outputsOf, placesOf } from './report/plan-outputs.ts';

export default defineJob({
  name: 'report',
  summary: 'Prints report views, or makes the whole report as a page; stdout carries nothing else.',
  examples: [
    'npm run report -- open_findings',
    'npm run report -- --format html --out report.html',
    'npm run -s report -- stale_runbooks --tenant acme --format csv --out stale.csv',
    'npm run report -- open_findings coverage --format csv,ndjson --out reports/',
    'npm run -s report -- open_findings --format json | jq length',
  ],
  flags: {
    tenant: { value: 'ID', about: 'Only the rows of this tenant.', schema: z.string().min(1).optional() },
    format: {
      value: OUTPUT_FORMATS.join('|'),
      about: 'How to print; several with commas. html and, without a view, md are the whole report. Default: table.',
      schema: formatList,
    },
    out: {
      value: 'FILE|DIR/',
      about: 'Write to this file instead of stdout; several views or formats go to files of their own in a folder.',
      schema: z.string().min(1).optional(),
    },
  },
  operands: {
    names: '[VIEW …]',
    about: `The views, open_findings by default: ${REPORT_VIEWS.join(', ')}.`,
    schema: z.array(z.string()).max(REPORT_VIEWS.length),
  },
  async run(context, { tenant: tenantId, format: formats, out }, names) {
    const outputs = outputsOf([...new Set(names.map(viewOf))], formats);
    const places = await placesOf(outputs, { out, cwd: context.cwd });
    const store = await openDatabase(context);
    try {
      if (tenantId !== undefined) await assertKnownTenant(store, tenantId);
      for (const [index, { view, format }] of outputs.entries()) {
        const place = places[index] ?? null;
        const text =
          view === null
            ? await wholeReport(store, { format, tenantId })
            : formatRows(
                await readView(store, view, tenantId === undefined ? {} : { tenantId }),
                format,
                place === null ? context.columns : null,
                place === null ? context.ink : NO_INK,
              );
        if (place === null) {
          context.stdout.write(text);
          continue;
        }
        await writeResult(place, text, { flag: `--out ${out}`, makeFolder: place !== resolve(context.cwd, out ?? '') });
      }
    } finally {
      await store.close();
    }
    return 0;
  },
});

function viewOf(name: string): ReportView {
  const view = REPORT_VIEWS.find((known) => known === name);
  if (view !== undefined) return view;
  const nearest = closest(name, REPORT_VIEWS);
  throw new AuditError(
    'arguments-invalid',
    `There is no view "${name.slice(0, 60)}"${nearest === null ? '.' : `; did you mean "${nearest}"?`} Views: ${REPORT_VIEWS.join(', ')}.`,
  );
}
