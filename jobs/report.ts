import { resolve } from 'node:path';
import { z } from 'zod';
import { writeFile } from 'node:fs/promises';
import { openDatabase } from '../src/database.ts';
import { AuditError } from '../src/domain/errors.ts';
import { closest } from '../src/domain/closest.ts';
import { FORMAT_NAMES, formatRows } from '../src/report/formats.ts';
import { REPORT_VIEWS, readView } from '../src/store/report-views.ts';
import { defineJob } from './define-job.ts';
import { assertKnownTenant } from './flags/known-tenant.ts';
import { refuseFile } from './flags/refuse-file.ts';

export default defineJob({
  name: 'report',
  summary: 'Prints a report view; stdout carries nothing else.',
  examples: [
    'npm run report -- open_findings',
    'npm run -s report -- stale_runbooks --tenant acme --format csv --out stale.csv',
    'npm run -s report -- open_findings --format json | jq length',
  ],
  flags: {
    tenant: { value: 'ID', about: 'Only the rows of this tenant.', schema: z.string().min(1).optional() },
    format: { value: FORMAT_NAMES.join('|'), about: 'How to print.', schema: z.enum(FORMAT_NAMES).default('table') },
    out: { value: 'FILE', about: 'Write to this file instead of stdout.', schema: z.string().min(1).optional() },
  },
  operands: {
    names: '[VIEW]',
    about: `The view, open_findings by default: ${REPORT_VIEWS.join(', ')}.`,
    schema: z.array(z.string()).max(1, 'one view at a time'),
  },
  async run(context, { tenant, format, out }, [name = 'open_findings']) {
    const view = REPORT_VIEWS.find((known) => known === name);
    if (view === undefined) {
      const nearest = closest(name, REPORT_VIEWS);
      throw new AuditError(
        'arguments-invalid',
        `There is no view "${name.slice(0, 60)}"${nearest === null ? '.' : `; did you mean "${nearest}"?`} Views: ${REPORT_VIEWS.join(', ')}.`,
      );
    }
    const store = await openDatabase(context);
    try {
      if (tenant !== undefined) await assertKnownTenant(store, tenant);
      const rows = await readView(store, view, tenant === undefined ? {} : { tenantId: tenant });
      const text = formatRows(rows, format, out === undefined ? context.columns : null);
      if (out === undefined) context.stdout.write(text);
      else await writeFile(resolve(context.cwd, out), text).catch((error: unknown) => refuseFile(out, error));
    } finally {
      await store.close();
    }
    return 0;
  },
});
