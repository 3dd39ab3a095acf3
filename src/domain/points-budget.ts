/** What is kept back of an app's points: estimates err, and requests in flight are counted when they are answered. */
const WALL = 0.95;
const HOUR_MS = 3_600_000;

/** One UTC hour of one app. https://developer.atlassian.com/cloud/confluence/rate-limiting/ */
export interface HourSpent {
  /** By all tenants of the app, in all processes. */
  readonly byAll: number;
  readonly byTenant: number;
}

/**
 * Points that a tenant may still spend in this hour. Its equal part is its own; of what others leave unused of theirs
 * a growing part is released as the hour passes, so that nothing is lost at its end and nobody finds the hour eaten at its start.
 */
export function pointsLeft(
  { byAll, byTenant }: HourSpent,
  app: { readonly pointsPerHour: number; readonly tenants: number },
  now: Date,
): number {
  const wall = WALL * app.pointsPerHour;
  const part = wall / Math.max(1, app.tenants);
  const byOthers = byAll - byTenant;
  const passed = (now.getTime() % HOUR_MS) / HOUR_MS;
  const kept = (1 - passed) * Math.max(0, wall - part - byOthers);
  return Math.min(wall - byAll, Math.max(part, wall - byOthers - kept) - byTenant);
}

/** The start of the UTC hour. */
export const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);

const JITTER_MS = 60_000;

/** The first moment of the next UTC hour at which to come again: not all at its stroke. `roll` is in [0, 1). */
export const nextHour = (now: Date, roll: number): Date =>
  new Date(hourOf(now).getTime() + HOUR_MS + 1_000 + Math.round(roll * JITTER_MS));
