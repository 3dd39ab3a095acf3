import { sql } from './sql.ts';
import type { Coverage } from '../domain/audit-result.ts';
import type { Space } from '../domain/inventory.ts';
import { batch, list } from './batch.ts';
import type { TenantTx } from './db.ts';
import type { Run } from './runs.ts';

/** How the walk of one space went; a view of `report.coverage`. */
export interface SpaceState {
  readonly spaceId: string;
  readonly state: 'walked' | 'partial' | 'excluded' | 'refused' | 'gone';
  readonly excludedBecause: string | null;
  readonly pagesSeen: number;
  /** Pages of which some part could not be read. */
  readonly degraded: number;
  /** Pages that were expected and did not appear. */
  readonly missing: number;
  readonly howKnown: string | null;
}

export interface SavedSpace extends Space, Omit<SpaceState, 'state'> {
  readonly state: SpaceState['state'] | null;
  readonly pagesLastTime: number;
  /** As many as there were when they were last read. */
  readonly permissionRows: number;
  readonly runId: string | null;
  readonly listedAt: string | null;
  readonly listedConfig: string | null;
  readonly walkedAt: string | null;
  /** So many pages somebody said are meant to be gone, since the last complete walk. */
  readonly acceptedMissing: number;
}

/** Saves what the list of spaces says. Rows that did not change are not rewritten. */
export async function upsertSpaces(tx: TenantTx, spaces: readonly Space[]): Promise<void> {
  await tx.rows(sql`
    insert into space (tenant_id, space_id, key, name, type, status, homepage_id, owner_id, updated_at)
    select ${tx.tenantId}, x.id, x.key, x.name, x.type, x.status, x."homepageId", x."ownerId", ${tx.now}
    from jsonb_to_recordset(${batch(spaces)}) as x(
      id text, key text, name text, type text, status text, "homepageId" text, "ownerId" text)
    on conflict (tenant_id, space_id) do update set key = excluded.key, name = excluded.name, type = excluded.type,
      status = excluded.status, homepage_id = excluded.homepage_id, owner_id = excluded.owner_id,
      updated_at = excluded.updated_at
    where (space.key, space.name, space.type, space.status, space.homepage_id, space.owner_id)
      is distinct from (excluded.key, excluded.name, excluded.type, excluded.status, excluded.homepage_id, excluded.owner_id)`);
}

/** Saves how the walks went. The first state that a run gives a space keeps the count of the run before as last time's. */
export async function setSpaceStates(
  tx: TenantTx,
  { runId, states }: { runId: string; states: readonly SpaceState[] },
): Promise<void> {
  if (states.length === 0) return;
  await tx.rows(sql`
    update space s set state = x.state, excluded_because = x."excludedBecause", pages_seen = x."pagesSeen",
      pages_last_time = case
        when s.run_id = ${runId} then s.pages_last_time
        -- A walk that did not reach its end says nothing of how many there are.
        when s.state = 'walked' then s.pages_seen
        else greatest(s.pages_seen, s.pages_last_time)
      end,
      degraded = x.degraded, missing = x.missing, how_known = x."howKnown", run_id = ${runId}, updated_at = ${tx.now}
    from jsonb_to_recordset(${batch(states)}) as x("spaceId" text, state text, "excludedBecause" text,
      "pagesSeen" integer, degraded integer, missing integer, "howKnown" text)
    where s.tenant_id = ${tx.tenantId} and s.space_id = x."spaceId"`);
}

/** Remembers since when the changes of these spaces are known, and with `full` that all of them was listed by this run. */
export async function markWalked(
  tx: TenantTx,
  run: Pick<Run, 'runId' | 'startedAt' | 'configHash'>,
  { spaceIds, from, full }: { spaceIds: readonly string[]; from: string; full: boolean },
): Promise<void> {
  if (spaceIds.length === 0) return;
  const listed = full
    ? sql`, listed_at = ${run.startedAt}::timestamptz, listed_run_id = ${run.runId}, listed_config = ${run.configHash}`
    : sql``;
  await tx.rows(sql`
    update space set walked_at = ${from}::timestamptz ${listed}
    where tenant_id = ${tx.tenantId} and space_id = any(${list(spaceIds)}) and state = 'walked'`);
}

/** Notes that a drop of these spaces is meant; returns the keys of those that had lost pages and will be settled by the next walk. */
export const acceptDrop = async (
  tx: TenantTx,
  { spaceKey, by, reason }: { spaceKey: string | null; by: string; reason: string },
): Promise<string[]> => {
  const rows = await tx.rows<{ key: string }>(sql`
    update space set accepted_missing = missing, accepted_by = ${by}, accepted_reason = ${reason}, accepted_at = ${tx.now}
    where tenant_id = ${tx.tenantId} and state in ('partial', 'gone') and missing > 0 and (${spaceKey}::text is null or key = ${spaceKey})
    returning key`);
  return rows.map(({ key }) => key).toSorted();
};

/** What was accepted holds once. */
export const dropAcceptance = (tx: TenantTx, spaceId: string): Promise<unknown> =>
  tx.rows(sql`
    update space set accepted_missing = 0, accepted_by = null, accepted_reason = null, accepted_at = null
    where tenant_id = ${tx.tenantId} and space_id = ${spaceId} and accepted_by is not null`);

/** All spaces that were ever seen, by key. */
export const readSpaces = (tx: TenantTx): Promise<SavedSpace[]> =>
  tx.rows<SavedSpace>(sql`
    select space_id as "id", space_id as "spaceId", key, name, type, status, homepage_id as "homepageId",
      owner_id as "ownerId", state, excluded_because as "excludedBecause", pages_seen as "pagesSeen",
      pages_last_time as "pagesLastTime", permission_rows as "permissionRows", degraded, missing, how_known as "howKnown",
      run_id as "runId", listed_at as "listedAt", listed_config as "listedConfig", walked_at as "walkedAt",
      accepted_missing as "acceptedMissing"
    from space where tenant_id = ${tx.tenantId} order by key, space_id`);

/** How much of what is known to exist the last walks judged; the same figures as `report.tenant_health`. */
export async function readCoverage(tx: TenantTx): Promise<Coverage> {
  const [row] = await tx.rows<Coverage>(sql`
    select (select count(*)::int from space where tenant_id = ${tx.tenantId} and state = 'walked') as "spacesSeen",
      (select count(*)::int from space where tenant_id = ${tx.tenantId} and state in ('walked', 'partial', 'refused', 'gone')) as "spacesTotal",
      (select percent from coverage_share where tenant_id = ${tx.tenantId}) as percent`);
  return row ?? { spacesSeen: 0, spacesTotal: 0, percent: null };
}
