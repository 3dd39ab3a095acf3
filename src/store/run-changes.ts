import { sql } from './sql.ts';
import { type Severity, noneBySeverity } from '../domain/severity.ts';
import type { Store, TenantTx } from './db.ts';
import type { Run } from './runs.ts';

export interface RunChanges {
  /** Opened or reopened and not muted, by their present severity. */
  readonly findingsNew: Record<Severity, number>;
  readonly findingsResolved: number;
  readonly writesDone: number;
}

interface WritesOfRun {
  readonly done: number;
  /** Left alone, because something had changed since they were planned. */
  readonly skipped: number;
  readonly refused: number;
  /** Nobody knows yet, or tried in vain. */
  readonly unknown: number;
}

/** What the ledger says became of the writes that a run tried. */
export async function writesOfRun(tx: TenantTx, { runId }: Pick<Run, 'runId'>): Promise<WritesOfRun> {
  const [row] = await tx.rows<WritesOfRun>(sql`
    select (count(*) filter (where state = 'done'))::int as done,
      (count(*) filter (where state in ('skipped', 'gone', 'stranded')))::int as skipped,
      (count(*) filter (where state = 'refused'))::int as refused,
      (count(*) filter (where state in ('unknown', 'failed', 'intent')))::int as unknown
    from page_write where tenant_id = ${tx.tenantId} and executed_in_run = ${runId}`);
  return row ?? { done: 0, skipped: 0, refused: 0, unknown: 0 };
}

/** The run names its events; the bound only spares old partitions. So wide because a clock may be set back in the middle of a run. */
const CLOCK_SLACK = sql.raw(`interval '7 days'`);

/** What a run has changed, as the history and the ledger tell it: also what a worker did that died before another took over. */
export async function runChanges(tx: TenantTx, run: Run): Promise<RunChanges> {
  const events = await tx.rows<{ event: string; severity: Severity; findings: number }>(sql`
    select case e.event when 'reopened' then 'opened' else e.event end as event, f.severity, count(*)::int as findings
    from finding_event e join finding f on f.tenant_id = e.tenant_id and f.finding_id = e.finding_id
    where e.tenant_id = ${tx.tenantId} and e.run_id = ${run.runId} and e.at >= ${run.startedAt}::timestamptz - ${CLOCK_SLACK}
      and e.event in ('opened', 'reopened', 'resolved') and (e.event = 'resolved' or f.mute_id is null)
    group by 1, 2`);
  const [written] = await tx.rows<{ writes: number }>(sql`
    select count(*)::int as writes from page_write
    where tenant_id = ${tx.tenantId} and executed_in_run = ${run.runId} and state = 'done'`);
  const opened = events.filter(({ event }) => event === 'opened');
  return {
    findingsNew: { ...noneBySeverity(), ...Object.fromEntries(opened.map((row) => [row.severity, row.findings])) },
    findingsResolved: events.reduce((sum, { event, findings }) => (event === 'resolved' ? sum + findings : sum), 0),
    writesDone: written?.writes ?? 0,
  };
}

/** Whose run this is; null where nobody has one of the name. */
export const tenantOfRun = (store: Pick<Store, 'withFleet'>, runId: string): Promise<string | null> =>
  store.withFleet(async (tx) => {
    const [row] = await tx.rows<{ tenantId: string }>(
      sql`select tenant_id as "tenantId" from run where run_id = ${runId}`,
    );
    return row?.tenantId ?? null;
  });
