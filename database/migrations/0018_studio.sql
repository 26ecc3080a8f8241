-- The studio: who changed what in a draft, append-only; proposals from the field; content moves only in a draft.
create table questionnaire.change (
  id bigint generated always as identity primary key,
  year int not null references questionnaire.version,
  at timestamptz not null default now(),
  -- null: a command of the operator (import from a folder)
  made_by uuid references access.account,
  -- gesture of operations.ts, or 'start', 'import', 'propose', 'validate', 'reopen', 'propose_module', 'validate_module', 'return_module'
  act text not null,
  subject_kind text not null constraint known_subject check (subject_kind in ('version', 'question', 'rule', 'module', 'rubric')),
  subject text not null,
  -- local modules that the gesture touches: their committee looks again
  local_modules text[] not null default '{}',
  before jsonb,
  after jsonb,
  note text
);
create index change_by_year on questionnaire.change (year, id desc);
create trigger change_is_kept before update or delete on questionnaire.change for each row execute function platform.refuse_change();

-- R27: what people of the field ask to change, and what became of it.
create table questionnaire.proposal (
  id uuid primary key,
  made_by uuid not null references access.account,
  made_at timestamptz not null default now(),
  -- where it comes from, in words: a structure or a territory
  origin text not null,
  -- the version that the person had before the eyes, and the question, when it is about one
  year int references questionnaire.version,
  question_key text,
  wish text not null constraint proposal_says_something check (length(wish) between 1 and 2000),
  state text not null default 'open' constraint known_proposal_state check (state in ('open', 'kept', 'declined')),
  answer text,
  answered_by uuid references access.account,
  answered_at timestamptz,
  constraint answered_proposal_has_an_answer check ((state = 'open') = (answer is null) and (answer is null) = (answered_at is null))
);
create index open_proposals on questionnaire.proposal (made_at) where state = 'open';
create index proposal_by_author on questionnaire.proposal (made_by, made_at desc);

create or replace function questionnaire.guard_version() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state in ('in_use', 'closed') then
      raise exception 'version_in_use_is_immutable: version % is in use', old.year using errcode = 'restrict_violation';
    end if;
    return old;
  end if;
  if new.state <> old.state and not exists (
    select 1 from questionnaire.version_transition t where t.from_state = old.state and t.to_state = new.state) then
    raise exception 'version_transition_not_allowed: % -> %', old.state, new.state using errcode = 'restrict_violation';
  end if;
  if new.content is distinct from old.content or new.content_hash <> old.content_hash then
    if old.state in ('in_use', 'closed') then
      raise exception 'version_in_use_is_immutable: version % is in use', old.year using errcode = 'restrict_violation';
    end if;
    if new.state <> 'draft' then
      raise exception 'version_changes_in_draft_only: version % is %', old.year, new.state using errcode = 'restrict_violation';
    end if;
  end if;
  return new;
end $$;
