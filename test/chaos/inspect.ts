import { leaksInDatabase } from '../canary/canary.ts';
import type { Ask } from './theatre.ts';

/** What a look through the whole database says, past every policy. */
export interface Inspection {
  /** Tables with a secret. */
  readonly leaks: readonly string[];
  /** Tables in which rows of one tenant tell of another. */
  readonly strays: readonly string[];
  /** Attempts of the audit trail by tenant and run. */
  readonly attempts: readonly {
    readonly tenant: string;
    readonly run: string;
    readonly calls: number;
    readonly attempts: number;
    readonly most: number;
    readonly claims: number;
  }[];
  readonly rows: number;
  /** All writes that were ever planned, in the order of their planning; `kind` as `label`, `trash`. */
  readonly ledger: readonly {
    readonly tenant: string;
    readonly page: string;
    readonly action: string;
    readonly kind: string;
    readonly mark: string;
    readonly state: string;
    readonly undoneBy: string | null;
    readonly undoes: string | null;
    /** Milliseconds. */
    readonly plannedAt: number;
  }[];
}

/** Looks through all tables; the names of the two wikis stand in every word that is theirs. */
export async function inspectAll(superuser: Ask, tenants: readonly string[]): Promise<Inspection> {
  const { rows, leaks } = await leaksInDatabase({ superuser });
  const tables = await superuser(
    `select format('%I.%I', c.table_schema, c.table_name) as name from information_schema.columns c
     join pg_catalog.pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
     where c.column_name = 'tenant_id' and c.table_schema = 'audit' order by 1`,
  );
  const pairs = tenants.flatMap((one) =>
    tenants.filter((other) => other !== one).map((other) => [one, other] as const),
  );
  const stray = tables.flatMap(({ name }) =>
    pairs.map(
      ([one, other]) => `select '${String(name)}' as name from only ${String(name)} t
        where tenant_id in ('${one}', '${one}-witness') and t::text ilike '%${other}%' limit 1`,
    ),
  );
  const strays = stray.length === 0 ? [] : await superuser(stray.map((one) => `(${one})`).join(' union all '));
  const attempts = await superuser(
    `select c.tenant_id as tenant, c.run_id as run, count(*)::int as calls, sum(attempts)::int as attempts, max(attempts)::int as most,
       (select fence::int from audit.run r where r.tenant_id = c.tenant_id and r.run_id = c.run_id) as claims
     from audit.api_call c group by 1, 2 order by 1, 2`,
  );
  const ledger = await superuser(
    `select tenant_id as tenant, page_id as page, action, mark, state, undone_by as "undoneBy", undoes,
       case when action = 'archive' then action when action in ('trash', 'restore') then 'trash' else split_part(action, '-', 2) end as kind,
       extract(epoch from planned_at)::float8 * 1000 as "plannedAt"
     from audit.page_write order by planned_at, write_id`,
  );
  return {
    ledger: ledger as unknown as Inspection['ledger'],
    leaks,
    strays: strays.map(({ name }) => String(name)),
    attempts: attempts as unknown as Inspection['attempts'],
    rows,
  };
}
