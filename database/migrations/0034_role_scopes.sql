-- A role is held over what it is for, and nothing else: a national role is never given over a département (src/domains/access/scopes.ts).
create function access.role_has_scope(role text, structure_id uuid, territory_code text, managing_body_id uuid) returns boolean language sql immutable as $$
  select coalesce(case
    when role in ('director', 'contributor') then structure_id is not null
    when role = 'managing_body_agent' then managing_body_id is not null
    when role in ('technical_committee', 'statistician', 'project_office') then territory_code = 'FR'
    when role in ('caf_correspondent', 'federation_correspondent', 'regional_representative') then territory_code <> 'FR'
    else territory_code is not null end, false)
$$;
-- What was given otherwise before was decided by nobody: it ends here, and stays in the history.
update access.mandate set state = 'revoked', valid_to = coalesce(valid_to, current_date)
  where state <> 'revoked' and not access.role_has_scope(role, structure_id, territory_code, managing_body_id);
alter table access.mandate add constraint role_has_its_scope check (state = 'revoked' or access.role_has_scope(role, structure_id, territory_code, managing_body_id));
alter table access.mandate drop constraint agent_is_of_a_managing_body;
