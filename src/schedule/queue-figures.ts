import type { QueueLine } from '../store/driver.ts';
import { QUEUE } from './prepare-queue.ts';

/** What lies in the queue, as the database knows it. */
export interface QueueFigures {
  /** Due, and taken by nobody. */
  readonly ready: number;
  /** Due later: spread over a window, parked, or to be tried again. */
  readonly waiting: number;
  readonly active: number;
  /** How long the oldest of those that are due has been; 0 where none is. */
  readonly oldestReadySeconds: number;
}

/** The states of the engine are ordered: created, retry, active, then those in which nothing happens any more. */
const FIGURES = `
  select count(*) filter (where state < 'active' and start_after <= now())::integer as ready,
    count(*) filter (where state < 'active' and start_after > now())::integer as waiting,
    count(*) filter (where state = 'active')::integer as active,
    coalesce(extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now())), 0)::float8
      as "oldestReadySeconds"
  from pgboss.job where name = $1 and state <= 'active'`;

/** Reads them; asked seldom, by whoever watches. */
export async function readQueueFigures(line: QueueLine): Promise<QueueFigures> {
  const { rows } = await line.executeSql(FIGURES, [QUEUE]);
  return rows[0] as unknown as QueueFigures;
}
