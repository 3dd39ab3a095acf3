import { sql } from './sql.ts';
import type { Tx } from './db.ts';
import { type ExportRange, within } from './export-pages.ts';

interface Common {
  readonly tx: string;
  readonly id: string;
  readonly at: string;
  readonly tenantId: string;
  /** Address of the tenant's site; null for a tenant that is not there any more, and for what concerns all. */
  readonly site: string | null;
}

/** A call to Atlassian. */
export interface TrailCall extends Common {
  readonly kind: 'api-call';
  /** The account that the call was made as; null before it was known. */
  readonly actor: string | null;
  readonly runId: string;
  readonly method: string;
  readonly endpoint: string;
  readonly status: number | null;
  readonly attempts: number;
  readonly throttled: number;
  readonly waitedMs: number;
  readonly durationMs: number;
  readonly requestId: string | null;
}

/** What a person did here. */
export interface TrailAct extends Common {
  readonly kind: 'act';
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
}

export type TrailRow = TrailCall | TrailAct;

/** Calls and acts of a range together, in the order of their transactions. */
export const readTrail = async (tx: Tx, range: ExportRange, limit: number): Promise<TrailRow[]> => {
  const rows = await tx.rows<{ body: TrailRow; tx: string; id: string; at: string }>(sql`
    select tx, id, at, body || jsonb_build_object('tenantId', tenant_id, 'site', s.site) as body
    from (
      (select tenant_id, tx, call_id as id, at, jsonb_build_object('kind', 'api-call', 'actor', account_id, 'runId', run_id,
          'method', method, 'endpoint', endpoint, 'status', status, 'attempts', attempts, 'throttled', throttled,
          'waitedMs', waited_ms, 'durationMs', duration_ms, 'requestId', request_id) as body
        from api_call ${within(range, sql`call_id`, limit)})
      union all
      (select tenant_id, tx, act_id, at, jsonb_build_object('kind', 'act', 'actor', actor, 'action', action, 'subject', subject,
          'reason', reason, 'detail', detail)
        from admin_act ${within(range, sql`act_id`, limit)})
    ) t left join tenant s using (tenant_id)
    order by tx, id limit ${limit}`);
  return rows.map(({ body, ...common }) => ({ ...body, ...common }));
};
