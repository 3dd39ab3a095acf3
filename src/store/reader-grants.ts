import { AuditError } from '../domain/errors.ts';
import type { Connection } from './driver.ts';
import { openServer } from './open-store.ts';
import { sqlState } from './unreachable.ts';

/** Which database role may read what: one tenant, or with null all of them. */
interface ReaderGrant {
  readonly role: string;
  readonly tenantId: string | null;
}

/**
 * Lets a database role read the reports of a tenant, or with `revoke` not any more. It takes the login that owns the tables: the
 * worker's own may not change who reads. Throws `arguments-invalid` where there is no such role, `database-unprepared` where the login
 * may not.
 */
export async function grantReader(
  url: string,
  { role, tenantId, revoke }: ReaderGrant & { readonly revoke: boolean },
): Promise<void> {
  const driver = await openServer(url, 1);
  try {
    await driver.transaction(async (connection) => {
      await assertRole(connection, role);
      if (revoke) {
        await connection.query(
          'delete from fleet.reader_grant where role_name = $1 and tenant_id is not distinct from $2',
          [role, tenantId],
        );
        return;
      }
      const { rows } = await connection.query(
        `select format('grant audit_reader to %I', $1::text) as statement where not pg_has_role($1::name, 'audit_reader', 'member')`,
        [role],
      );
      for (const { statement } of rows) await connection.script(statement as string);
      await connection.query(
        'insert into fleet.reader_grant (role_name, tenant_id) values ($1, $2) on conflict do nothing',
        [role, tenantId],
      );
    });
  } catch (error) {
    if (sqlState(error) !== '42501') throw error;
    throw new AuditError('database-unprepared', 'This login may not say who reads what.');
  } finally {
    await driver.close();
  }
}

async function assertRole(connection: Connection, role: string): Promise<void> {
  const { rows } = await connection.query('select 1 from pg_catalog.pg_roles where rolname = $1', [role]);
  if (rows.length > 0) return;
  throw new AuditError('arguments-invalid', `The database has no role ${JSON.stringify(role)}: create it first.`);
}
