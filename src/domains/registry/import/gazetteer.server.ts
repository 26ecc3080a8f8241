/** The gazetteer of the geographic code in force, as files of the register ask it. */
import { sql } from 'kysely';
import type { TerritoryCode } from '../../../kernel/territory-code.ts';
import type { Db } from '../../../platform/database.server.ts';
import { gazetteer, type Gazetteer, type Place } from './gazetteer.ts';

/** Communes, départements and former communes; `nameOf` gives the name of a commune's code. */
export async function loadGazetteer(db: Db): Promise<{ readonly gazetteer: Gazetteer; readonly nameOf: (code: string) => string }> {
  const { rows: communes } = await sql<Place>`
    select t.code, t.name, d.code as "departmentCode" from registry.territory t
    -- whatever stands between them: another observatory may have more levels, or fewer
    cross join lateral unnest(t.ancestors) as a (code)
    join registry.territory d on d.level = 'department' and d.geography_year = t.geography_year and d.code = a.code
    where t.level = 'commune' and t.geography_year = (select max(geography_year) from registry.territory where level = 'commune')`.execute(db);
  const { rows: departments } = await sql<{ code: TerritoryCode; name: string }>`select code, name from registry.current_territory where level = 'department'`.execute(db);
  const { rows: former } = await sql<{ code: string; label: string; territoryCode: string }>`
    select code, label, territory_code as "territoryCode" from registry.zone where zoning_code = 'COM' and zoning_year = (select max(year) from registry.zoning where code = 'COM')`.execute(db);
  const names = new Map(communes.map((c) => [c.code as string, c.name]));
  return { gazetteer: gazetteer(communes, departments, former), nameOf: (code) => names.get(code) ?? code };
}
