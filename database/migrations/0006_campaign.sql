-- The yearly cycle: national campaign, its phases per territory, coverage, who is asked, signatures.
create schema campaign;

create table campaign.transition (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into campaign.transition values
  ('draft', 'preparation'), ('preparation', 'questionnaire_validated'), ('questionnaire_validated', 'open'), ('open', 'closing'),
  ('closing', 'open'), ('closing', 'control'), ('control', 'frozen'), ('frozen', 'control'), ('frozen', 'analysis'), ('analysis', 'control'),
  ('analysis', 'publication'), ('publication', 'control'), ('publication', 'archived');

create table campaign.campaign (
  -- named by the year in which it is held; its data years are in its questionnaire version
  year int primary key,
  state text not null default 'draft',
  questionnaire_year int not null references questionnaire.version,
  opens_on date,
  closes_on date,
  objection_days int not null default 15,
  created_at timestamptz not null default now()
);

-- Per département: its own state, bounded by the national one (rules in code; the transitions here).
create table campaign.territory_phase (
  campaign_year int not null references campaign.campaign,
  territory_code text not null,
  state text not null default 'draft',
  closes_on date,
  extension_reason text,
  -- why the territory may open although a correspondent is missing on one side
  waiver_reason text,
  primary key (campaign_year, territory_code),
  constraint extension_has_a_reason check (closes_on is null or extension_reason is not null)
);

create function campaign.guard_transition() returns trigger language plpgsql as $$
begin
  if new.state <> old.state and not exists (
    select 1 from campaign.transition t where t.from_state = old.state and t.to_state = new.state) then
    raise exception 'campaign_transition_not_allowed: % -> %', old.state, new.state using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger campaign_transition_is_allowed before update on campaign.campaign for each row execute function campaign.guard_transition();
create trigger phase_transition_is_allowed before update on campaign.territory_phase for each row execute function campaign.guard_transition();

-- R14: each territory as surveyed, in test or not yet, per kind.
create table campaign.coverage (
  campaign_year int not null references campaign.campaign,
  territory_code text not null,
  structure_kind text not null references registry.structure_kind,
  status text not null constraint known_coverage check (status in ('surveyed', 'test', 'not_yet')),
  primary key (campaign_year, territory_code, structure_kind)
);

-- Every approved structure of the campaign; 'solicited' ones are asked, the others only counted and greeted (R16).
create table campaign.participant (
  campaign_year int not null references campaign.campaign,
  structure_id uuid not null references registry.structure,
  territory_code text not null,
  structure_kind text not null references registry.structure_kind,
  status text not null constraint known_participation check (status in ('solicited', 'newly_approved', 'opted_in', 'not_covered')),
  -- may ask not to be named among the respondents
  listed boolean not null default true,
  -- full-time equivalents of the year before, the weight of the response rate by volume (R59); null: not known
  volume_fte numeric,
  primary key (campaign_year, structure_id)
);
create index participant_by_territory on campaign.participant (campaign_year, territory_code);

-- A freeze needs both institutions.
create table campaign.freeze_signature (
  id uuid primary key,
  campaign_year int not null,
  territory_code text not null,
  side text not null constraint known_signature_side check (side in ('caf', 'federation')),
  purpose text not null default 'freeze' constraint known_signature_purpose check (purpose in ('freeze', 'reopen')),
  reason text,
  account_id uuid not null references access.account,
  signed_at timestamptz not null default now(),
  -- a signature is spent once acted upon (freeze, reopening) or withdrawn
  spent_at timestamptz,
  foreign key (campaign_year, territory_code) references campaign.territory_phase,
  constraint reopening_has_a_reason check (purpose = 'freeze' or reason is not null)
);
create unique index one_live_signature_per_side on campaign.freeze_signature (campaign_year, territory_code, purpose, side) where spent_at is null;
