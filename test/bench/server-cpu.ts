import { readdirSync, readFileSync } from 'node:fs';
import type { TestDatabase } from '../database.ts';

const TICKS_PER_SECOND = 100;

/**
 * Seconds of CPU that the Postgres server on this machine has taken, its connections and those that have ended included; null where the
 * system has no /proc. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export async function serverCpu({ superuser }: Pick<TestDatabase, 'superuser'>): Promise<number | null> {
  const [row] = await superuser('select pg_backend_pid() as pid');
  const own = statOf(Number(row?.['pid']));
  const postmaster = own === null ? null : String(own[1]);
  const server = statOf(Number(postmaster));
  if (server === null) return null;
  const alive = readdirSync('/proc')
    .map((name) => statOf(Number(name)))
    .filter((stat) => stat?.[1] === postmaster);
  return alive.reduce((sum, stat) => sum + ticks(stat ?? [], 2), ticks(server, 4)) / TICKS_PER_SECOND;
}

const ticks = (stat: readonly string[], fields: number): number =>
  stat.slice(11, 11 + fields).reduce((sum, field) => sum + Number(field), 0);

/** The fields after the name of the program, which may hold anything: state, parent and so on. */
function statOf(pid: number): readonly string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? null;
  } catch {
    // No such process, or no such file system.
    return null;
  }
}
