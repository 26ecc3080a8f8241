-- Who: accounts, sessions, dated mandates, acceptance of the charter, journal of accesses.
create schema access;

create table access.account (
  id uuid primary key,
  email text not null unique,
  display_name text not null,
  -- scrypt, 'N$r$p$salt$hash'; null: demonstration persona, can only be taken with one click on a demonstration database
  password_hash text,
  persona text unique,
  -- order and one line of who this person is, shown at the sign-in of a demonstration
  persona_rank int,
  persona_line text,
  created_at timestamptz not null default now(),
  closed_at timestamptz
);

create table access.session (
  -- SHA-256 of the cookie's token: the token itself is stored nowhere
  token_hash text primary key,
  account_id uuid not null references access.account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- A dated appointment. Exactly one scope: a structure, or a territory ('FR' for the nation).
create table access.mandate (
  id uuid primary key,
  account_id uuid not null references access.account,
  role text not null constraint known_role check (role in ('director', 'contributor', 'caf_correspondent', 'federation_correspondent',
    'data_steward', 'committee_member', 'guest', 'regional_representative', 'technical_committee', 'statistician', 'project_office')),
  structure_id uuid references registry.structure,
  territory_code text,
  institution_id uuid references registry.institution,
  state text not null default 'active' constraint known_mandate_state check (state in ('proposed', 'confirmed', 'active', 'revoked')),
  valid_from date not null,
  valid_to date,
  granted_by uuid,
  constraint one_scope check ((structure_id is null) <> (territory_code is null))
);
create index mandate_by_account on access.mandate (account_id);
create unique index one_data_steward_per_territory on access.mandate (territory_code) where role = 'data_steward' and state = 'active' and valid_to is null;

create table access.charter_acceptance (
  account_id uuid not null references access.account,
  charter_version text not null,
  accepted_at timestamptz not null default now(),
  primary key (account_id, charter_version)
);

create table access.journal (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account_id uuid,
  -- dotted verb: 'response.read', 'tables.export', 'response.validate', …
  action text not null,
  purpose text,
  structure_id uuid,
  territory_code text,
  campaign_year int,
  detail jsonb not null default '{}'
);
create index journal_by_structure on access.journal (structure_id, at desc) where structure_id is not null;
create trigger journal_is_append_only before update or delete on access.journal for each row execute function platform.refuse_change();
