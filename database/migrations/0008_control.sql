-- Coherence control by people: correction requests, replies, disputed values, validation. What the rules found is in entry.finding.
create schema control;

create table control.correction_request (
  id uuid primary key,
  response_id uuid not null references entry.response,
  side text not null constraint known_request_side check (side in ('caf', 'federation')),
  author_id uuid not null references access.account,
  message text not null,
  state text not null default 'open' constraint known_request_state check (state in ('open', 'answered', 'closed')),
  created_at timestamptz not null default now(),
  answered_at timestamptz,
  closed_at timestamptz
);
create table control.correction_point (
  request_id uuid not null references control.correction_request,
  data_year int not null,
  question_key text not null,
  question text,
  value_then jsonb,
  reply text not null default 'pending' constraint known_point_reply check (reply in ('pending', 'corrected', 'confirmed', 'contested')),
  reply_message text,
  replied_by uuid,
  replied_at timestamptz,
  primary key (request_id, data_year, question_key)
);
-- Messages under a request: the dialogue aims at agreement.
create table control.message (
  id uuid primary key,
  request_id uuid not null references control.correction_request,
  author_id uuid not null references access.account,
  body text not null,
  at timestamptz not null default now()
);
-- A value on which no agreement was found: it stays as declared, out of that question's base (D13).
create table control.disputed_value (
  response_id uuid not null references entry.response,
  data_year int not null,
  question_key text not null,
  reason text not null,
  declared_by uuid not null references access.account,
  declared_at timestamptz not null default now(),
  primary key (response_id, data_year, question_key)
);
create table control.validation (
  id uuid primary key,
  response_id uuid not null references entry.response,
  side text not null constraint known_validation_side check (side in ('caf', 'federation')),
  account_id uuid not null references access.account,
  validated_at timestamptz not null default now(),
  -- the other side may object within the campaign's delay
  objected_by uuid,
  objected_at timestamptz,
  objection text
);
create index validation_by_response on control.validation (response_id, validated_at desc);

-- Leaving a response out takes both sides: the first vote proposes, the second decides.
create table control.exclusion_vote (
  response_id uuid not null references entry.response,
  side text not null constraint known_exclusion_side check (side in ('caf', 'federation')),
  account_id uuid not null references access.account,
  reason text not null constraint exclusion_has_a_reason check (length(trim(reason)) > 0),
  voted_at timestamptz not null default now(),
  primary key (response_id, side)
);
-- Why a correspondent set a finding aside.
create table control.finding_waiver (
  response_id uuid not null references entry.response,
  data_year int not null,
  rule_id text not null,
  subject text not null default '',
  reason text not null,
  account_id uuid not null references access.account,
  waived_at timestamptz not null default now(),
  primary key (response_id, data_year, rule_id, subject)
);
create index request_by_response on control.correction_request (response_id, created_at);
