-- R38: a part of one response that the direction gives to somebody without an account, by a link: some rubrics, until a day (docs/guides/hands.md).
create table access.part_link (
  id uuid primary key,
  -- SHA-256 of the link's token: the token itself is stored nowhere
  token_hash text not null constraint one_link_per_token unique,
  -- made with the link, for it alone: each value keeps its author. Closed with the link.
  account_id uuid not null constraint one_link_per_account unique references access.account,
  structure_id uuid not null references registry.structure,
  campaign_year int not null,
  -- for whom, in the direction's words: « trésorière »
  for_whom text not null constraint link_says_for_whom check (length(trim(for_whom)) between 2 and 80),
  rubrics text[] not null constraint link_opens_a_rubric check (cardinality(rubrics) > 0),
  data_years int[] not null constraint link_opens_a_year check (cardinality(data_years) > 0),
  -- the questions of those rubrics in the campaign's questionnaire, which does not change once in use
  keys text[] not null constraint link_opens_a_question check (cardinality(keys) > 0),
  -- the link's last day, included
  last_day date not null,
  given_by uuid not null references access.account,
  given_at timestamptz not null default now(),
  -- first opening, when the person gave a name
  opened_at timestamptz,
  revoked_at timestamptz,
  revoked_by uuid references access.account,
  constraint link_ends_within_six_months check (last_day <= (given_at at time zone 'UTC')::date + 184),
  constraint revoked_at_and_by_go_together check ((revoked_at is null) = (revoked_by is null))
);
create index part_links_of_structure on access.part_link (structure_id, campaign_year);

-- A part that counts today.
create view access.active_part as
  select * from access.part_link where revoked_at is null and last_day >= current_date;

-- What a link gives never changes: only its opening and its end are written later.
create function access.guard_part_link() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then raise exception 'part_link_is_kept' using errcode = 'restrict_violation'; end if;
  if (new.token_hash, new.account_id, new.structure_id, new.campaign_year, new.rubrics, new.data_years, new.keys, new.last_day, new.given_by, new.given_at)
    is distinct from (old.token_hash, old.account_id, old.structure_id, old.campaign_year, old.rubrics, old.data_years, old.keys, old.last_day, old.given_by, old.given_at)
    or (old.revoked_at is not null and new.revoked_at is distinct from old.revoked_at) then
    raise exception 'part_link_never_grows' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger part_link_never_grows before update or delete on access.part_link for each row execute function access.guard_part_link();

-- The account of a link never receives a mandate.
create function access.guard_mandate_of_link() returns trigger language plpgsql as $$
begin
  if exists (select from access.part_link l where l.account_id = new.account_id) then
    raise exception 'link_has_no_mandate' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger link_has_no_mandate before insert or update of account_id on access.mandate for each row execute function access.guard_mandate_of_link();

-- Whatever the program decides, the account of a link writes nothing outside its part, nor after its end.
create function entry.guard_part() returns trigger language plpgsql as $$
begin
  if exists (select from access.part_link l where l.account_id = new.author_id) and not exists (
      select from access.active_part l join entry.response r on r.structure_id = l.structure_id and r.campaign_year = l.campaign_year
      where l.account_id = new.author_id and r.id = new.response_id and new.data_year = any (l.data_years) and new.question_key = any (l.keys)) then
    raise exception 'outside_the_part: % of %', new.question_key, new.response_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger answer_stays_in_the_part before insert on entry.answer_history for each row when (new.author_id is not null) execute function entry.guard_part();
create trigger conflict_stays_in_the_part before insert on entry.answer_conflict for each row when (new.author_id is not null) execute function entry.guard_part();
