-- What this database is, said once at its creation: demonstration or real, for ever.
create schema if not exists platform;

create table platform.installation (
  only_one boolean primary key default true constraint one_installation check (only_one),
  demonstration boolean not null,
  created_at timestamptz not null default now()
);

create function platform.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%: rows of %.% are written once and never changed', tg_name, tg_table_schema, tg_table_name
    using errcode = 'restrict_violation';
end $$;

create trigger installation_is_for_ever before update or delete on platform.installation
  for each row execute function platform.refuse_change();

-- Work that continues over restarts (filling of demonstration data, renderings): one row per job, claimed with `for update skip locked`.
create table platform.job (
  id uuid primary key,
  kind text not null,
  payload jsonb not null default '{}',
  state text not null default 'waiting' constraint known_job_state check (state in ('waiting', 'running', 'done', 'failed')),
  progress jsonb,
  attempts int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
