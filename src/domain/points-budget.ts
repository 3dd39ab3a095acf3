/** What is kept back of an app's points: estimates err, and requests in flight are counted when they are answered. */
const WALL = 0.95;
const HOUR_MS = 3_600_000;
/** What others are expected to spend beyond their pace so far. */
const HEADROOM = 1.25;
const SHORTEST_PART = 0.01;

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
  const theirs = wall - part;
  // Who spends is going to spend on; who has not begun needs less the less time is left.
  const wanted = Math.max((1 - passed) * theirs, (HEADROOM * byOthers) / Math.max(passed, SHORTEST_PART));
  const kept = Math.max(0, Math.min(theirs, wanted) - byOthers);
  return Math.min(wall - byAll, Math.max(part, wall - byOthers - kept) - byTenant);
}

/** The start of the UTC hour. */
export const hourOf = (now: Date): Date => new Date(Math.floor(now.getTime() / HOUR_MS) * HOUR_MS);

const JITTER_MS = 60_000;

/** The first moment of the next UTC hour at which to come again: not all at its stroke. `roll` is in [0, 1). */
export const nextHour = (now: Date, roll: number): Date =>
  new Date(hourOf(now).getTime() + HOUR_MS + 1_000 + Math.round(roll * JITTER_MS));
