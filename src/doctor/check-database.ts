import { resolve } from 'node:path';
import type { Environment } from '../../config/environment.ts';
import { inspectDatabase } from '../store/inspect-database.ts';
import { asAuditError } from '../domain/errors.ts';
import { type Check, doubtful, failed, fine } from './check.ts';

const ENVIRONMENT = { tenant: null, check: 'environment' };
const DATABASE = { tenant: null, check: 'database' };
const SCHEMA = { tenant: null, check: 'schema' };
const MIGRATE = 'Run `npm run migrate`; any other command that opens the database does the same first.';

/** Which database the environment names; its address may hold a password and is not repeated. */
export const checkEnvironment = ({ databaseUrl, dataDir }: Environment): Check =>
  fine(
    ENVIRONMENT,
    databaseUrl === null
      ? `DATABASE_URL is not set: the embedded database in ${dataDir} is used, by one process at a time.`
      : 'DATABASE_URL names the database.',
  );

/** Whether the database can be used, its version, and the state of its tables. Changes nothing in it. */
export async function checkDatabase(
  { databaseUrl, dataDir }: Environment,
  { cwd }: { readonly cwd: string },
): Promise<readonly Check[]> {
  try {
    const state = await inspectDatabase(databaseUrl === null ? { dataDir: resolve(cwd, dataDir) } : { databaseUrl });
    if (state.kind === 'absent') return [fine(DATABASE, 'There is none yet: the first audit makes it.')];
    const place = state.kind === 'embedded' ? 'The embedded database' : 'The server';
    return [
      fine(DATABASE, `${place} answers as ${state.login}, Postgres ${state.version}.`),
      state.prepared
        ? fine(SCHEMA, 'Tables and views are as this version wants them.')
        : doubtful(SCHEMA, 'Tables or views are missing or older than this version.', MIGRATE),
    ];
  } catch (error) {
    const known = asAuditError(error);
    if (known === null) throw error;
    return [failed(known.code === 'schema-newer' ? SCHEMA : DATABASE, known)];
  }
}
