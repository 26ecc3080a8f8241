-- A save writes the answers that change, not the whole document of 5 to 10 kB (measured: three quarters of what it cost here).

-- How sheets are kept: `answers` as of the last folding, and over it the answers given since. Every reader looks at the view entry.answer_sheet.
alter table entry.answer_sheet rename to stored_sheet;
alter table entry.stored_sheet add column recent jsonb not null default '{}';
create view entry.answer_sheet as
  select response_id, data_year, case when recent = '{}' then answers else answers || recent end as answers, provenance, source from entry.stored_sheet;

-- Room in the pages for the next version of a row: counters change at each save, and no index has to follow.
alter table entry.response set (fillfactor = 70);

-- A mandate that counts today.
create view access.active_mandate as
  select * from access.mandate where state = 'active' and valid_from <= current_date and (valid_to is null or valid_to > current_date);

/*
 * The write of a save, whole or not at all. Null when what was judged no longer stands: the response's revision, or what `p_witness` names, that is
 * the session, the role in the structure and the phase of the territory ({ token, role, phase }; null: read just now); or when the save was kept as a
 * conflict. The caller then loads and judges again. Otherwise { revision, at, sequences: { save id: sequence } }.
 */
drop function entry.record_save;
create function entry.record_save(
  p_response uuid, p_revision bigint, p_year int, p_author uuid, p_source text, p_witness jsonb,
  -- [{ save, key, answer, previous }]
  p_items jsonb,
  -- answers set, and keys taken back (null: none)
  p_set jsonb, p_removed text[],
  -- null: unchanged
  p_provenance jsonb,
  p_starts boolean, p_required int, p_answered int, p_completeness text, p_hard int, p_soft int, p_info int,
  -- [{ year, rule, subject, severity, fingerprint, state, justification }], null: none changed
  p_findings jsonb
) returns json language plpgsql as $$
declare
  -- bytes of recent answers that a row carries before they are folded into the document: it stays in its page, out of the large values
  most_recent constant int := 1200;
  sequences json;
begin
  if p_witness is not null and not exists (
      select from entry.response r
      join campaign.territory_phase p on p.campaign_year = r.campaign_year and p.territory_code = r.territory_code
      join access.active_mandate m on m.structure_id = r.structure_id and m.account_id = p_author
      join access.account a on a.id = m.account_id
      join access.session s on s.account_id = a.id
      where r.id = p_response and p.state = p_witness ->> 'phase' and m.role = p_witness ->> 'role' and a.closed_at is null
        and s.token_hash = p_witness ->> 'token' and s.expires_at > now())
    -- kept as a conflict (0017): never written, however often it comes
    or exists (select from entry.answer_conflict k where k.save_id in (select (i ->> 'save')::uuid from jsonb_array_elements(p_items) i)) then
    return null;
  end if;

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

  update entry.stored_sheet set recent = recent || p_set, provenance = coalesce(p_provenance, provenance)
    where response_id = p_response and data_year = p_year and p_removed is null and pg_column_size(recent) + pg_column_size(p_set) <= most_recent;
  if not found then
    insert into entry.stored_sheet as s (response_id, data_year, answers, provenance) values (p_response, p_year, p_set, coalesce(p_provenance, '{}'))
      on conflict (response_id, data_year) do update set answers = (s.answers || s.recent || excluded.answers) - coalesce(p_removed, '{}'), recent = '{}',
        provenance = coalesce(p_provenance, s.provenance);
  end if;

  with written as (
    insert into entry.answer_history (save_id, response_id, data_year, question_key, answer, previous, author_id, source, revision)
      select i.save, p_response, p_year, i.key, i.answer, i.previous, p_author, p_source, p_revision + 1
      from jsonb_to_recordset(p_items) as i(save uuid, key text, answer jsonb, previous jsonb)
      returning save_id, sequence)
  select json_object_agg(save_id, sequence) into sequences from written;

  if p_findings is not null then perform entry.put_findings(p_response, p_findings); end if;
  return json_build_object('revision', p_revision + 1, 'at', now(), 'sequences', sequences);
end $$;
