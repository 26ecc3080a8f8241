-- Brochures and public pages. The public reads this schema only.
create schema publication;

create table publication.brochure_transition (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into publication.brochure_transition values
  ('draft', 'figures_linked'), ('figures_linked', 'texts_under_review'), ('figures_linked', 'draft'), ('texts_under_review', 'copil_validation'),
  ('texts_under_review', 'draft'), ('copil_validation', 'approved'), ('copil_validation', 'draft'), ('approved', 'published'), ('approved', 'draft'),
  ('published', 'superseded');

create table publication.brochure (
  id uuid primary key,
  campaign_year int not null references campaign.campaign,
  territory_code text not null,
  version int not null default 1,
  state text not null default 'draft',
  release_id uuid references statistics.release,
  -- editable words: { edito: { title, paragraphs, signatures }, local_paragraph, contacts, … }
  texts jsonb not null default '{}',
  -- every printed figure with its making; set when rendered
  manifest jsonb,
  pdf bytea,
  pdf_hash text,
  updated_at timestamptz not null default now(),
  published_at timestamptz,
  constraint one_brochure_version unique (campaign_year, territory_code, version),
  constraint published_brochure_has_its_pdf check (state not in ('published', 'superseded') or pdf is not null)
);
create function publication.guard_brochure() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not exists (
    select 1 from publication.brochure_transition t where t.from_state = old.state and t.to_state = new.state) then
    raise exception 'brochure_transition_not_allowed: % -> %', old.state, new.state using errcode = 'restrict_violation';
  end if;
  if old.state in ('published', 'superseded') and (new.pdf is distinct from old.pdf or new.texts is distinct from old.texts) then
    raise exception 'published_brochure_is_immutable' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger brochure_transition_is_allowed before update on publication.brochure for each row execute function publication.guard_brochure();

create table publication.brochure_vote (
  brochure_id uuid not null references publication.brochure,
  account_id uuid not null references access.account,
  side text constraint known_vote_side check (side in ('caf', 'federation')),
  vote text not null constraint known_vote check (vote in ('approve', 'refuse')),
  reason text,
  voted_at timestamptz not null default now(),
  primary key (brochure_id, account_id),
  constraint refusal_has_a_reason check (vote = 'approve' or length(trim(reason)) > 0)
);

-- What the public page of a territory shows: publishable figures only, as they left disclosure.
create table publication.territory_page (
  campaign_year int not null,
  territory_code text not null,
  release_id uuid not null references statistics.release,
  brochure_id uuid references publication.brochure,
  content jsonb not null,
  published_at timestamptz not null default now(),
  primary key (campaign_year, territory_code)
);

-- National sheet supplied and locked by the national team, per campaign.
create table publication.national_sheet (
  campaign_year int primary key,
  content jsonb not null,
  source text not null
);
