-- Releases: frozen, hashed, numbered copies of validated answers. All that is published is computed from one.
create schema statistics;

create table statistics.release (
  id uuid primary key,
  number int generated always as identity unique,
  campaign_year int not null references campaign.campaign,
  -- territory released: a département or 'FR'
  territory_code text not null,
  content_hash text not null,
  questionnaire_hash text not null,
  response_count int not null,
  manifest jsonb not null,
  created_at timestamptz not null default now(),
  created_by uuid,
  supersedes uuid references statistics.release
);
create index release_by_territory on statistics.release (campaign_year, territory_code, number desc);

-- One row per structure of the population (approved), with what the register said of the data year and, for respondents, the answers.
create table statistics.release_unit (
  release_id uuid not null references statistics.release,
  structure_id uuid not null,
  territory_code text not null,
  structure_kind text not null,
  -- solicited, newly_approved, opted_in, not_covered
  participation text not null,
  -- frozen (validated answers inside), declined, non_respondent, excluded, none
  response_state text not null,
  completeness text not null,
  -- register facts of the main data year, managing body's contributor key among them
  register jsonb not null,
  -- { data year: { question key: Answer } }, disputed values left out and listed
  answers jsonb not null,
  disputed jsonb not null default '{}',
  primary key (release_id, structure_id)
);
create trigger release_is_immutable before update or delete on statistics.release for each row execute function platform.refuse_change();
create trigger release_unit_is_immutable before update or delete on statistics.release_unit for each row execute function platform.refuse_change();

-- What institutions bring beside the answers (Caf grants, Carsat…): never an answer, always signed and sourced.
create table statistics.administrative_figure (
  id uuid primary key,
  campaign_year int not null,
  territory_code text not null,
  figure_id text not null,
  label text not null,
  value numeric not null,
  unit text not null,
  data_year int not null,
  institution text not null,
  author text not null,
  recorded_on date not null,
  source text not null,
  constraint one_administrative_figure unique (campaign_year, territory_code, figure_id)
);
