-- R38: what a managing body gives once for its structures, each of which reviews it (docs/guides/shared-facts.md).
alter table access.mandate add column managing_body_id uuid references registry.managing_body;
alter table access.mandate drop constraint one_scope;
alter table access.mandate add constraint one_scope check (num_nonnulls(structure_id, territory_code, managing_body_id) = 1);
alter table access.mandate drop constraint known_role;
alter table access.mandate add constraint known_role check (role in ('director', 'contributor', 'managing_body_agent', 'caf_correspondent', 'federation_correspondent',
  'data_steward', 'committee_member', 'guest', 'regional_representative', 'technical_committee', 'statistician', 'project_office'));
alter table access.mandate add constraint agent_is_of_a_managing_body check ((role = 'managing_body_agent') = (managing_body_id is not null));
create unique index one_agent_per_body on access.mandate (managing_body_id) where managing_body_id is not null and state = 'active' and valid_to is null;
create or replace view access.active_mandate as
  select * from access.mandate where state = 'active' and valid_from <= current_date and (valid_to is null or valid_to > current_date);

-- Each fact given, for ever; the latest of a question is the one that stands.
create table entry.shared_fact (
  id uuid primary key,
  managing_body_id uuid not null references registry.managing_body,
  campaign_year int not null references campaign.campaign,
  data_year int not null,
  question_key text not null,
  -- null: taken back
  answer jsonb,
  given_by uuid not null references access.account,
  given_at timestamptz not null default now()
);
create index shared_fact_by_body on entry.shared_fact (managing_body_id, campaign_year, data_year, question_key, given_at desc);
create trigger shared_fact_is_kept before update or delete on entry.shared_fact for each row execute function platform.refuse_change();

-- A fact waits beside the answer of a structure as any other answer that was not written.
alter table entry.answer_conflict add column shared_fact_id uuid references entry.shared_fact;
create unique index fact_reaches_once on entry.answer_conflict (shared_fact_id, response_id) where shared_fact_id is not null;

create function entry.guard_kept_fact() returns trigger language plpgsql as $$
begin
  if not exists (select from entry.shared_fact f join entry.response r on r.campaign_year = f.campaign_year
      join registry.current_structure s on s.structure_id = r.structure_id and s.managing_body_id = f.managing_body_id
      where f.id = new.shared_fact_id and r.id = new.response_id and f.data_year = new.data_year and f.question_key = new.question_key and f.answer is not distinct from new.answer) then
    raise exception 'kept_fact_is_of_its_body: % of %', new.question_key, new.response_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger kept_fact_is_of_its_body before insert on entry.answer_conflict for each row when (new.shared_fact_id is not null) execute function entry.guard_kept_fact();
