import { sql } from './sql.ts';
import type { TenantTx } from './db.ts';

interface HourTotals {
  readonly byAll: number;
  readonly byTenant: number;
  readonly closedUntil: Date | null;
}

/** Adds points to an app's hour, for the tenant and for all, and tells what was spent. `closedUntil` only ever moves on. */
export async function addPoints(
  tx: TenantTx,
  entry: {
    readonly app: string;
    readonly hour: Date;
    readonly points: number;
    readonly atLeast: number | null;
    readonly closedUntil: Date | null;
  },
): Promise<HourTotals> {
  const { app, points } = entry;
  const hour = entry.hour.toISOString();
  const atLeast = Math.round(entry.atLeast ?? 0);
  const [own] = await tx.rows<{ points: number }>(sql`
    insert into app_points (tenant_id, app_id, hour, points) values (${tx.tenantId}, ${app}, ${hour}, ${points})
    on conflict (tenant_id, app_id, hour) do update set points = app_points.points + excluded.points
    returning points`);
  const [all] = await tx.rows<{ points: number; closedUntil: string | null }>(sql`
    insert into fleet.app_hour as h (app_id, hour, points, closed_until)
    values (${app}, ${hour}, greatest(${points}::integer, ${atLeast}::integer), ${entry.closedUntil?.toISOString() ?? null})
    on conflict (app_id, hour) do update
      set points = greatest(h.points + ${points}::integer, ${atLeast}::integer),
        closed_until = greatest(h.closed_until, excluded.closed_until)
    returning points, closed_until as "closedUntil"`);
  const closed = all?.closedUntil ?? null;
  return {
    byAll: all?.points ?? points,
    byTenant: own?.points ?? points,
    closedUntil: closed === null ? null : new Date(closed),
  };
}
