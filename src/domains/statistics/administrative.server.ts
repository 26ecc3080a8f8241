/** Figures that institutions bring beside the answers: never an answer, always signed and sourced. */
import { sql } from 'kysely';
import { newId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import type { AdministrativeFigure } from './model.ts';

export interface RecordedFigure extends AdministrativeFigure {
  readonly campaignYear: number;
  readonly territoryCode: string;
}

/** Records figures (one statement); the same figure of the same campaign and territory is replaced. */
export async function recordAdministrativeFigures(db: Db, figures: readonly RecordedFigure[]): Promise<void> {
  if (figures.length === 0) return;
  const rows = figures.map((figure) => ({ id: newId(), ...figure }));
  await sql`insert into statistics.administrative_figure (id, campaign_year, territory_code, figure_id, label, value, unit, data_year, institution, author, recorded_on, source)
    select x.id, x."campaignYear", x."territoryCode", x."figureId", x.label, x.value, x.unit, x."dataYear", x.institution, x.author, x."recordedOn", x.source
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as x(id uuid, "campaignYear" int, "territoryCode" text, "figureId" text, label text, value numeric, unit text, "dataYear" int,
      institution text, author text, "recordedOn" date, source text)
    on conflict on constraint one_administrative_figure do update set label = excluded.label, value = excluded.value, unit = excluded.unit, data_year = excluded.data_year,
      institution = excluded.institution, author = excluded.author, recorded_on = excluded.recorded_on, source = excluded.source`.execute(db);
}

export async function administrativeFigures(db: Db, campaignYear: number, territoryCode: string): Promise<AdministrativeFigure[]> {
  const { rows } = await sql<AdministrativeFigure>`select figure_id as "figureId", label, value, unit, data_year as "dataYear", institution, author, recorded_on as "recordedOn", source
    from statistics.administrative_figure where campaign_year = ${campaignYear} and territory_code = ${territoryCode} order by figure_id`.execute(db);
  return rows;
}
