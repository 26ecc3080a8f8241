-- Answers of one structure: a response per campaign, a sheet per data year, and every value's past.
create schema entry;

create table entry.response_transition (from_state text not null, to_state text not null, primary key (from_state, to_state));
insert into entry.response_transition values
  ('not_started', 'in_progress'), ('not_started', 'declined'), ('not_started', 'non_respondent'), ('not_started', 'excluded'),
  ('in_progress', 'submitted'), ('in_progress', 'submitted_by_third_party'), ('in_progress', 'declined'), ('in_progress', 'non_respondent'), ('in_progress', 'excluded'),
  ('submitted', 'in_progress'), ('submitted', 'under_review'), ('submitted', 'declined'), ('submitted', 'excluded'),
  ('submitted_by_third_party', 'submitted'), ('submitted_by_third_party', 'in_progress'), ('submitted_by_third_party', 'declined'), ('submitted_by_third_party', 'excluded'),
  ('under_review', 'correction_requested'), ('under_review', 'validated'), ('under_review', 'declined'), ('under_review', 'excluded'),
  ('correction_requested', 'resubmitted'), ('correction_requested', 'declined'), ('correction_requested', 'excluded'),
  ('resubmitted', 'under_review'), ('resubmitted', 'declined'), ('resubmitted', 'excluded'),
  ('validated', 'under_review'), ('validated', 'frozen'), ('validated', 'excluded'),
  ('declined', 'in_progress'), ('declined', 'excluded'), ('non_respondent', 'in_progress'), ('non_respondent', 'excluded'),
  ('frozen', 'under_review');

create table entry.response (
  id uuid primary key,
  campaign_year int not null references campaign.campaign,
  structure_id uuid not null references registry.structure,
  territory_code text not null,
  structure_kind text not null,
  state text not null default 'not_started',
  -- R59: complete = every visible required question is answered
  completeness text not null default 'none' constraint known_completeness check (completeness in ('none', 'partial', 'complete')),
  -- raised by each accepted save; what a client has seen is compared with it
  revision bigint not null default 0,
  -- kept by the save and the control run, so that a list of 4,000 costs one statement
  required_count int not null default 0,
  answered_count int not null default 0,
  open_hard int not null default 0,
  open_soft int not null default 0,
  open_info int not null default 0,
  notice_read_at timestamptz,
  third_party_requested boolean not null default false,
  updated_at timestamptz,
  submitted_at timestamptz,
  validated_at timestamptz,
  validated_by uuid,
  validated_side text,
  -- of the last transition, copied into entry.state_change
  state_reason text,
  -- who makes the transition of the moment; moved to entry.state_change by the guard
  state_by uuid,
  constraint one_response_per_structure_and_campaign unique (campaign_year, structure_id)
);
create index response_by_territory on entry.response (campaign_year, territory_code);

create function entry.guard_response() returns trigger language plpgsql as $$
begin
  if new.state <> old.state then
    if not exists (select 1 from entry.response_transition t where t.from_state = old.state and t.to_state = new.state) then
      raise exception 'response_transition_not_allowed: % -> %', old.state, new.state using errcode = 'restrict_violation';
    end if;
    insert into entry.state_change (response_id, from_state, to_state, reason, actor_id)
    values (new.id, old.state, new.state, new.state_reason, new.state_by);
    new.state_by := null;
  end if;
  return new;
end $$;

create table entry.state_change (
  id bigint generated always as identity primary key,
  response_id uuid not null references entry.response,
  from_state text not null,
  to_state text not null,
  reason text,
  -- null: the program itself (closing, freeze)
  actor_id uuid,
  at timestamptz not null default now()
);
create index state_change_by_response on entry.state_change (response_id, id);
create trigger state_change_is_append_only before update or delete on entry.state_change for each row execute function platform.refuse_change();
create trigger response_transition_is_allowed before update of state on entry.response for each row execute function entry.guard_response();

-- The present answers of one response for one data year, one document: { question key: Answer } (see docs/decisions/0003-answer-sheet.md).
create table entry.answer_sheet (
  response_id uuid not null references entry.response,
  data_year int not null,
  answers jsonb not null default '{}' constraint answers_are_an_object check (jsonb_typeof(answers) = 'object'),
  -- { question key: source } of the keys whose source is not the sheet's own; author and time of each value are in answer_history
  provenance jsonb not null default '{}',
  source text not null default 'structure' constraint known_sheet_source
    check (source in ('structure', 'caf', 'federation', 'import', 'previous', 'register', 'computed')),
  primary key (response_id, data_year)
) with (fillfactor = 50);
-- A sheet fills about 5 kB and is rewritten at each save: measured, lz4 where the server has it halves the processor time of that (1.4 times a bare insertion, 2.3 with pglz).
do $$ begin
  execute 'alter table entry.answer_sheet alter column answers set compression lz4';
exception when feature_not_supported or undefined_object or invalid_parameter_value then null;
end $$;

-- Every accepted save, for ever. `save_id` is made by the client: a save sent twice finds its first receipt here.
create table entry.answer_history (
  sequence bigint generated always as identity primary key,
  save_id uuid not null constraint one_receipt_per_save unique,
  response_id uuid not null references entry.response,
  data_year int not null,
  -- '*': the whole sheet was loaded at once; its values then are the sheet's, or the `previous` of the first later change
  question_key text not null,
  -- null: the answer was taken back (unanswered)
  answer jsonb,
  previous jsonb,
  author_id uuid references access.account,
  source text not null constraint known_answer_source
    check (source in ('structure', 'caf', 'federation', 'import', 'previous', 'register', 'computed')),
  revision bigint not null,
  at timestamptz not null default now()
);
create index history_by_response on entry.answer_history (response_id, data_year, question_key, sequence desc);
create trigger answer_history_is_append_only before update or delete on entry.answer_history for each row execute function platform.refuse_change();

-- R51: what the Caf or the federation entered is reviewed by the structure, value by value.
create table entry.on_behalf_review (
  response_id uuid not null references entry.response,
  data_year int not null,
  question_key text not null,
  -- sequence of the on-behalf save that was reviewed
  reviewed_sequence bigint not null,
  verdict text not null constraint known_verdict check (verdict in ('accepted', 'contested')),
  comment text,
  reviewed_by uuid not null references access.account,
  reviewed_at timestamptz not null default now(),
  primary key (response_id, data_year, question_key, reviewed_sequence)
);

-- A rule that is false for a response. Raised and closed by evaluation; what people did of it is kept while value and N-1 are unchanged.
create table entry.finding (
  response_id uuid not null references entry.response,
  data_year int not null,
  rule_id text not null,
  -- question key for rules that give one finding per question or value, else ''
  subject text not null default '',
  severity text not null constraint known_severity check (severity in ('hard', 'soft', 'info')),
  state text not null default 'raised'
    constraint known_finding_state check (state in ('raised', 'justified', 'corrected', 'confirmed_by_structure', 'waived_by_correspondent', 'closed')),
  -- hash of the values that the rule read (present and N-1): another fingerprint reopens it
  fingerprint text not null,
  justification text,
  decided_by uuid,
  decided_at timestamptz,
  raised_at timestamptz not null default now(),
  primary key (response_id, data_year, rule_id, subject),
  constraint justified_finding_says_why check (state <> 'justified' or length(trim(justification)) > 0)
);
create index open_findings on entry.finding (response_id) where state = 'raised';

/*
 * The write of a save: one statement, hence one commit. Null when the response's revision is no longer the one that was judged:
 * the caller loads and judges again. Otherwise { revision, at, sequences: { save id: sequence } }.
 */
create function entry.record_save(
  p_response uuid, p_revision bigint, p_year int, p_author uuid, p_source text,
  -- [{ save, key, answer, previous }]
  p_items jsonb,
  -- answers set and keys taken back
  p_set jsonb, p_removed text,
  -- null: unchanged
  p_provenance jsonb,
  p_starts boolean, p_required int, p_answered int, p_completeness text, p_hard int, p_soft int, p_info int,
  -- [{ year, rule, subject, severity, fingerprint, state, justification }], null: none changed
  p_findings jsonb
) returns json language plpgsql as $$
declare
  sequences json;
begin
  if p_starts then
    update entry.response set revision = revision + 1, updated_at = now(), required_count = p_required, answered_count = p_answered,
      completeness = p_completeness, open_hard = p_hard, open_soft = p_soft, open_info = p_info,
      state = 'in_progress', state_by = p_author, state_reason = null
      where id = p_response and revision = p_revision and state = 'not_started';
  else
    update entry.response set revision = revision + 1, updated_at = now(), required_count = p_required, answered_count = p_answered,
      completeness = p_completeness, open_hard = p_hard, open_soft = p_soft, open_info = p_info
      where id = p_response and revision = p_revision;
  end if;
  if not found then return null; end if;

  update entry.answer_sheet set answers = (answers - string_to_array(p_removed, ',')) || p_set, provenance = coalesce(p_provenance, provenance)
    where response_id = p_response and data_year = p_year;
  if not found then
    insert into entry.answer_sheet (response_id, data_year, answers, provenance) values (p_response, p_year, p_set, coalesce(p_provenance, '{}'));
  end if;

  with written as (
    insert into entry.answer_history (save_id, response_id, data_year, question_key, answer, previous, author_id, source, revision)
      select (i ->> 'save')::uuid, p_response, p_year, i ->> 'key', i -> 'answer', i -> 'previous', p_author, p_source, p_revision + 1
      from jsonb_array_elements(p_items) i
      returning save_id, sequence)
  select json_object_agg(save_id, sequence) into sequences from written;

  if p_findings is not null then perform entry.put_findings(p_response, p_findings); end if;
  return json_build_object('revision', p_revision + 1, 'at', now(), 'sequences', sequences);
end $$;

-- Writes the new state of findings of one response, [{ year, rule, subject, severity, fingerprint, state, justification }].
-- In plpgsql, for its plan is then kept: it is called at four saves out of ten (docs/benchmarks.md).
create function entry.put_findings(p_response uuid, p_findings jsonb) returns void language plpgsql as $$
begin
  insert into entry.finding (response_id, data_year, rule_id, subject, severity, fingerprint, state, justification)
    select p_response, f.year, f.rule, f.subject, f.severity, f.fingerprint, f.state, f.justification
    from jsonb_to_recordset(p_findings) as f(year int, rule text, subject text, severity text, fingerprint text, state text, justification text)
  on conflict (response_id, data_year, rule_id, subject) do update set severity = excluded.severity, fingerprint = excluded.fingerprint,
    state = excluded.state, justification = coalesce(excluded.justification, entry.finding.justification),
    raised_at = case when excluded.state = 'raised' and entry.finding.state <> 'raised' then now() else entry.finding.raised_at end,
    decided_by = case when excluded.state = 'raised' then null else entry.finding.decided_by end,
    decided_at = case when excluded.state = 'raised' then null else entry.finding.decided_at end;
end $$;
