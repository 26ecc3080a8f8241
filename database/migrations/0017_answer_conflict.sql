-- An answer given to a question that had moved meanwhile to another value: kept beside the one that stands until a person chooses.
create table entry.answer_conflict (
  -- the client's identifier of the save that was not written; it never will be
  save_id uuid primary key,
  response_id uuid not null references entry.response,
  data_year int not null,
  question_key text not null,
  -- null: the answer was taken back
  answer jsonb,
  author_id uuid references access.account,
  at timestamptz not null default now(),
  -- the save by which somebody who was shown both values chose
  settled_by uuid,
  settled_at timestamptz,
  constraint settled_by_and_at_go_together check ((settled_by is null) = (settled_at is null))
);
create index open_conflicts on entry.answer_conflict (response_id) where settled_by is null;
