-- Runs before the migrations, every time something has to be applied: what they take for granted.
-- Roles belong to the whole cluster, so another database may have made them already, even at this moment.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['audit_worker', 'audit_fleet', 'audit_reader'] loop
    if not exists (select 1 from pg_catalog.pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception
        when duplicate_object or unique_violation then null;
      end;
    end if;
  end loop;
end
$$;

create schema if not exists fleet;

-- Which migrations were applied, and with which text of this folder the rest was last prepared.
create table if not exists fleet.migration (
  tag text collate "C" primary key,
  hash text not null,
  -- `when` of the journal, milliseconds: a larger one than the program knows means a newer program was here.
  made_at bigint not null,
  applied_at timestamptz not null default now()
);
create table if not exists fleet.prepared (
  only_row boolean primary key default true check (only_row),
  hash text not null,
  at timestamptz not null default now()
);
