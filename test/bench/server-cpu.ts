import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux: hundredths of a second, whatever the kernel counts in. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICK_MS = 10;

interface Stat {
  readonly parent: number;
  readonly ms: number;
}

function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    // Its own time and that of children that have ended, in user mode and in the kernel.
    const [user = 0, kernel = 0, ...ended] = fields.slice(11, 15);
    return { parent: fields[1] ?? 0, ms: TICK_MS * ended.reduce((sum, one) => sum + one, user + kernel) };
  } catch {
    return null;
  }
}

/** Milliseconds of CPU that the server of this session has taken so far, with all of its processes; NaN where that cannot be told. */
export function serverCpuMs(backendPid: number): number {
  const server = statOf(backendPid)?.parent;
  if (server === undefined) return Number.NaN;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = statOf(Number(name));
      return stat !== null && (Number(name) === server || stat.parent === server) ? [stat.ms] : [];
    })
    .reduce((sum, ms) => sum + ms, 0);
}
