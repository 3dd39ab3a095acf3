import { z } from 'zod';
import { openDatabase } from '../src/database.ts';
import { FLEET } from '../src/domain/act.ts';
import { formatRows } from '../src/report/formats.ts';
import { createActing } from '../src/runtime/operator.ts';
import { recordAct } from '../src/store/acts.ts';
import type { Store, TenantTx } from '../src/store/db.ts';
import { forgetAccounts } from '../src/store/personal-data.ts';
import * as prune from '../src/store/prune.ts';
import { deleteDueTenants } from '../src/store/removal.ts';
import { readTenants } from '../src/store/tenants.ts';
import { defineJob, type JobContext } from './define-job.ts';

const TRAIL_DAYS = 90;
/** The database drops nothing younger, whoever asks. */
const FEWEST_DAYS = 30;
const MOST_DAYS = 36_500;

const days = z.coerce.number().int().min(FEWEST_DAYS).max(MOST_DAYS);

export default defineJob({
  name: 'prune',
  summary:
    'Drops history beyond its retention, and what runs and plans have left behind; may be stopped and run again.',
  examples: ['npm run prune', 'npm run -s prune -- --trail-days 365 --finding-days 730 --format json'],
  flags: {
    'trail-days': { value: 'N', about: 'Keeps the audit trail for so many days.', schema: days.default(TRAIL_DAYS) },
    'finding-days': {
      value: 'N',
      about: 'Keeps the history of findings for so many days; for ever by default.',
      schema: days.optional(),
    },
    format: { value: 'table|json', about: 'How to print.', schema: z.enum(['table', 'json']).default('table') },
  },
  async run(context, { 'trail-days': trailDays, 'finding-days': findingDays = null, format }) {
    const store = await openDatabase(context);
    try {
      const rows = [
        ...(await dropMonths(context, store, { trailDays, findingDays })),
        ...(await deleteRemoved(context, store)),
        ...(await clearTenants(context, store, trailDays)),
        ...(await clearShared(context, store)),
      ];
      context.stdout.write(formatRows({ columns: ['what', 'tenant_id', 'rows'], rows }, format, context.columns));
    } finally {
      await store.close();
    }
    return 0;
  },
});

type Line = readonly [what: string, tenant: string | null, rows: number | null];

/** One transaction a month, with its act beside it, so that a stop leaves nothing half done. */
async function dropMonths(
  { clock, signal }: JobContext,
  store: Store,
  retention: Parameters<typeof prune.agedParts>[1],
): Promise<readonly Line[]> {
  const acting = createActing(clock);
  const lines: Line[] = [];
  for (const part of await store.withFleet((tx) => prune.agedParts(tx, retention))) {
    if (signal.aborted) break;
    const byRow = part.part.endsWith('_rest');
    const once = (): Promise<number> =>
      store.withTenant(FLEET, async (tx) => {
        const rows = await prune.dropPart(tx, part);
        const detail = { keepDays: part.keepDays, rows: byRow ? rows : null };
        if (!byRow || rows > 0) await recordAct(tx, acting, { action: 'prune', subject: part.part, detail });
        return rows;
      });
    const rows = byRow ? await untilNone(signal, once) : await once();
    if (!byRow || rows > 0) lines.push([part.part, null, byRow ? rows : null]);
  }
  return lines;
}

/** Tenants whose grace is over, with everything that was stored of them. */
async function deleteRemoved({ signal }: JobContext, store: Store): Promise<readonly Line[]> {
  return (await deleteDueTenants(store, signal)).map(({ tenantId, rows }) => ['a removed tenant', tenantId, rows]);
}

/** Each tenant through its own door, a batch a transaction. */
async function clearTenants({ signal }: JobContext, store: Store, keepDays: number): Promise<readonly Line[]> {
  const lines: Line[] = [];
  for (const { tenantId } of await store.withFleet(readTenants)) {
    const kinds = {
      'checkpoints of ended runs': prune.pruneSteps,
      'superseded writes': (tx: TenantTx) => prune.pruneSuperseded(tx, keepDays),
      'empty plans': (tx: TenantTx) => prune.pruneEmptyPlans(tx, keepDays),
      'settled alerts': (tx: TenantTx) => prune.pruneAlerts(tx, keepDays),
      'points of past hours': prune.prunePoints,
      'forgotten names': forgetAccounts,
    };
    for (const [what, once] of Object.entries(kinds)) {
      const rows = await untilNone(signal, () => store.withTenant(tenantId, once));
      if (rows > 0) lines.push([what, tenantId, rows]);
    }
  }
  return lines;
}

/** What all tenants share and nobody needs any more. */
async function clearShared({ signal }: JobContext, store: Store): Promise<readonly Line[]> {
  const lines: Line[] = [];
  const kinds = { 'hours of apps': prune.pruneHours, 'forgotten paces': prune.prunePaces };
  for (const [what, once] of Object.entries(kinds)) {
    const rows = await untilNone(signal, () => store.withCommons(once));
    if (rows > 0) lines.push([what, null, rows]);
  }
  return lines;
}

/** Repeats until a batch finds nothing more; returns the sum. */
async function untilNone(signal: AbortSignal, once: () => Promise<number>): Promise<number> {
  let sum = 0;
  while (!signal.aborted) {
    const rows = await once();
    if (rows === 0) break;
    sum += rows;
  }
  return sum;
}
