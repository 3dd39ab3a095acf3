import { hostname, userInfo } from 'node:os';
import type { Acting } from '../domain/act.ts';
import type { Clock } from './clock.ts';
import { createRandom } from './random.ts';

/** Who runs this process, for the audit trail: the user of the operating system at the name of the machine. */
export const createActing = ({ now }: Pick<Clock, 'now'>): Acting => ({
  actor: `${userName()}@${hostname()}`,
  newId: createRandom({ now }).id,
});

/** A container may run under a number that has no name. https://nodejs.org/api/os.html#osuserinfooptions */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
