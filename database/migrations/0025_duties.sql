-- R37: one person in charge and one substitute per structure; accounts are invited by letter, a lost mailbox is recovered (docs/guides/hands.md).
alter table access.mandate add column duty text constraint known_duty check (duty in ('in_charge', 'substitute'));
alter table access.mandate add constraint duty_is_of_a_direction check (duty is null or (role = 'director' and structure_id is not null));
create unique index one_hand_per_duty on access.mandate (structure_id, duty) where duty is not null and state = 'active' and valid_to is null;
create or replace view access.active_mandate as
  select * from access.mandate where state = 'active' and valid_from <= current_date and (valid_to is null or valid_to > current_date);

-- A letter that lets its reader choose a password: once, within some days.
create table access.account_invitation (
  id uuid primary key,
  -- SHA-256 of the letter's token
  token_hash text not null constraint one_invitation_per_token unique,
  account_id uuid not null references access.account,
  invited_by uuid not null references access.account,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- a later letter to the same account ends it
  replaced_at timestamptz
);
create unique index one_open_invitation_per_account on access.account_invitation (account_id) where used_at is null and replaced_at is null;

-- The last line of a letter that opens something by itself: kept until it has left, never shown in the application.
alter table notification.message add column secret text constraint secret_leaves_with_its_letter check (secret is null or sent_at is null);
