-- Where a structure places its accounts, analytic codes, jobs and columns, kept for next year. No label, no amount, nothing of a file:
-- accounts by their digits, all else by a fingerprint from which no word can be read.
create schema proposal;

create table proposal.kept_choice (
  structure_id uuid not null references registry.structure,
  kind text not null constraint known_kept_kind check (kind in ('account', 'expense', 'analytic', 'job', 'column')),
  source text not null,
  -- code of a row of the question, or of a field of the list; '': left out on purpose
  target text not null constraint target_is_a_code check (target ~ '^[a-zA-Z0-9_]{0,40}$'),
  chosen_by uuid not null references access.account,
  chosen_at timestamptz not null default now(),
  primary key (structure_id, kind, source),
  constraint source_holds_no_word check (case when kind in ('account', 'expense') then source ~ '^[67][0-9]{0,19}$' else source ~ '^[0-9a-f]{16}$' end)
);
