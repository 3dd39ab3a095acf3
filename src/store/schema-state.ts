import { sql } from './sql.ts';
import type { Tx } from './db.ts';
import { type Books, BOOKS, judge } from './migrate.ts';
import type { Migrations } from './migrations.ts';

/** Asks the database whether its tables are still those of this program. Throws `schema-newer` where a newer one has changed them. */
export async function assertKnownSchema(tx: Tx, migrations: Migrations): Promise<void> {
  const [books] = await tx.rows<Books>(sql.raw(BOOKS));
  if (books === undefined) throw new Error('The list of migrations is empty.');
  judge(books, migrations);
}
