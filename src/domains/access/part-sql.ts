/** The part that an account `a` holds today, as JSON (`Part`), or null: for the statements that find out who asks. */
export const PART_OF_ACCOUNT = `(select json_build_object('linkId', l.id, 'structureId', l.structure_id, 'campaignYear', l.campaign_year, 'rubrics', l.rubrics,
    'dataYears', l.data_years, 'keys', l.keys, 'lastDay', l.last_day) from access.active_part l where l.account_id = a.id)`;
