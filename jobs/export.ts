import { z } from 'zod';
import { openDatabase } from '../src/database.ts';
import { FLEET } from '../src/domain/act.ts';
import { AuditError } from '../src/domain/errors.ts';
import { parseSince, type Position, printPosition, type Since } from '../src/domain/position.ts';
import { exportLine } from '../src/report/export-record.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import { settleRange } from '../src/store/export-pages.ts';
import { defineJob } from './define-job.ts';
import { openDestination } from './export/destination.ts';
import { EXPORT_FORMATS, exportPages, STREAMS } from './export/streams.ts';
import { assertKnownTenant } from './flags/known-tenant.ts';

export default defineJob({
  name: 'export',
  summary:
    'Prints the audit trail or what happened to findings, one JSON object a line, for a SIEM; goes on where it stopped.',
  examples: [
    'npm run -s export -- audit-trail > trail.ndjson',
    'npm run -s export -- audit-trail --since tx:8311 --format ocsf --out trail.json',
    'npm run -s export -- findings --tenant acme --since 2027-03-01',
  ],
  flags: {
    since: {
      value: 'POSITION|TIME',
      about: 'Goes on at the position that the last export told, or begins with this moment or day (UTC).',
      schema: z
        .string()
        .transform((text, context) => {
          const since = parseSince(text);
          if (since === null) context.addIssue('must be a position like tx:8311, a day, or a time with its zone');
          return since ?? z.NEVER;
        })
        .optional(),
    },
    format: {
      value: EXPORT_FORMATS.join('|'),
      about: 'The columns as they are, or events of the Open Cybersecurity Schema Framework.',
      schema: z.enum(EXPORT_FORMATS).default('ndjson'),
    },
    tenant: { value: 'ID', about: 'Only the rows of this tenant.', schema: z.string().min(1).optional() },
    out: { value: 'FILE', about: 'Write to this file instead of stdout.', schema: z.string().min(1).optional() },
  },
  operands: {
    names: STREAMS.join(' | '),
    about: 'What to export.',
    schema: z.tuple([z.enum(STREAMS)]),
  },
  async run(context, { since = null, format, tenant, out }, [stream]) {
    assertPast(since, context.clock.now());
    const scope = tenant === undefined ? {} : { tenantId: tenant };
    const store = await openDatabase(context);
    try {
      if (tenant !== undefined) await assertKnownTenant(store, tenant, { removed: true });
      await using destination = await openDestination(context, out);
      const range = await settleRange(store, since, scope);
      if (stream === 'audit-trail') {
        const detail = { since: sinceText(since), below: printPosition({ tx: range.below, id: '' }), format };
        await store.withTenant(tenant ?? FLEET, (tx) =>
          recordAct(tx, createActing(context.clock), { action: 'trail-read', detail }),
        );
      }
      let end: Position = { tx: range.below, id: '' };
      let count = 0;
      for await (const page of exportPages(store, { stream, format, scope }, range)) {
        if (!(await destination.write(page.records.map(exportLine).join('')))) {
          context.log.warn('The reader of the output has gone; how much of it arrived is not known', { count });
          return 0;
        }
        count += page.records.length;
        if (context.signal.aborted) {
          ({ end } = page);
          break;
        }
      }
      await destination.keep();
      context.log.info('Exported; the next one goes on with --since and this position', {
        count,
        position: printPosition(end),
      });
    } finally {
      await store.close();
    }
    return 0;
  },
});

/** Nothing has happened after now: an empty export would look like quiet. */
function assertPast(since: Since | null, now: Date): void {
  if (since === null || !('at' in since) || since.at <= now) return;
  throw new AuditError('arguments-invalid', `--since ${since.at.toISOString()} lies in the future.`);
}

function sinceText(since: Since | null): string | null {
  if (since === null) return null;
  return 'at' in since ? since.at.toISOString() : printPosition(since.after);
}
