import { existsSync, readFileSync } from 'node:fs';
import type { TestDatabase } from '../../database.ts';

const TICKS_PER_SECOND = 100;

/**
 * Seconds of CPU that the Postgres server on this machine has taken, connections that have ended included; null where the system has no
 * /proc. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export async function serverCpu({ superuser }: Pick<TestDatabase, 'superuser'>): Promise<number | null> {
  const [row] = await superuser('select pg_backend_pid() as pid');
  const own = statOf(Number(row?.['pid']));
  const server = own === null ? null : statOf(Number(own[1]));
  if (server === null) return null;
  const [user, system, userOfEnded, systemOfEnded] = server.slice(11, 15).map(Number);
  return ((user ?? 0) + (system ?? 0) + (userOfEnded ?? 0) + (systemOfEnded ?? 0)) / TICKS_PER_SECOND;
}

/** The fields after the name of the program, which may hold anything: state, parent and so on. */
function statOf(pid: number): readonly string[] | null {
  const path = `/proc/${pid}/stat`;
  return existsSync(path) ? (readFileSync(path, 'utf8').split(') ').at(-1)?.split(' ') ?? null) : null;
}
