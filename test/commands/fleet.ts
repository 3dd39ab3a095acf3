import { expect, vi } from 'vitest';
import { type Running, startCommand } from './command.ts';
import { type Office, openOffice } from './office.ts';
import { type Desk, tenant, type Workplace } from './workplace.ts';

vi.setConfig({ testTimeout: 240_000 });
const LONGEST_MS = 220_000;
export const WAIT = { timeout: 120_000, interval: 50 };
/** A slot that has passed is worked on at once. */
export const AT_ONCE = { schedule: { window: '0s' } };
/** Enough for more than one list page. */
export const NOTES = 600;

/** A process that may run longer than those of other tests: a lease has to end. */
export const start = ({ folder, environment }: Workplace, words: string): Running =>
  startCommand(words.split(' '), { cwd: folder, environment, longestMs: LONGEST_MS });

/** Every tenant has missed two nights. */
export const makeDue = ({ database }: Desk, ids: readonly string[]) =>
  database.superuser(
    `insert into audit.tenant (tenant_id, site, enabled, auth_type, updated_at, last_slot_at)
     select id, 'https://' || id || '.example', true, 'basic', now(), now() - interval '50 hours' from unnest($1::text[]) id`,
    [ids],
  );

/** What the database says of all runs. */
export const runs = ({ database }: Desk) =>
  database.superuser('select tenant_id, outcome, reason from audit.run order by tenant_id, started_at');

/** Lets the walk begin, then asks for patience until `goOn`. */
export async function stopInTheMiddle({ site }: Office): Promise<() => void> {
  site.faults.rateLimit = { perSecond: 0.001, burst: 7, retryAfter: 20 };
  await vi.waitFor(() => expect(site.requests.map(({ status }) => status)).toContain(429), WAIT);
  return () => {
    site.faults.rateLimit = null;
  };
}

/** How often list pages were asked for again after they had been answered. */
export function repeats({ site }: Office): number {
  const lists = site.requests
    .filter(({ path, status }) => status === 200 && /\/(?:pages|attachments|search)$/.test(path))
    .map(({ path, query }) => `${path}?${query}`);
  return lists.length - new Set(lists).size;
}

/** Two processes and one tenant that is due, in the middle of its audit, with whoever took it first. */
export async function inTheMiddle(desk: Desk) {
  const office = await openOffice({ notes: NOTES });
  desk.configure({ tenants: [tenant('acme', office.url, AT_ONCE)] });
  await makeDue(desk, ['acme']);
  const middle = stopInTheMiddle(office);
  const [worker, relief] = await whoWorks([start(desk, 'start'), start(desk, 'start')]);
  return { office, worker, relief, goOn: await middle };
}

/** The process that took the slot, and the other. */
async function whoWorks(processes: readonly [Running, Running]): Promise<readonly [Running, Running]> {
  const first = await Promise.race(processes.map((each) => each.logged('A scheduled audit starts').then(() => each)));
  return first === processes[0] ? processes : [processes[1], processes[0]];
}
