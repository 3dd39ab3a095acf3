import type { SimResponse } from './api/answers.ts';
import type { RateLimit } from './rate-limit.ts';

/** What a fault answers; a body that is no string is sent as JSON. */
interface FaultAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly cut?: 'before' | 'middle';
}

/**
 * Makes the answer of the n-th request that it strikes, counted from 1. A fault that calls `real` lets the site do the
 * work first and may then change what is told, or lose it.
 */
type Fault = (n: number, real: () => SimResponse) => FaultAnswer;

export interface FaultSwitches {
  /** Null: no limit. */
  rateLimit: RateLimit | null;
  /** Strikes the next `times` requests, of one route template (`GET /wiki/api/v2/pages`) or of any. */
  next(fault: Fault, times?: number, matchTemplate?: string): void;
  /** Forgets faults that have not struck. */
  clear(): void;
}

interface Pending {
  readonly fault: Fault;
  readonly template: string | undefined;
  left: number;
  struck: number;
}

const toResponse = ({ status, headers = {}, body = '', cut }: FaultAnswer): SimResponse => {
  const json = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  return {
    status,
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(cut === undefined ? {} : { cut }),
  };
};

/** The switches of one site, and how they act on a request. */
export function createFaults() {
  const pending: Pending[] = [];
  const switches: FaultSwitches = {
    rateLimit: null,
    next: (fault, times = 1, template) => void pending.push({ fault, template, left: times, struck: 0 }),
    clear: () => void pending.splice(0),
  };
  const strike = (template: string, real: () => SimResponse): SimResponse => {
    const one = pending.find((each) => each.left > 0 && (each.template ?? template) === template);
    if (one === undefined) return real();
    one.left -= 1;
    one.struck += 1;
    return toResponse(one.fault(one.struck, real));
  };
  return { switches, strike };
}
