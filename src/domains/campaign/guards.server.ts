/** What must hold before a campaign enters a state: each lack is one sentence that says what to do. An empty list opens the door. */
import { sql } from 'kysely';
import type { Db } from '../../platform/database.server.ts';
import { DEPARTMENTS } from './departments.server.ts';
import type { Campaign, CampaignState } from './model.ts';

export interface StaffedTerritory {
  readonly code: string;
  readonly name: string;
  readonly caf: boolean;
  readonly federation: boolean;
  readonly waiver: string | null;
}

/** Surveyed territories with the sides that have a correspondent today. */
export async function staffing(db: Db, year: number): Promise<StaffedTerritory[]> {
  const { rows } = await sql<StaffedTerritory>`
    select d.code, d.name, coalesce(bool_or(m.role = 'caf_correspondent'), false) as caf,
      coalesce(bool_or(m.role = 'federation_correspondent'), false) as federation, t.waiver_reason as waiver
    from campaign.territory_phase t join ${DEPARTMENTS} d on d.code = t.territory_code
    left join access.mandate m on m.territory_code = any (d.ancestors) and m.role in ('caf_correspondent', 'federation_correspondent') and m.state = 'active'
      and m.valid_from <= current_date and (m.valid_to is null or m.valid_to > current_date)
    where t.campaign_year = ${year}
      and exists (select 1 from campaign.coverage c where c.campaign_year = t.campaign_year and c.territory_code = t.territory_code and c.status = 'surveyed')
    group by d.code, d.name, t.waiver_reason order by d.code`.execute(db);
  return rows;
}

export async function missingBefore(db: Db, campaign: Campaign, to: CampaignState): Promise<string[]> {
  switch (to) {
    case 'questionnaire_validated':
      return lackingQuestionnaire(db, campaign);
    case 'open':
      return campaign.state === 'closing' ? [] : [...(await lackingQuestionnaire(db, campaign)), ...(await lackingPeople(db, campaign)), ...lackingDates(campaign)];
    case 'frozen':
      return lackingFreeze(db, campaign, ['frozen', 'analysis', 'publication'], 'attend encore les deux signatures', 'attendent encore les deux signatures');
    case 'analysis':
      return lackingOne(db, campaign, ['analysis', 'publication'], 'Aucune version gelée des réponses n’a été faite : créez-en une pour la nation ou pour un territoire.');
    case 'publication':
      return lackingOne(db, campaign, ['publication'], 'Aucun territoire n’est publié : il faut au moins une plaquette validée par son comité, ou la page d’un territoire.');
    case 'archived':
      return lackingFreeze(db, campaign, ['analysis', 'publication'], 'n’a pas terminé son analyse', 'n’ont pas terminé leur analyse');
    default:
      return [];
  }
}

async function lackingQuestionnaire(db: Db, campaign: Campaign): Promise<string[]> {
  const { rows } = await sql<{ state: string }>`select state from questionnaire.version where year = ${campaign.questionnaireYear}`.execute(db);
  return ['validated', 'in_use'].includes(rows[0]?.state ?? '')
    ? []
    : [`Le questionnaire ${campaign.questionnaireYear} n’est pas validé par le comité de pilotage national : enregistrez sa validation.`];
}

const lackingDates = (campaign: Campaign): string[] => (campaign.closesOn ? [] : ['La date de fin de saisie n’est pas fixée : indiquez-la.']);

async function lackingPeople(db: Db, campaign: Campaign): Promise<string[]> {
  const territories = await staffing(db, campaign.year);
  if (territories.length === 0) return ['Aucun territoire n’est enquêté : dites lesquels dans la couverture.'];
  return territories.flatMap((t) => {
    if (t.waiver || (t.caf && t.federation)) return [];
    const side = t.caf ? 'fédéral' : t.federation ? 'Caf' : undefined;
    return [`${t.name} (${t.code}) n’a pas de correspondant ${side ?? 'Caf ni fédéral'} : faites-le mandater, ou accordez une dispense avec son motif.`];
  });
}

async function lackingFreeze(db: Db, campaign: Campaign, done: readonly string[], one: string, many: string): Promise<string[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    select d.code, d.name from campaign.territory_phase t join ${DEPARTMENTS} d on d.code = t.territory_code
    where t.campaign_year = ${campaign.year} and t.state not in (select jsonb_array_elements_text(${JSON.stringify(done)}::jsonb))
      and exists (select 1 from campaign.coverage c where c.campaign_year = t.campaign_year and c.territory_code = t.territory_code and c.status = 'surveyed')
    order by d.code`.execute(db);
  if (rows.length <= 3) return rows.map((row) => `${row.name} (${row.code}) ${one}.`);
  return [`${rows.length} territoires ${many} : ${rows.slice(0, 5).map((row) => row.name).join(', ')}${rows.length > 5 ? '…' : '.'}`];
}

async function lackingOne(db: Db, campaign: Campaign, done: readonly string[], sentence: string): Promise<string[]> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from campaign.territory_phase
    where campaign_year = ${campaign.year} and state in (select jsonb_array_elements_text(${JSON.stringify(done)}::jsonb))`.execute(db);
  return rows[0]!.n > 0 ? [] : [sentence];
}
