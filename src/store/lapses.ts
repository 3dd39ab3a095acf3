import { sql } from './sql.ts';
import type { Tx } from './db.ts';

/**
 * Whatever in the database would let one tenant's rows be seen by somebody else, each as a sentence; none where isolation holds. It
 * asks the catalogue, so a table or view of which this program knows nothing is judged like its own.
 */
export async function findLapses(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ lapse: string }>(sql`
with relation as (
  select c.oid, c.oid::regclass::text as name, c.relkind, c.relispartition, c.reloptions, c.relacl, c.relrowsecurity, c.relforcerowsecurity,
    n.nspname as place, c.relowner,
    (select a.attnum from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('audit', 'report', 'fleet') and c.relkind in ('r', 'p', 'v', 'm', 'f')
), own_role as (
  select * from pg_roles where rolname in ('audit_worker', 'audit_fleet', 'audit_reader')
)
-- What holds no tenant's rows has its place in fleet.
select name || ' has no tenant_id.' as lapse from relation where place in ('audit', 'report') and tenant is null
union all
select name || ' does not bind everybody to its policies, or has none.' from relation r
where relkind in ('r', 'p', 'f') and tenant is not null and not (relrowsecurity and relforcerowsecurity
  -- A partition has no policy of its own: nobody gets a row through it.
  and (relispartition or exists (select 1 from pg_policy p where p.polrelid = r.oid)))
union all
select name || ' shows what its owner may see (no security_invoker).' from relation
where relkind = 'm' or relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false)
union all
select p.polrelid::regclass::text || ' has a policy for everybody: ' || p.polname from pg_policy p
where p.polrelid in (select oid from relation) and 0 = any(p.polroles)
union all
select name || ' has no key that begins with tenant_id.' from relation r
where place = 'audit' and relkind in ('r', 'p')
  and not exists (select 1 from pg_index i where i.indrelid = r.oid and i.indisunique and i.indkey[0] = r.tenant)
union all
select i.indexrelid::regclass::text || ' is a key that does not begin with tenant_id.' from pg_index i join relation r on r.oid = i.indrelid
where r.place = 'audit' and i.indisunique and i.indkey[0] is distinct from r.tenant
union all
select k.conname || ' of ' || r.name || ' refers to a row without its tenant.' from pg_constraint k join relation r on r.oid = k.conrelid
where r.place = 'audit' and k.contype = 'f' and k.conkey[1] is distinct from r.tenant
union all
select name || ' is open to everybody.' from relation r
where exists (select 1 from aclexplode(r.relacl) g where g.grantee = 0)
union all
select r.name || ' is a partition that ' || o.rolname || ' reaches past its parent.' from relation r, own_role o
where r.relispartition and has_table_privilege(o.oid, r.oid, 'select, insert, update, delete')
union all
select r.name || ' can be changed by ' || o.rolname || '.' from relation r, own_role o
where o.rolname <> 'audit_worker' and has_table_privilege(o.oid, r.oid, 'insert, update, delete, truncate')
union all
select r.name || ' is shown to readers, who are no part of the program.' from relation r
where r.place = 'fleet' and r.tenant is null and has_table_privilege('audit_reader', r.oid, 'select')
union all
select r.name || ' belongs to ' || o.rolname || '.' from relation r join own_role o on o.oid = r.relowner
union all
select rolname || ' is let off by every policy.' from own_role where rolsuper or rolbypassrls
union all
select p.oid::regprocedure::text || ' runs as its owner, for anybody.' from pg_proc p
where p.pronamespace in ('audit'::regnamespace, 'report'::regnamespace, 'fleet'::regnamespace) and p.prosecdef
  and exists (select 1 from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) g where g.grantee = 0)
order by 1`);
  return rows.map(({ lapse }) => lapse);
}
