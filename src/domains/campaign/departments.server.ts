/** The territories in which a campaign is held, in their latest geographic code. */
import { sql } from 'kysely';

/** Level at which correspondents are mandated and signatures given. */
export const COLLECTION_LEVEL = 'department';

/** A table expression: code, name, ancestors. */
export const DEPARTMENTS = sql`(select distinct on (code) code, name, ancestors, population from registry.territory
  where level = ${sql.lit(COLLECTION_LEVEL)} order by code, geography_year desc)`;
