-- Attempts to sign in, for the quarter of an hour during which they count. The address typed is kept as a hash: it may be a password typed in the wrong field.
create table access.sign_in_attempt (
  id bigint generated always as identity primary key,
  address_hash text not null,
  at timestamptz not null default now()
);
create index sign_in_attempt_by_address on access.sign_in_attempt (address_hash, at);
create index sign_in_attempt_by_time on access.sign_in_attempt (at);
