-- Questionnaire versions: content is data, checked in code, immutable once in use; an erratum touches words only.
create schema questionnaire;

create table questionnaire.version (
  year int primary key,
  state text not null default 'draft'
    constraint known_version_state check (state in ('draft', 'proposed', 'validated', 'in_use', 'closed')),
  content jsonb not null,
  content_hash text not null,
  loaded_at timestamptz not null default now()
);

create table questionnaire.version_transition (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into questionnaire.version_transition values
  ('draft', 'proposed'), ('proposed', 'draft'), ('proposed', 'validated'), ('validated', 'draft'), ('validated', 'in_use'), ('in_use', 'closed');

create table questionnaire.erratum (
  id uuid primary key,
  year int not null references questionnaire.version,
  question_key text,
  rule_id text,
  field text not null constraint erratum_touches_words_only check (field in ('label', 'help', 'message', 'option_label', 'row_label', 'column_label', 'note')),
  item_code text,
  old_text text not null,
  new_text text not null,
  reason text not null,
  made_by uuid,
  made_at timestamptz not null default now()
);
create trigger erratum_is_kept before update or delete on questionnaire.erratum for each row execute function platform.refuse_change();

create function questionnaire.guard_version() returns trigger language plpgsql as $$
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
  if old.state in ('in_use', 'closed') and (new.content is distinct from old.content or new.content_hash <> old.content_hash) then
    raise exception 'version_in_use_is_immutable: version % is in use', old.year using errcode = 'restrict_violation';
  end if;
  return new;
end $$;
create trigger version_is_guarded before update or delete on questionnaire.version
  for each row execute function questionnaire.guard_version();
