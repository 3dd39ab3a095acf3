import type { AuditResult } from '../../src/domain/audit-result.ts';
import type { WriteResult } from '../../src/domain/write-result.ts';
import type { Ended, Stage, Worker } from './stage.ts';
import type { Verdict } from './wiki.ts';

/** What the database held of a tenant right after a complete run, and when that run looked. */
interface Moment {
  readonly tenant: string;
  readonly from: number;
  readonly to: number;
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly inventory: ReadonlySet<string>;
  readonly pagesSeen: number;
}

/** What became of one process. */
export interface NightNote {
  readonly shift: string;
  readonly worker: string;
  readonly how: Ended['how'];
  /** Of audits. */
  readonly results: readonly AuditResult[];
  /** Of plans that were carried out, and of undos. */
  readonly written: readonly WriteResult[];
  readonly befell: readonly string[];
  readonly steps: number;
  readonly moments: readonly Moment[];
}

const NOTHING = { results: [], written: [] };

/** Writes down how a process ended, and what is known now where the tenant's latest run is complete. */
export async function noteNight(stage: Stage, shift: string, { life }: Worker, ended: Ended): Promise<void> {
  const { results, written } = ended.how === 'ended' ? ended : NOTHING;
  for (const result of [...results, ...written])
    stage.trace.add(`${life.name} ${result.tenantId} ${result.outcome} ${result.detail ?? ''}`);
  if (ended.how !== 'ended') stage.trace.add(`${life.name} ${ended.how}`);
  const moments: Moment[] = [];
  for (const { tenantId, outcome } of results) {
    const moment = outcome === 'complete' ? await momentOf(stage, tenantId) : null;
    if (moment !== null) moments.push(moment);
  }
  stage.notes.push({
    shift,
    worker: life.name,
    how: ended.how,
    results,
    written,
    befell: life.befell,
    steps: life.steps(),
    moments,
  });
}

async function momentOf({ theatre, scenario, time }: Stage, tenant: string): Promise<Moment | null> {
  const ask = (text: string) => theatre.superuser(text, [tenant]);
  const [run] = await ask(`select outcome, pages_seen::int as pages, finished_at as "to",
      least(started_at, (select min(at) from audit.walk_step s where s.tenant_id = r.tenant_id and s.run_id = r.run_id)) as "from"
    from audit.run r where tenant_id = $1 order by started_at desc, run_id desc limit 1`);
  if (run?.['outcome'] !== 'complete') return null;
  const findings = await ask(
    `select page_id, status from audit.finding where tenant_id = $1 and rule_id = 'stale-runbook' and state = 'open' order by 1`,
  );
  const pages = await ask(
    `select page_id from audit.page where tenant_id = $1 and gone_at is null and content_type = 'page' order by 1`,
  );
  // Where a clock jumped the stamps of the database say little.
  const sure = scenario.clockSteps.length === 0;
  return {
    tenant,
    from: sure ? Date.parse(String(run['from'])) : 0,
    to: sure ? Date.parse(String(run['to'])) : time.now().getTime(),
    verdicts: new Map(findings.map(({ page_id: id, status }) => [String(id), status as Verdict])),
    inventory: new Set(pages.map(({ page_id: id }) => String(id))),
    pagesSeen: Number(run['pages']),
  };
}
