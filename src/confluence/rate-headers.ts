import { parseReset, parseRetryAfter } from '../domain/backoff.ts';
import type { Hints } from './pace.ts';
import type { QuotaHints } from './quota.ts';

export interface RateHeaders extends Hints {
  /** How long to wait before anything else is sent, or null where nothing valid is said. */
  readonly waitMs: number | null;
  readonly quota: QuotaHints;
}

/** Longer windows are quotas in points, not a pace. */
const LONGEST_BURST_WINDOW_S = 60;
const LITTLE = 0.2;
const HOUR_MS = 3_600_000;

/**
 * What the headers say about pace. `Beta-` headers tell of limits that are not enforced: they slow down and nothing more.
 * `X-RateLimit-Limit` is left aside, for its window is not stated. https://developer.atlassian.com/cloud/confluence/rate-limiting/
 */
export function readRateHeaders(headers: ReadonlyMap<string, string>, status: number): RateHeaders {
  const header = (name: string): string => headers.get(name) ?? '';
  const date = headers.get('date') ?? null;
  const policies = listed(header('ratelimit-policy'));
  const states = listed(header('ratelimit'));
  const bursts = policies.filter(({ w }) => w !== null && w <= LONGEST_BURST_WINDOW_S);
  // Names differ between the documents and what was seen, so they are matched loosely.
  const exhausted = status === 429 && /quota|global|tenant/i.test(header('ratelimit-reason'));
  const quota = states.find((state) => isQuota(state, policies));
  const asked = parseRetryAfter(headers.get('retry-after') ?? null, date);
  const reset = status === 429 ? parseReset(headers.get('x-ratelimit-reset') ?? null, date) : null;
  const limits = bursts.flatMap(({ q, w }) => (q !== null && q > 0 && w !== null && w > 0 ? [q / w] : []));
  return {
    waitMs: asked ?? reset ?? (exhausted ? untilNextHour(date) : null),
    limit: limits.length === 0 ? null : Math.min(...limits),
    near:
      ['x-ratelimit-nearlimit', 'x-beta-ratelimit-nearlimit'].some((name) => header(name).toLowerCase() === 'true') ||
      headers.has('beta-retry-after') ||
      states.some((state) => isLow(state, policies)) ||
      listed(header('beta-ratelimit')).some((state) => isLow(state, listed(header('beta-ratelimit-policy')))),
    quota: {
      exhausted,
      left: quota?.r ?? null,
      of: policies.find(({ name }) => name === quota?.name)?.q ?? null,
    },
  };
}

interface Item {
  readonly name: string;
  readonly q: number | null;
  readonly w: number | null;
  readonly r: number | null;
}

/** Items in any order: `"burst";q=100;w=1,"global-app-quota";q=65000;w=3600`, and likewise `"name";r=10;t=600`. */
const listed = (text: string): Item[] =>
  text.split(',').flatMap((item) => {
    const number = (key: string): number | null => {
      const digits = new RegExp(`;\\s*${key}=(\\d{1,15})(?!\\d)`).exec(item)?.[1];
      return digits === undefined ? null : Number(digits);
    };
    const name = /^\s*"([^"]*)"/.exec(item)?.[1];
    return name === undefined ? [] : [{ name, q: number('q'), w: number('w'), r: number('r') }];
  });

const policyOf = (state: Item, policies: readonly Item[]): Item | undefined =>
  policies.find(({ name }) => name === state.name);

function isQuota(state: Item, policies: readonly Item[]): boolean {
  const window = policyOf(state, policies)?.w ?? null;
  return window === null ? /quota/i.test(state.name) : window > LONGEST_BURST_WINDOW_S;
}

/** A fifth or less is left; `r` of a quota is only sent when much of it is used, and the ledger watches that. */
function isLow(state: Item, policies: readonly Item[]): boolean {
  const total = policyOf(state, policies)?.q ?? null;
  return state.r !== null && total !== null && !isQuota(state, policies) && state.r <= LITTLE * total;
}

/** By the clock of the answer: quotas begin anew with each UTC hour. */
function untilNextHour(date: string | null): number | null {
  const at = date === null ? Number.NaN : Date.parse(date);
  return Number.isNaN(at) ? null : HOUR_MS - (at % HOUR_MS);
}
