import { sql } from './sql.ts';
import type { Tx } from './db.ts';

/** Tells the planner of tables that have grown much since it last looked; next to nothing where none has. */
export const refreshStatistics = (tx: Tx): Promise<object[]> => tx.rows(sql`select audit.refresh_statistics()`);
