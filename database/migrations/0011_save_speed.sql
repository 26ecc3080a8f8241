-- What a save costs in the database (see docs/benchmarks.md): the findings function is called at four saves out of ten.
-- In plpgsql, for its plan is then kept; a function in SQL that is not inlined is planned at each call.
create or replace function entry.put_findings(p_response uuid, p_findings jsonb) returns void language plpgsql as $$
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
