import type { Driver } from '../../src/store/driver.ts';
import { unreachable } from '../../src/store/unreachable.ts';
import type { Life } from './life.ts';
import type { Time } from './time.ts';

/** What a server says of a transaction that it takes back: conflicts, locks, a full disk, a standby. */
const REFUSALS = ['40001', '40P01', '55P03', '53100', '25006'] as const;

const socketError = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code });
const lost = (code: string): Error => unreachable('postgres://worker@db.example/audit', socketError(code));

/**
 * A database as one process sees it. Where the process dies before the commit the transaction is taken back, where it dies after it
 * only the answer is lost; the same two for failures.
 */
export function createMortalDriver({
  driver,
  kind,
  life,
  time,
  roll,
}: {
  readonly driver: Driver;
  readonly kind: Driver['kind'];
  readonly life: Life;
  readonly time: Time;
  readonly roll: () => number;
}): Driver {
  const refusal = (): Error => {
    const code = REFUSALS[Math.floor(roll() * REFUSALS.length)] ?? REFUSALS[0];
    return Object.assign(new Error(`The server refused (${code}).`), { code });
  };
  return {
    kind,
    connections: () => null,
    async transaction(work) {
      await time.sleep(Math.floor(roll() * 4));
      await life.step('begin', 'transaction', () => lost('ECONNREFUSED'));
      const begun = driver.transaction(async (connection) => {
        const alive = <T>(go: () => Promise<T>): Promise<T> => {
          // Another continuation of the same process may have met its end meanwhile.
          if (life.dead()) throw new Error('The process is dead.');
          return go();
        };
        const result = await work({
          query: (text, parameters) => alive(() => connection.query(text, parameters)),
          script: (text) => alive(() => connection.script(text)),
        });
        life.stepAtOnce('commit', 'transaction', refusal);
        return result;
      });
      const result = await time.holding(begun).catch(async (error: unknown) => {
        // Taken back, and nobody is left to hear of it.
        if (life.dead()) return new Promise<never>(() => undefined);
        throw error;
      });
      await life.step('committed', 'transaction', () => lost('ECONNRESET'));
      return result;
    },
    openQueueLine: () => driver.openQueueLine(),
    close: async () => undefined,
  };
}
