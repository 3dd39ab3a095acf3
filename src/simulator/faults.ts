import type { SimResponse } from './api/answers.ts';
import type { Aim, Fault, FaultAnswer } from './faults/define-fault.ts';
import type { PointsCounter, PointsQuota } from './points-quota.ts';
import type { RateLimit } from './rate-limit.ts';

type Struck = Parameters<Fault['answer']>[0];

export interface FaultSwitches {
  /** Null: no limit. */
  rateLimit: RateLimit | null;
  /** Null: no quota. Sites of one app share the counter. */
  quota: (PointsQuota & { readonly counter: PointsCounter }) | null;
  /** Arms a fault of the collection; those armed first strike first. */
  strike<Options extends object>(fault: Fault<Options>, aim?: Aim & Partial<Options>): void;
  /** Arms a fault of the moment: the answer to the n-th request that it strikes, counted from 1. */
  next(answer: (n: number, real: () => SimResponse) => FaultAnswer, times?: number, at?: string): void;
  /** Forgets faults that have not struck. */
  clear(): void;
}

interface Armed {
  readonly answer: (struck: Struck) => FaultAnswer;
  readonly at: string | undefined;
  wait: number;
  left: number;
  struck: number;
}

const toResponse = ({ headers = {}, body = '', ...answer }: FaultAnswer): SimResponse => {
  const json = typeof body === 'string' ? {} : { 'content-type': 'application/json' };
  return {
    ...answer,
    headers: { ...json, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  };
};

/** The switches of one site, and how they act on a request. */
export function createFaults() {
  const armed: Armed[] = [];
  const arm = (answer: Armed['answer'], { at, times = 1, after = 0 }: Aim): void =>
    void armed.push({ answer, at, wait: after, left: times, struck: 0 });
  const switches: FaultSwitches = {
    rateLimit: null,
    quota: null,
    strike: (fault, aim = {}) => arm((struck) => fault.answer(struck, { ...fault.defaults, ...aim }), aim),
    next: (answer, times = 1, at) =>
      arm(({ n, real }) => answer(n, real), { times, ...(at === undefined ? {} : { at }) }),
    clear: () => void armed.splice(0),
  };
  const strike = (template: string, request: Omit<Struck, 'n'>): SimResponse => {
    const fitting = armed.filter(({ left, at }) => left > 0 && (at ?? template) === template);
    const one = fitting.find(({ wait }) => wait === 0);
    for (const each of fitting) each.wait = Math.max(0, each.wait - 1);
    if (one === undefined) return request.real();
    one.left -= 1;
    one.struck += 1;
    return toResponse(one.answer({ ...request, n: one.struck }));
  };
  return { switches, strike };
}
