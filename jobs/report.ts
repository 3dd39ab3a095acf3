import { resolve } from 'node:path';
import { z } from 'zod';
import { writeFile } from 'node:fs/promises';
import { openDatabase } from '../src/app.ts';
import { AuditError } from '../src/domain/errors.ts';
import { closest } from '../src/domain/closest.ts';
import { FORMAT_NAMES, formatRows } from '../src/report/formats.ts';
import type { Store } from '../src/store/db.ts';
import { REPORT_VIEWS, readView } from '../src/store/report-views.ts';
import { readTenants } from '../src/store/tenants.ts';
import { defineJob } from './define-job.ts';

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
      if (tenant !== undefined) await assertKnown(store, tenant);
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

/** An empty report of a misspelt tenant would look like good news. */
async function assertKnown(store: Store, tenant: string): Promise<void> {
  const known = (await store.withFleet(readTenants)).map(({ tenantId }) => tenantId);
  if (known.includes(tenant)) return;
  const nearest = closest(tenant, known);
  throw new AuditError(
    'arguments-invalid',
    `--tenant ${tenant}: the database has no such tenant${nearest === null ? '.' : `; did you mean "${nearest}"?`}`,
  );
}

function refuseFile(out: string, error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
  throw new AuditError('arguments-invalid', `--out ${out}: the file cannot be written (${code}).`, { cause: error });
}
