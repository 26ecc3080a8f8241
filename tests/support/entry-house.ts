/** A house with one structure being answered (an espace de vie sociale, or a centre social, run by an association), an answered campaign behind it, and two people of it, for journeys of the entry. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { acceptCharter, createAccount } from '../../src/domains/access/index.server.ts';
import { openCampaignOf } from '../../src/domains/entry/fixtures/open-campaign.ts';
import { sampleAnswers } from '../../src/domains/questionnaire/fixtures/sample.ts';
import type { CompiledVersion } from '../../src/domains/questionnaire/index.ts';
import { managingBody } from '../../src/domains/registry/index.server.ts';
import { newId } from '../../src/kernel/identifier.ts';
import { openPglite } from '../../src/platform/database.server.ts';
import { markInstallation } from '../../src/platform/installation.server.ts';
import { migrate, readMigrations } from '../../src/platform/migrate.server.ts';
import { projectPath } from '../../src/platform/project-root.server.ts';
import { temporaryFolder } from './program.ts';

export const PASSWORD = 'un long mot de passe';
export interface EntryHouse {
  readonly folder: string;
  readonly responseId: string;
  readonly compiled: CompiledVersion;
  readonly kind: 'EVS' | 'CS';
  /** Département of the structure. */
  readonly territory: string;
  /** Director and contributor of the structure. */
  readonly director: { readonly email: string; readonly password: string };
  readonly treasurer: { readonly email: string; readonly password: string };
  /** Correspondent of the Caf over the EVS. */
  readonly caf: { readonly email: string; readonly password: string };
  /** Director of another structure. */
  readonly stranger: { readonly email: string; readonly password: string };
}

export async function entryHouse(kind: 'EVS' | 'CS' = 'EVS'): Promise<EntryHouse> {
  const folder = `${temporaryFolder()}/data`;
  mkdirSync(path.join(folder, 'database'), { recursive: true });
  const database = await openPglite(path.join(folder, 'database'));
  try {
    const { db } = database;
    await migrate(database, await readMigrations(projectPath('database', 'migrations')));
    await markInstallation(db, false);
    const world = await openCampaignOf(db);
    const [structure, responseId, territory] = kind === 'EVS' ? [world.evs, world.evsResponse, '59'] : [world.centres[0]!, world.responses[0]!, '62'];
    const body = await managingBody(db, { name: 'Association des Deux Rives', siren: null, communeCode: `C${territory}041` });
    await sql`update registry.structure_version set managing_body_id = ${body} where structure_id = ${structure}`.execute(db);
    await sql`update questionnaire.version set state = 'in_use' where year = 2026`.execute(db);
    await sql`update entry.response set notice_read_at = now()`.execute(db);
    // The year before, so that N-1 shows.
    await sql`insert into questionnaire.version (year, state, content, content_hash) select 2025, 'closed', content, content_hash from questionnaire.version where year = 2026`.execute(db);
    await sql`insert into campaign.campaign (year, state, questionnaire_year) values (2025, 'archived', 2025)`.execute(db);
    const before = newId();
    await sql`insert into entry.response (id, campaign_year, structure_id, territory_code, structure_kind, state) values (${before}, 2025, ${structure}, ${territory}, ${kind}, 'frozen')`.execute(db);
    await sql`insert into entry.stored_sheet (response_id, data_year, answers) values (${before}, 2024, ${JSON.stringify(sampleAnswers)}::jsonb)`.execute(db);
    const person = async (email: string, displayName: string, role: 'director' | 'contributor', structureId: typeof world.evs) => {
      await acceptCharter(db, await createAccount(db, { email, displayName, password: PASSWORD, mandate: { role, structureId } }));
      return { email, password: PASSWORD };
    };
    await acceptCharter(db, await createAccount(db, { email: 'caf59@exemple.fr', displayName: 'Correspondance Caf', password: PASSWORD, mandate: { role: 'caf_correspondent', territoryCode: '59' } }));
    return {
      folder, responseId, compiled: world.compiled, kind, territory,
      director: await person('direction@exemple.fr', 'Claire Durand', 'director', structure),
      treasurer: await person('tresoriere@exemple.fr', 'Inès Moreau', 'contributor', structure),
      caf: { email: 'caf59@exemple.fr', password: PASSWORD },
      stranger: await person('ailleurs@exemple.fr', 'Paul Petit', 'director', world.centres[1]!),
    };
  } finally {
    await database.close();
  }
}
