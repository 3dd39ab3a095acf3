-- Runs after the migrations whenever this folder's text has changed. Idempotent: drizzle-kit emits none of this.

-- The moment that reports count from. Tests and simulations set `app.now`; it changes nothing but ages.
-- Safe for parallel workers, or no view that asks for it would ever get any.
create or replace function audit.moment() returns timestamptz
  language sql stable parallel safe
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
  foreach parent in array array['finding_event', 'api_call', 'admin_act'] loop
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

-- Drops one month of history whole, or clears a batch of what the default partition holds of that time; returns its rows. The worker
-- calls it without owning the tables, so nothing younger than 30 days can go this way, whoever asks. Waits for its lock no longer than
-- five seconds, because everybody else would wait behind it.
create or replace function audit.drop_history(part text, keep_days integer) returns bigint
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  set lock_timeout = '5s'
as $$
declare
  cutoff constant timestamptz := now() - make_interval(days => greatest(keep_days, 30));
  cleared bigint := 0;
begin
  if part !~ '^(finding_event|api_call|admin_act)_(rest|[0-9]{4}_[0-9]{2})$' then
    raise exception 'No history: %', part;
  end if;
  if part like '%\_rest' then
    -- It has no policy of its own: its owner sees rows only while it is not forced to obey one.
    execute format('alter table audit.%I no force row level security', part);
    execute format('delete from audit.%I where ctid = any(array(select ctid from audit.%I where at < %L limit 20000))', part, part, cutoff);
    get diagnostics cleared = row_count;
    execute format('alter table audit.%I force row level security', part);
  elsif (to_date(right(part, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC' <= cutoff then
    execute format('drop table if exists audit.%I', part);
  end if;
  return cleared;
end
$$;
revoke all on function audit.drop_history(text, integer) from public;
grant execute on function audit.drop_history(text, integer) to audit_worker;

-- Without statistics the planner takes a tenant for a handful of rows, and a night of many pages becomes quadratic: the
-- first night of a tenant begins with none, and the embedded database never gathers any by itself. A table is looked at
-- again each time it has grown by half, so the whole walk pays for a few dozen small samples.
create or replace function audit.refresh_statistics() returns void
  language plpgsql security definer
  set search_path = pg_catalog, pg_temp
  -- How many rows there are is what matters, not which: nine thousand of them say so, and are read in no time.
  set default_statistics_target = 30
as $$
declare
  grown record;
begin
  for grown in
    select c.oid, t.columns
    from (values
      ('audit.page'::regclass, 'tenant_id, page_id, space_id, parent_id, gone_at, profile_id'),
      ('audit.page_link', 'tenant_id, page_id'),
      ('audit.attachment', 'tenant_id, attachment_id, page_id, gone_at'),
      ('audit.comment', 'tenant_id, comment_id, page_id, gone_at'),
      ('audit.account', 'tenant_id, account_id'),
      ('audit.walk_step', 'tenant_id, run_id, walk'),
      ('audit.finding', 'tenant_id, rule_id, page_id, subject_type, subject_id, state')
    ) as t(name, columns)
    join pg_class c on c.oid = t.name
    where pg_relation_size(c.oid) / current_setting('block_size')::bigint > greatest(c.relpages, 8) * 1.5
      -- One at a time; whoever comes second need not wait for it.
      and pg_try_advisory_xact_lock(7267405127)
  loop
    execute format('analyze %s (%s)', grown.oid::regclass, grown.columns);
  end loop;
end
$$;
revoke all on function audit.refresh_statistics() from public;
grant execute on function audit.refresh_statistics() to audit_worker;

-- Found again each night, a finding gets a new date and nothing that an index holds: with room beside it the new row stays on its page,
-- and no index is touched.
alter table audit.finding set (fillfactor = 50);

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
-- Sealed secrets are for the tenant's own door alone; which key sealed them is not, so that a rotation knows what is left.
revoke select on audit.credential from audit_fleet, audit_reader;
grant select (tenant_id, credential_id, key_id) on audit.credential to audit_fleet;
-- The settings of a tenant name accounts and commands, which are nobody's business but the worker's.
revoke select on audit.registration from audit_reader;
-- History is only ever added to.
revoke update, delete on audit.finding_event, audit.api_call, audit.admin_act from audit_worker;
-- Except that of a removed tenant, once its time has come.
grant delete on audit.finding_event to audit_worker;
drop policy if exists finding_event_removed on audit.finding_event;
create policy finding_event_removed on audit.finding_event as restrictive for delete to audit_worker
  using (exists (
    select 1 from audit.tenant t where t.tenant_id = finding_event.tenant_id and t.delete_after <= audit.moment()
  ));
-- What all tenants of an installation share: paces, quotas and which site is taken, no customer's data.
grant select, insert, update, delete on fleet.pace, fleet.app_hour, fleet.site_claim to audit_worker;
grant select on fleet.reader_grant, fleet.migration, fleet.prepared, fleet.pace, fleet.app_hour to audit_fleet;
grant select on fleet.reader_grant to audit_reader;
