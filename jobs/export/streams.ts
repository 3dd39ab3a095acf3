import type { Position } from '../../src/domain/position.ts';
import { exportRecord } from '../../src/report/export-record.ts';
import { ocsfFinding } from '../../src/report/ocsf-finding.ts';
import { ocsfTrail } from '../../src/report/ocsf-trail.ts';
import type { Store } from '../../src/store/db.ts';
import { type ExportRange, inPages } from '../../src/store/export-pages.ts';
import { type FindingChange, readFindingChanges } from '../../src/store/finding-changes.ts';
import { readTrail, type TrailRow } from '../../src/store/trail.ts';

export const STREAMS = ['audit-trail', 'findings'] as const;
export const EXPORT_FORMATS = ['ndjson', 'ocsf'] as const;

interface What {
  readonly stream: (typeof STREAMS)[number];
  readonly format: (typeof EXPORT_FORMATS)[number];
  readonly scope: { tenantId?: string };
}

/** The records of one page, and where the page ends. */
interface RecordPage {
  readonly records: readonly Record<string, unknown>[];
  readonly end: Position;
}

/** What an export consists of, page by page. */
export async function* exportPages(store: Store, what: What, range: ExportRange): AsyncGenerator<RecordPage> {
  const pages =
    what.stream === 'findings'
      ? inPages(store, what.scope, range, readFindingChanges)
      : inPages(store, what.scope, range, readTrail);
  for await (const page of pages) yield pageOf(page, what);
}

function pageOf(rows: readonly (TrailRow | FindingChange)[], { format }: What): RecordPage {
  const last = rows.at(-1);
  if (last === undefined) throw new Error('A page has rows.');
  return {
    end: { tx: last.tx, id: last.id },
    records: rows.map((row) => {
      if (format === 'ndjson') return exportRecord(row);
      return 'event' in row ? ocsfFinding(row) : ocsfTrail(row);
    }),
  };
}
