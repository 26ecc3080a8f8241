-- What a correspondent types for a structure says what it comes from (R51, docs/guides/entry.md); collective sessions, whose answers are told to all (R50, docs/guides/asking.md).

-- Said once by the correspondent, kept with each value typed from it.
create table entry.on_behalf_source (
  id uuid primary key,
  response_id uuid not null references entry.response,
  support text not null constraint known_support check (support in ('paper', 'telephone')),
  -- who filled the paper, or was on the telephone
  person text constraint source_names_somebody check (length(trim(person)) between 2 and 80),
  -- day of the paper, or of the call
  given_on date not null,
  said_by uuid not null references access.account,
  said_at timestamptz not null default now(),
  constraint telephone_has_somebody check (support <> 'telephone' or person is not null),
  constraint given_before_it_is_typed check (given_on <= (said_at at time zone 'Europe/Paris')::date)
);
create index on_behalf_source_by_response on entry.on_behalf_source (response_id, said_at);
create trigger on_behalf_source_is_kept before update or delete on entry.on_behalf_source for each row execute function platform.refuse_change();

create table entry.on_behalf_value (
  save_id uuid primary key references entry.answer_history (save_id),
  source_id uuid not null references entry.on_behalf_source
);
create trigger on_behalf_value_is_kept before update or delete on entry.on_behalf_value for each row execute function platform.refuse_change();

-- A value and its source are of one response and of one correspondent.
create function entry.guard_on_behalf_value() returns trigger language plpgsql as $$
begin
  if not exists (select from entry.answer_history h join entry.on_behalf_source s on s.id = new.source_id
      where h.save_id = new.save_id and h.response_id = s.response_id and h.author_id = s.said_by and h.source in ('caf', 'federation')) then
    raise exception 'source_is_of_the_same_hand: %', new.save_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger source_is_of_the_same_hand before insert on entry.on_behalf_value for each row execute function entry.guard_on_behalf_value();

-- A meeting where centres fill in together. Closed by its opener; by itself when entry ends in its territory (the phase says so, nothing is written).
create table entry.group_session (
  id uuid primary key,
  campaign_year int not null references campaign.campaign,
  territory_code text not null,
  title text not null constraint session_has_a_title check (length(trim(title)) between 3 and 120),
  held_on date not null,
  opened_by uuid not null references access.account,
  opened_at timestamptz not null default now(),
  closed_at timestamptz
);
create index group_session_by_territory on entry.group_session (campaign_year, territory_code);

create function entry.guard_group_session() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'closed_at') <> (to_jsonb(old) - 'closed_at') or old.closed_at is not null then
    raise exception 'session_is_kept: it is closed once and never changes' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger session_is_kept before update or delete on entry.group_session for each row execute function entry.guard_group_session();

create table entry.group_session_centre (
  session_id uuid not null references entry.group_session,
  response_id uuid not null references entry.response,
  invited_by uuid not null references access.account,
  invited_at timestamptz not null default now(),
  primary key (session_id, response_id)
);
create index group_session_by_response on entry.group_session_centre (response_id);
create trigger session_invitation_is_kept before update or delete on entry.group_session_centre for each row execute function platform.refuse_change();

create function entry.guard_group_session_centre() returns trigger language plpgsql as $$
begin
  if not exists (select from entry.group_session s join entry.response r on r.campaign_year = s.campaign_year and r.territory_code = s.territory_code
      where s.id = new.session_id and r.id = new.response_id and s.closed_at is null) then
    raise exception 'session_invites_its_territory: %', new.response_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger session_invites_its_territory before insert on entry.group_session_centre for each row execute function entry.guard_group_session_centre();

-- An inquiry asked in a session is of a centre invited to it.
alter table entry.inquiry add column session_id uuid;
alter table entry.inquiry add constraint asked_in_its_session foreign key (session_id, response_id) references entry.group_session_centre (session_id, response_id);
create index inquiry_by_session on entry.inquiry (session_id) where session_id is not null;

create function entry.guard_inquiry_of_session() returns trigger language plpgsql as $$
begin
  if exists (select from entry.group_session where id = new.session_id and closed_at is not null) then
    raise exception 'session_is_closed: %', new.session_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger session_is_open before insert on entry.inquiry for each row when (new.session_id is not null) execute function entry.guard_inquiry_of_session();

-- An answer told to all the centres of the session, with the question in words that name nobody.
create table entry.group_session_answer (
  message_id bigint primary key references entry.inquiry_message,
  asked text not null constraint told_question_says_something check (length(trim(asked)) between 1 and 2000)
);
create trigger session_answer_is_kept before update or delete on entry.group_session_answer for each row execute function platform.refuse_change();

create function entry.guard_group_session_answer() returns trigger language plpgsql as $$
begin
  if not exists (select from entry.inquiry_message m join entry.inquiry i on i.id = m.inquiry_id
      where m.id = new.message_id and m.act in ('answer', 'reply', 'interpret') and i.session_id is not null) then
    raise exception 'only_answers_are_told: %', new.message_id using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger only_answers_are_told before insert on entry.group_session_answer for each row execute function entry.guard_group_session_answer();
