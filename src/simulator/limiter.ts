/** What a limiter lets through. */
export interface LimitShape {
  readonly perSecond: number;
  /** What a token bucket holds; it starts full. Of no meaning for windows. */
  readonly burst: number;
  /** Counts in fixed windows of so many seconds instead of a token bucket; nothing is carried over. */
  readonly windowSeconds?: number;
  /** A refused request takes a token as well, so that a client that hammers is never let in. */
  readonly refusalsCost?: boolean;
  /** Requests a second that other clients of the site take steadily. */
  readonly others?: number;
  /** From so many seconds after the start on, another rate; in the order of time. */
  readonly changes?: readonly { readonly after: number; readonly perSecond: number }[];
}

export interface Verdict {
  readonly served: boolean;
  readonly remaining: number;
  /** Milliseconds until one more is let through. */
  readonly freeInMs: number;
}

/** The rate of a shape so many seconds after its start. */
export const rateAt = ({ perSecond, changes = [] }: LimitShape, seconds: number): number =>
  changes.findLast(({ after }) => after <= seconds)?.perSecond ?? perSecond;

/** A limiter that starts at `startMs`; instants that go back count as standing still. */
export function createLimiter(shape: LimitShape, startMs: number): (atMs: number) => Verdict {
  return shape.windowSeconds === undefined
    ? tokenBucket(shape, startMs)
    : fixedWindow(shape, shape.windowSeconds, startMs);
}

function tokenBucket(shape: LimitShape, startMs: number): (atMs: number) => Verdict {
  const { burst, others = 0, refusalsCost = false } = shape;
  let tokens = burst;
  let last = startMs;
  return (atMs) => {
    const rate = rateAt(shape, (atMs - startMs) / 1_000);
    const seconds = Math.max(0, atMs - last) / 1_000;
    last = Math.max(last, atMs);
    tokens = Math.min(burst, Math.max(0, tokens + seconds * (rate - others)));
    const served = tokens >= 1;
    if (served) tokens -= 1;
    else if (refusalsCost) tokens = 0;
    const missing = Math.max(0, 1 - tokens);
    return { served, remaining: Math.max(0, Math.floor(tokens)), freeInMs: (missing * 1_000) / Math.max(rate, 0.001) };
  };
}

function fixedWindow(shape: LimitShape, windowSeconds: number, startMs: number): (atMs: number) => Verdict {
  const windowMs = windowSeconds * 1_000;
  let current = 0;
  let used = 0;
  return (atMs) => {
    const window = Math.max(current, Math.floor((atMs - startMs) / windowMs));
    if (window !== current) used = 0;
    current = window;
    const allowed = (rateAt(shape, (window * windowMs) / 1_000) - (shape.others ?? 0)) * windowSeconds;
    const served = used + 1 <= allowed;
    if (served || shape.refusalsCost === true) used += 1;
    const freeInMs = used + 1 <= allowed ? 0 : startMs + (window + 1) * windowMs - atMs;
    return { served, remaining: Math.max(0, Math.floor(allowed - used)), freeInMs };
  };
}

/** How many requests a shape could serve between its start and so many seconds later, what it holds at the start included. */
export function permitted(shape: LimitShape, seconds: number): number {
  const steps = [{ after: 0, perSecond: shape.perSecond }, ...(shape.changes ?? [])];
  const flow = steps.reduce((sum, { after, perSecond }, index) => {
    const until = Math.min(seconds, steps[index + 1]?.after ?? seconds);
    return sum + Math.max(0, until - after) * (perSecond - (shape.others ?? 0));
  }, 0);
  return flow + (shape.windowSeconds === undefined ? shape.burst : 0);
}
