-- Runs after the migrations whenever this folder's text has changed. Idempotent: drizzle-kit emits none of this.

-- The moment that reports count from. Tests and simulations set `app.now`; it changes nothing but ages.
create or replace function audit.moment() returns timestamptz
  language sql stable
  return coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());

-- Every table in `audit` holds tenants' rows: policies bind its owner too.
do $$
declare
  found regclass;
begin
  for found in
    select c.oid from pg_catalog.pg_class c
    where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p') and not c.relforcerowsecurity
  loop
    execute format('alter table %s enable row level security', found);
    execute format('alter table %s force row level security', found);
  end loop;
end
$$;
alter table fleet.reader_grant force row level security;
-- Whoever owns the schema maps the readers.
drop policy if exists reader_grant_owner on fleet.reader_grant;
create policy reader_grant_owner on fleet.reader_grant to current_user using (true) with check (true);

-- Makes the monthly partitions from this month on. The worker calls it without owning the tables.
create or replace function audit.ensure_partitions(months_ahead integer) returns integer
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
as $$
declare
  parent text;
  month_start timestamptz;
  part text;
  made integer := 0;
begin
  foreach parent in array array['finding_event', 'api_call'] loop
    for ahead in 0..least(months_ahead, 24) loop
      month_start := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead)) at time zone 'UTC';
      part := parent || '_' || to_char(month_start at time zone 'UTC', 'YYYY_MM');
      continue when to_regclass('audit.' || part) is not null;
      begin
        execute format(
          'create table audit.%I partition of audit.%I for values from (%L) to (%L)',
          part, parent, month_start, (month_start at time zone 'UTC' + interval '1 month') at time zone 'UTC'
        );
        execute format('alter table audit.%I enable row level security', part);
        execute format('alter table audit.%I force row level security', part);
        made := made + 1;
      exception
        -- Another process made it, or the default partition holds rows of that month already: both are safe.
        when duplicate_table or check_violation then null;
      end;
    end loop;
  end loop;
  return made;
end
$$;
revoke all on function audit.ensure_partitions(integer) from public;
grant execute on function audit.ensure_partitions(integer) to audit_worker;

-- Grants. Partitions get none: rows are reached through their parents, whose policies then hold.
grant usage on schema audit, fleet to audit_worker, audit_fleet, audit_reader;
do $$
declare
  found regclass;
begin
  for found in
    select c.oid from pg_catalog.pg_class c
    where c.relnamespace = 'audit'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
  loop
    execute format('grant select on %s to audit_worker, audit_fleet, audit_reader', found);
    execute format('grant insert, update, delete on %s to audit_worker', found);
  end loop;
end
$$;
-- History is only ever added to.
revoke update, delete on audit.finding_event, audit.api_call from audit_worker;
grant select, insert, update on fleet.pacer to audit_worker;
grant select on fleet.pacer, fleet.reader_grant, fleet.migration, fleet.prepared to audit_fleet;
grant select on fleet.reader_grant to audit_reader;
