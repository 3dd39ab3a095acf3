import type { Facts } from '../facts.ts';
import { originOf } from '../theatre.ts';
import type { Invariant } from './invariant.ts';
import { writeOf } from './writes.ts';

export const noLateWrites: Invariant = {
  id: 'I3',
  promise: 'a process that was taken over writes nothing more',
  broken: (facts) => facts.wikis.flatMap(({ name }) => lateWrites(facts, name)),
};

/**
 * Writes of a process after one that was started later had taken its tenant over: whoever begins to ask the site of anything holds the lease.
 * One that was started earlier may only have woken up.
 */
const lateWrites = (facts: Facts, tenant: string): string[] => {
  const calls = facts.calls.filter(({ origin }) => origin === originOf(tenant));
  const order = facts.notes.map(({ worker }) => worker);
  const isLater = (one: string, than: string): boolean => order.indexOf(one) >= order.indexOf(than);
  const since = new Map<string, number>();
  for (const { worker, sentAt } of calls) if (!since.has(worker)) since.set(worker, sentAt);
  return calls.flatMap((call) => {
    if (writeOf(call) === null) return [];
    const { worker, method, path, sentAt } = call;
    const heir = [...since].find(
      ([other, at]) => other !== worker && isLater(other, worker) && at > (since.get(worker) ?? 0) && at < sentAt,
    );
    return heir === undefined ? [] : [`${worker} wrote ${method} ${path} after ${heir[0]} had taken over`];
  });
};
