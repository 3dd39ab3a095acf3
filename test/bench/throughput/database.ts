import { env } from 'node:process';
import { Client } from 'pg';
import { startServer } from '../../postgres-server.ts';
import { tell } from '../figures.ts';

/** Tells the statements that took most of the server's time. */
export const STATEMENTS = env['THROUGHPUT_STATEMENTS'] !== undefined;

export type Query = (text: string) => Promise<Record<string, unknown>[]>;

/** A server as it comes, which keeps what it was told. */
export async function openDatabase() {
  const server = await startServer(STATEMENTS ? { shared_preload_libraries: 'pg_stat_statements' } : {});
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const superuser: Query = async (text) => (await client.query<Record<string, unknown>>(text)).rows;
  if (STATEMENTS) await superuser('create extension pg_stat_statements');
  const close = async (): Promise<void> => {
    await client.end();
    await server.stop();
  };
  return { server, superuser, close };
}

export async function tellStatements(superuser: Query): Promise<void> {
  const rows = await superuser(`
    select round(total_exec_time) as ms, calls, round(mean_exec_time::numeric, 2) as mean, rows, left(regexp_replace(query, '\\s+', ' ', 'g'), 130) as query
    from pg_stat_statements order by total_exec_time desc limit 25`);
  for (const row of rows) tell(`  ${Object.values(row).join(' | ')}`);
  await superuser('select pg_stat_statements_reset()');
}

export const perSecond = (done: number, seconds: number): string => Math.round(done / seconds).toLocaleString('en-US');
