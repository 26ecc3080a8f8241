-- A role is held over what it is for, and nothing else: a national role is never given over a département (src/domains/access/scopes.ts).
alter table access.mandate add constraint role_has_its_scope check (case
  when role in ('director', 'contributor') then structure_id is not null
  when role = 'managing_body_agent' then managing_body_id is not null
  when role in ('technical_committee', 'statistician', 'project_office') then coalesce(territory_code = 'FR', false)
  when role in ('caf_correspondent', 'federation_correspondent', 'regional_representative') then coalesce(territory_code <> 'FR', false)
  else territory_code is not null end);
alter table access.mandate drop constraint agent_is_of_a_managing_body;
