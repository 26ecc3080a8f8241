-- Register: territories and zonings by year, structures with their history, managing bodies, approvals, institutions.
create schema registry;

create table registry.territory_level (
  code text primary key,
  label text not null,
  plural text not null,
  -- 0 is the whole; deeper levels have higher ranks
  rank int not null
);
insert into registry.territory_level values
  ('nation', 'Nation', 'Nation', 0), ('region', 'Région', 'Régions', 1), ('department', 'Département', 'Départements', 2),
  ('epci', 'Intercommunalité', 'Intercommunalités', 3), ('commune', 'Commune', 'Communes', 4), ('area', 'Secteur', 'Secteurs', 3);

create table registry.territory (
  code text not null constraint territory_code_shape check (code ~ '^[0-9A-Z][0-9A-Z-]{0,39}$'),
  -- year of the geographic code
  geography_year int not null,
  level text not null references registry.territory_level,
  name text not null,
  -- every territory that contains it, itself included: ('FR','R32','62','E200033579','C62041')
  ancestors text[] not null,
  population int,
  latitude double precision,
  longitude double precision,
  -- the position is that of a neighbour (same postal code or same EPCI), for want of its own
  position_approximate boolean not null default false,
  primary key (code, geography_year),
  constraint territory_contains_itself check (code = any (ancestors))
);
create index territory_by_level on registry.territory (level, geography_year);
create index territory_by_ancestor on registry.territory using gin (ancestors);

-- Territory as of the latest geographic code loaded.
create view registry.current_territory as
  select distinct on (code) * from registry.territory order by code, geography_year desc;

create table registry.zoning (
  code text not null,
  year int not null,
  label text not null,
  source text not null,
  primary key (code, year)
);
create table registry.zone (
  zoning_code text not null,
  zoning_year int not null,
  code text not null,
  label text not null,
  territory_code text,
  primary key (zoning_code, zoning_year, code),
  foreign key (zoning_code, zoning_year) references registry.zoning
);

create table registry.structure_kind (
  code text primary key,
  label text not null,
  plural text not null,
  rank int not null
);
insert into registry.structure_kind values
  ('CS', 'Centre social', 'Centres sociaux', 1), ('EVS', 'Espace de vie sociale', 'Espaces de vie sociale', 2);

create table registry.network (code text primary key, label text not null, rank int not null);

create table registry.managing_body (
  id uuid primary key,
  name text not null,
  -- name without case, accents and punctuation: two bodies without SIREN, same normalised name and commune, are one contributor
  normalised_name text not null,
  siren text unique constraint siren_has_nine_digits check (siren ~ '^\d{9}$'),
  commune_code text
);
create index managing_body_by_name on registry.managing_body (normalised_name, commune_code);

create table registry.structure (
  id uuid primary key,
  created_at timestamptz not null default now(),
  created_by uuid
);

-- What was true of a structure from a day on, until the next version; `valid_to` is exclusive, null = still true.
create table registry.structure_version (
  structure_id uuid not null references registry.structure,
  valid_from date not null,
  valid_to date,
  kind text not null references registry.structure_kind,
  name text not null,
  status text not null default 'active' constraint known_structure_status check (status in ('active', 'suspended', 'closed', 'merged')),
  commune_code text not null,
  -- département of the commune in the year, kept beside it because every list and wall asks for it
  department_code text not null,
  address text,
  latitude double precision,
  longitude double precision,
  managing_body_id uuid references registry.managing_body,
  -- codes of question B01
  management_mode text,
  legal_status text,
  first_approval_year int,
  territory_character text,
  qpv_status text,
  rural_zoning text,
  urban_renewal text,
  urban_renewal_stage text,
  networks text[] not null default '{}',
  contact jsonb not null default '{}',
  opening_hours text,
  source text not null,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  primary key (structure_id, valid_from),
  constraint version_has_a_length check (valid_to is null or valid_to > valid_from)
);
create unique index one_current_version on registry.structure_version (structure_id) where valid_to is null;
create index structure_by_department on registry.structure_version (department_code) where valid_to is null;

create view registry.current_structure as select * from registry.structure_version where valid_to is null;

create table registry.structure_identifier (
  -- 'siret', 'caf', 'import', 'earlier', …
  scheme text not null,
  value text not null,
  structure_id uuid not null references registry.structure,
  primary key (scheme, value)
);
create index identifier_by_structure on registry.structure_identifier (structure_id);

create table registry.structure_succession (
  predecessor_id uuid not null references registry.structure,
  successor_id uuid not null references registry.structure,
  kind text not null constraint known_succession check (kind in ('merger', 'split', 'replacement')),
  happened_on date not null,
  primary key (predecessor_id, successor_id),
  constraint not_its_own_successor check (predecessor_id <> successor_id)
);

create table registry.approval (
  structure_id uuid not null references registry.structure,
  -- codes of question A10: agc, acf, al
  kind text not null,
  starts_on date not null,
  -- inclusive; null = not known
  ends_on date,
  primary key (structure_id, kind, starts_on),
  constraint approval_ends_after_it_starts check (ends_on is null or ends_on >= starts_on)
);

create table registry.institution (
  id uuid primary key,
  -- caf, federation, union, association, collective, national_fund, national_federation, other
  kind text not null,
  -- 'caf' or 'federation': the side of the co-piloting that it stands for; null = partner
  side text constraint known_side check (side in ('caf', 'federation')),
  name text not null,
  legal_form text,
  contact jsonb not null default '{}',
  valid_from date,
  valid_to date
);
create table registry.institution_territory (
  institution_id uuid not null references registry.institution,
  territory_code text not null,
  valid_from date not null,
  valid_to date,
  primary key (institution_id, territory_code, valid_from)
);

-- An answer that differs from the register proposes a change; a correspondent accepts it with a date or refuses it.
create table registry.change_proposal (
  id uuid primary key,
  structure_id uuid not null references registry.structure,
  campaign_year int not null,
  data_year int not null,
  question_key text not null,
  register_value jsonb,
  proposed_value jsonb not null,
  state text not null default 'open' constraint known_proposal_state check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  created_at timestamptz not null default now(),
  decided_at timestamptz,
  decided_by uuid,
  effective_from date,
  reason text,
  constraint accepted_proposal_has_a_date check (state <> 'accepted' or (effective_from is not null and decided_by is not null))
);
create unique index one_open_proposal_per_question on registry.change_proposal (structure_id, question_key) where state = 'open';

create table registry.import_run (
  id uuid primary key,
  file_name text not null,
  file_hash text not null,
  mode text not null constraint known_import_mode check (mode in ('whole', 'valid_rows')),
  created_count int not null,
  changed_count int not null,
  closed_count int not null,
  unchanged_count int not null,
  refused_count int not null,
  effective_on date not null,
  run_at timestamptz not null default now(),
  run_by uuid
);

-- A register file between its preview and its confirmation, so that nothing has to be sent twice; dropped once applied or after a day.
create table registry.import_file (
  hash text primary key,
  file_name text not null,
  bytes bytea not null,
  effective_on date not null,
  uploaded_at timestamptz not null default now(),
  uploaded_by uuid
);
