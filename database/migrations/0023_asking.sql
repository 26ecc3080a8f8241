-- Questions that a centre asks about a question of the form (R42), what the technical committee says for everyone (R53), and how long others took: docs/guides/asking.md, docs/guides/entry.md.

-- A precision of the technical committee, shown beside the help. Written once; a better one replaces it.
create table questionnaire.interpretation (
  id uuid primary key,
  year int not null references questionnaire.version,
  question_key text not null,
  asked text not null constraint interpretation_names_its_question check (length(trim(asked)) between 1 and 2000),
  answer text not null constraint interpretation_says_something check (length(trim(answer)) between 1 and 2000),
  -- the help as it stood: a later version with other words has taken the precision in
  help_then text not null,
  published_by uuid not null references access.account,
  published_at timestamptz not null default now(),
  replaces uuid constraint replaced_once unique references questionnaire.interpretation
);
create index interpretation_by_question on questionnaire.interpretation (year, question_key);
create trigger interpretation_is_kept before update or delete on questionnaire.interpretation for each row execute function platform.refuse_change();

create table entry.inquiry_step (from_state text not null, act text not null, to_state text not null, primary key (from_state, act));
insert into entry.inquiry_step values
  ('new', 'ask', 'open'),
  ('open', 'ask', 'open'), ('open', 'answer', 'answered'), ('open', 'relay', 'relayed'),
  ('answered', 'ask', 'open'), ('answered', 'answer', 'answered'), ('answered', 'relay', 'relayed'),
  ('relayed', 'interpret', 'interpreted'), ('relayed', 'reply', 'answered'),
  ('interpreted', 'ask', 'open');

create table entry.inquiry (
  id uuid primary key,
  response_id uuid not null references entry.response,
  data_year int not null,
  question_key text not null,
  -- { code, label, help }: the words that the person had before the eyes
  quoted jsonb not null,
  aim text not null constraint known_aim check (aim in ('correspondents', 'interpretation')),
  -- moved by the messages only
  state text not null default 'new' constraint known_inquiry_state check (state in ('new', 'open', 'answered', 'relayed', 'interpreted')),
  asked_at timestamptz not null default now()
);
create index inquiry_by_response on entry.inquiry (response_id, asked_at);
create index inquiry_relayed on entry.inquiry (asked_at) where state = 'relayed';

create table entry.inquiry_message (
  id bigint generated always as identity primary key,
  inquiry_id uuid not null references entry.inquiry,
  act text not null,
  author_id uuid not null references access.account,
  spoken_for text not null constraint known_voice check (spoken_for in ('structure', 'caf', 'federation', 'technical_committee')),
  body text not null constraint message_says_something check (length(trim(body)) between 1 and 2000),
  interpretation_id uuid references questionnaire.interpretation,
  at timestamptz not null default now(),
  constraint each_voice_has_its_acts check (case spoken_for when 'structure' then act = 'ask' when 'technical_committee' then act in ('interpret', 'reply') else act in ('answer', 'relay') end),
  constraint interpreted_means_published check ((act = 'interpret') = (interpretation_id is not null))
);
create index inquiry_message_by_inquiry on entry.inquiry_message (inquiry_id, id);
create trigger inquiry_message_is_kept before update or delete on entry.inquiry_message for each row execute function platform.refuse_change();

-- A message moves its inquiry by the table of steps, or is refused.
create function entry.follow_inquiry_step() returns trigger language plpgsql as $$
declare
  present text;
  next text;
begin
  select state into present from entry.inquiry where id = new.inquiry_id for update;
  select to_state into next from entry.inquiry_step where from_state = present and act = new.act;
  if next is null then
    raise exception 'inquiry_step_not_allowed: % in %', new.act, present using errcode = 'restrict_violation';
  end if;
  update entry.inquiry set state = next where id = new.inquiry_id and state <> next;
  return new;
end $$;
create trigger inquiry_step_is_allowed before insert on entry.inquiry_message for each row execute function entry.follow_inquiry_step();

-- An inquiry itself keeps its words: only its state moves, along a step.
create function entry.guard_inquiry() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'state') <> (to_jsonb(old) - 'state')
    or not exists (select 1 from entry.inquiry_step where from_state = old.state and to_state = new.state) then
    raise exception 'inquiry_is_kept: its words stay, its state follows its messages' using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger inquiry_is_kept before update or delete on entry.inquiry for each row execute function entry.guard_inquiry();

-- How long others took for a rubric: a median over at least five structures of one kind, made by `refreshRubricTimes` from the instants of saves, never from values.
create table entry.rubric_time (
  campaign_year int not null references campaign.campaign,
  structure_kind text not null,
  -- campaign year less data year: 1 for the main one
  years_before int not null,
  rubric text not null,
  structures int not null constraint never_fewer_than_five check (structures >= 5),
  median_seconds int not null constraint time_passes check (median_seconds > 0),
  computed_at timestamptz not null default now(),
  primary key (campaign_year, structure_kind, years_before, rubric)
);
