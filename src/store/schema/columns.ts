import { sql } from 'drizzle-orm/sql';
import { customType, integer, pgPolicy, pgRole, pgSchema } from 'drizzle-orm/pg-core';

/** What belongs to tenants; every table in it has row-level security. People read `report`, never this. */
export const audit = pgSchema('audit');
/** What belongs to the installation as a whole and holds no customer data. */
export const fleet = pgSchema('fleet');

/** Ids, keys and closed words compare byte by byte, on every server and in every locale. */
export const id = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
/** `text[]`, spelt so that drizzle-kit can put COLLATE after it. */
export const ids = customType<{ data: string[] }>({ dataType: () => 'text ARRAY COLLATE "C"' });
export const instant = customType<{ data: string }>({ dataType: () => 'timestamp with time zone' });
export const count = (name: string) => integer(name).notNull().default(0);
export const noIds = sql`'{}'`;
const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' });
/**
 * The transaction that wrote the row. An export goes by it: an identity or a time may commit after a later one was read, but below
 * the oldest transaction that still runs nothing is added any more.
 */
export const writtenIn = () => xid8('tx').notNull().default(sql`pg_current_xact_id()`);

const worker = pgRole('audit_worker').existing();
const fleetReader = pgRole('audit_fleet').existing();
const reader = pgRole('audit_reader').existing();

// A setting that was SET LOCAL reads as '' after the transaction, not as null.
const chosen = sql.raw(`nullif(current_setting('app.tenant', true), '')`);

const own = sql`tenant_id = ${chosen}`;
// Postgres takes `is null or` here for nearly never true, and joins a million rows as if they were a few; of CASE it assumes a half. The
// subqueries run once a query, not once a row.
const allOrOwn = sql`case when (select ${chosen}) is null then true else tenant_id = (select ${chosen}) end`;

/** The policy of the worker's door, alone for what nobody else may see. */
export const ownerPolicy = (table: string) =>
  pgPolicy(`${table}_worker`, { for: 'all', to: worker, using: own, withCheck: own });

/** The policy of the fleet's door. */
export const fleetPolicy = (table: string) =>
  pgPolicy(`${table}_fleet`, { for: 'select', to: fleetReader, using: allOrOwn });

/** The three policies of a tenant table: the worker's door, the fleet's door, and people with a grant. */
export function tenantPolicies(table: string) {
  return [
    ownerPolicy(table),
    fleetPolicy(table),
    pgPolicy(`${table}_reader`, {
      for: 'select',
      to: reader,
      // The grants that a reader sees are its own (policy of fleet.reader_grant), so both subqueries run once a query.
      using: sql`case when exists (select 1 from fleet.reader_grant g where g.tenant_id is null) then true else tenant_id in (select g.tenant_id from fleet.reader_grant g) end`,
    }),
  ];
}

/** A reader sees the grants of the roles that it has; the fleet's door sees them all, or those of the tenant that it asks for. */
export const grantPolicies = () => [
  pgPolicy('reader_grant_fleet', { for: 'select', to: fleetReader, using: sql`${chosen} is null or ${own}` }),
  pgPolicy('reader_grant_reader', {
    for: 'select',
    to: reader,
    using: sql`pg_has_role(current_user, (select r.oid from pg_catalog.pg_roles r where r.rolname = role_name), 'usage')`,
  }),
];
