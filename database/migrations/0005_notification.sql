-- What is sent to whom, queued in the transaction of its cause.
create schema notification;
create table notification.message (
  id uuid primary key,
  recipient_id uuid references access.account,
  recipient_email text not null,
  subject text not null,
  body text not null,
  -- what it is about: 'correction_request', 'validation', …
  topic text not null,
  structure_id uuid references registry.structure,
  campaign_year int,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  attempts int not null default 0,
  -- one sender at a time: while this is in the future the message belongs to the process that claimed it, or waits for its next attempt
  claimed_until timestamptz,
  last_error text,
  read_at timestamptz
);
create index message_waiting on notification.message (created_at) where sent_at is null;
create index message_by_recipient on notification.message (recipient_id, created_at desc);
