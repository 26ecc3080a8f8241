/**
 * A world in which many centres answer at once, for proofs and benchmarks: an open campaign on the real questionnaire of 2026, centres with
 * full sheets and an answered campaign behind them, and one session per centre. Fictional, written below the doors of the domains.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { acceptCharter, hashToken } from '../src/domains/access/index.server.ts';
import { openCampaignOf } from '../src/domains/entry/fixtures/open-campaign.ts';
import { sampleAnswers, samplePrevious } from '../src/domains/questionnaire/fixtures/sample.ts';
import { contentFolder, readVersionFolder } from '../src/domains/questionnaire/index.server.ts';
import { newId, type ResponseId, type StructureId } from '../src/kernel/identifier.ts';
import type { Database, Db } from '../src/platform/database.server.ts';
import { markInstallation } from '../src/platform/installation.server.ts';
import { migrate, readMigrations } from '../src/platform/migrate.server.ts';
import { projectPath } from '../src/platform/project-root.server.ts';
import { addStructure, makePerson } from '../tests/support/small-world.ts';

export const DATA_YEAR = 2025;
export interface AnsweringCentre {
  readonly responseId: ResponseId;
  /** `Cookie` header of its director. */
  readonly cookie: string;
}

/** Migrates and fills an empty database. */
export async function prepareAnsweringWorld(database: Database, centres: number): Promise<readonly AnsweringCentre[]> {
  await migrate(database, await readMigrations(projectPath('database', 'migrations')));
  await markInstallation(database.db, false);
  const { db } = database;
  const world = await openCampaignOf(db);
  const structures = [...world.centres];
  while (structures.length < centres) structures.push(await addStructure(db, { name: `Centre ${structures.length + 1}`, department: '62', kind: 'CS', approvedFrom: '2012-01-01' }));
  await sql`update questionnaire.version set state = 'in_use' where year = 2026`.execute(db);
  await answeredCampaign(db, structures);
  const result: AnsweringCentre[] = [];
  for (const [i, structureId] of structures.slice(0, centres).entries()) {
    const responseId = world.responses[i] ?? newId<ResponseId>();
    if (!world.responses[i])
      await sql`insert into entry.response (id, campaign_year, structure_id, territory_code, structure_kind) values (${responseId}, 2026, ${structureId}, '62', 'CS')`.execute(db);
    await sql`insert into entry.stored_sheet (response_id, data_year, answers) values (${responseId}, ${DATA_YEAR}, ${JSON.stringify(sampleAnswers)}::jsonb)`.execute(db);
    result.push({ responseId, cookie: `senacs_session=${await session(db, structureId, i)}` });
  }
  return result;
}

async function session(db: Db, structureId: StructureId, rank: number): Promise<string> {
  const director = await makePerson(db, `Direction ${rank}`, [{ role: 'director', structureId }]);
  await acceptCharter(db, director.accountId);
  const token = randomBytes(32).toString('base64url');
  await sql`insert into access.session (token_hash, account_id, expires_at) values (${hashToken(token)}, ${director.accountId}, now() + interval '1 day')`.execute(db);
  return token;
}

/** The campaign of the year before, answered by all: what N-1 is read from. */
async function answeredCampaign(db: Db, structures: readonly StructureId[]): Promise<void> {
  const read = await readVersionFolder(contentFolder(), 2025);
  if (!read.ok) throw new Error('the questionnaire of 2025 is not readable');
  await sql`insert into questionnaire.version (year, state, content, content_hash) values (2025, 'closed', ${JSON.stringify(read.value)}::jsonb, ${read.value.contentHash})`.execute(db);
  await sql`insert into campaign.campaign (year, state, questionnaire_year) values (2025, 'archived', 2025)`.execute(db);
  for (const structureId of structures) {
    const id = newId();
    await sql`insert into entry.response (id, campaign_year, structure_id, territory_code, structure_kind, state) values (${id}, 2025, ${structureId}, '62', 'CS', 'frozen')`.execute(db);
    await sql`insert into entry.stored_sheet (response_id, data_year, answers) values (${id}, 2024, ${JSON.stringify(samplePrevious)}::jsonb)`.execute(db);
  }
}
