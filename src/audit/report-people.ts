import { ACCOUNTS_PER_REPORT, type PersonalDataAnswer, type StoredPerson } from '../confluence/personal-data.ts';
import { quoted } from '../domain/printable.ts';
import type { Store } from '../store/db.ts';
import { erasePerson, type NamedAccount, namedPeople, noteReported } from '../store/personal-data.ts';

export interface PeopleReport {
  readonly reported: number;
  readonly closed: number;
  readonly updated: number;
}

/**
 * Reports whom an app's tenants store names of and whose cycle is over, and erases what the answers say, with every tenant. Each batch
 * is saved before the next one is sent, so a stop loses nothing and the next report goes on there.
 */
export async function reportPeople(
  deps: {
    readonly store: Store;
    readonly now: () => Date;
    readonly signal: AbortSignal;
    readonly report: (accounts: readonly StoredPerson[]) => Promise<PersonalDataAnswer>;
  },
  {
    appTenants,
    allTenants,
  }: {
    /** Those that sign in through the app. */
    readonly appTenants: readonly string[];
    readonly allTenants: readonly string[];
  },
): Promise<PeopleReport> {
  const { store, now, signal } = deps;
  const known: NamedAccount[] = [];
  for (const id of appTenants) known.push(...(await store.withTenant(id, namedPeople)));
  const people = duePeople(known, now());
  const sum = { reported: 0, closed: 0, updated: 0 };
  for (let start = 0; start < people.length && !signal.aborted; start += ACCOUNTS_PER_REPORT) {
    const batch = people.slice(start, start + ACCOUNTS_PER_REPORT);
    const { due, cycleMs } = await deps.report(batch);
    const again = new Date(now().getTime() + cycleMs);
    const ids = batch.map(({ accountId }) => accountId);
    for (const id of due.length > 0 ? allTenants : appTenants) {
      await store.withTenant(id, async (tx) => {
        for (const one of due) await erasePerson(tx, one, quoted);
        await noteReported(tx, ids, again);
      });
    }
    sum.reported += batch.length;
    for (const { status } of due) sum[status] += 1;
  }
  return sum;
}

/** One entry a person, with the oldest of the copies; who was reported for one tenant is not reported for another in the same cycle. */
function duePeople(known: readonly NamedAccount[], now: Date): StoredPerson[] {
  const byId = Map.groupBy(known, ({ accountId }) => accountId);
  return [...byId].flatMap(([accountId, copies]) => {
    if (copies.some(({ dueAt }) => dueAt !== null && Date.parse(dueAt) > now.getTime())) return [];
    const oldest = Math.min(...copies.map(({ updatedAt }) => Date.parse(updatedAt)));
    return [{ accountId, updatedAt: new Date(oldest).toISOString() }];
  });
}
