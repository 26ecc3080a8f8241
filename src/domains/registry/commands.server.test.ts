import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import type { Database, Db } from '../../platform/database.server.ts';
import { addIdentifier, createStructure, defineArea, managingBody, recordApproval, recordStructureVersion, recordSuccession, upsertInstitution } from './commands.server.ts';
import type { StructureFacts } from './model.ts';
import { acceptProposal, proposeChanges, refuseProposal } from './proposals.server.ts';
import { changeProposals, institutionsOf, placeOf, structureAt, structureByIdentifier, structureHistory, structuresIn, successionsOf, territoriesByLevel, territory, zonesIn } from './queries.server.ts';
import { loadTerritories } from './reference.server.ts';
import { registerAnswers, registerDifferences } from './register-answers.ts';

const ACTOR = '00000000-0000-7000-8000-000000000001';
const by = { actorId: ACTOR, source: 'test' };
const facts: StructureFacts = {
  kind: 'CS', name: 'Centre social Brassens', status: 'active', communeCode: 'C62510' as TerritoryCode, address: '1 rue des Arts', latitude: null, longitude: null,
  managingBodyId: null, managementMode: 'association', legalStatus: null, firstApprovalYear: 1990, territoryCharacter: 'urban', qpvStatus: 'inside', ruralZoning: null,
  urbanRenewal: null, urbanRenewalStage: null, networks: ['fcsf'], contact: { phone: '03 21 00 00 00' }, openingHours: null,
};
let database: Database;
let db: Db;
beforeAll(async () => {
  database = await testDatabase();
  db = database.db;
  await loadTerritories(db);
});
afterAll(() => database.close());

async function centre(change: Partial<StructureFacts> = {}, from = '2010-01-01'): Promise<StructureId> {
  const made = await createStructure(db, { ...facts, ...change }, from, by);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

describe('the register', () => {
  it('answers what was true in a given year', async () => {
    const id = await centre();
    await recordStructureVersion(db, id, '2015-09-01', { name: 'Centre Georges-Brassens' }, by);
    expect((await structureAt(db, id, '2014-12-31'))?.name).toBe('Centre social Brassens');
    expect((await structureAt(db, id, '2016-12-31'))?.name).toBe('Centre Georges-Brassens');
    expect((await structureAt(db, id, '2001-01-01'))?.name).toBe('Centre social Brassens');
    expect((await structureHistory(db, id)).map((v) => [v.validFrom, v.validTo])).toEqual([['2015-09-01', null], ['2010-01-01', '2015-09-01']]);
  });

  it('places a structure in its territories and on the map', async () => {
    const id = await centre();
    expect((await placeOf(db, id))?.ancestors).toEqual(['FR', 'R32', '62', 'E246200364', 'C62510']);
    const record = (await structuresIn(db, 'R32', { search: 'lievin brassens' })).find((s) => s.structureId === id)!;
    expect(record).toMatchObject({ communeName: 'Liévin', departmentCode: '62', position: { of: 'commune' }, contributorKey: `structure:${id}` });
    expect((await structuresIn(db, '59')).some((s) => s.structureId === id)).toBe(false);
    const moved = await centre({ latitude: 50.4, longitude: 2.7 });
    expect((await structureAt(db, moved))?.position).toEqual({ latitude: 50.4, longitude: 2.7, of: 'structure' });
  });

  it('gives the questionnaire what it knows, as of the data year', async () => {
    const id = await centre();
    await addIdentifier(db, id, 'siret', '12345678900011');
    await recordApproval(db, id, { kind: 'agc', startsOn: '2014-01-01', endsOn: '2017-12-31' });
    const record = (await structureAt(db, id, '2016-12-31'))!;
    const answers = registerAnswers(record, 2016);
    expect(answers).toMatchObject({
      commune: { value: '62510' }, siret: { value: '12345678900011' }, approvals_held: { value: ['agc'] }, approval_end: { value: '2017-12-31' },
      networks_membership: { value: ['fcsf'] }, first_approval_year: { value: 1990 },
    });
    expect(answers['legal_status']).toBeUndefined();
    const given = { ...answers, structure_name: { state: 'value', value: 'CENTRE SOCIAL BRASSENS' }, qpv_status: { state: 'value', value: 'no' }, rural_zoning: { state: 'value', value: 'unknown' } };
    expect(registerDifferences(record, given, 2016)).toEqual([{ questionKey: 'qpv_status', registerValue: 'inside', proposedValue: 'no' }]);
  });

  it('refuses an identifier that another structure bears, and a commune that does not exist', async () => {
    const [one, two] = [await centre(), await centre()];
    expect((await addIdentifier(db, one, 'caf', '62-001')).ok).toBe(true);
    expect(await addIdentifier(db, two, 'caf', '62-001')).toMatchObject({ ok: false, error: { code: 'identifier_taken' } });
    expect(await structureByIdentifier(db, '62-001')).toBe(one);
    expect(await createStructure(db, { ...facts, communeCode: 'C99999' as TerritoryCode }, '2010-01-01', by)).toMatchObject({ ok: false, error: { code: 'territory_unknown' } });
  });

  it('keeps a crosswalk of mergers', async () => {
    const [one, two] = [await centre({ name: 'Un' }), await centre({ name: 'Deux' })];
    await recordSuccession(db, { predecessors: [one, two], successors: [two], kind: 'merger', on: '2018-01-01' }, by);
    expect(await recordSuccession(db, { predecessors: [two], successors: [two], kind: 'replacement', on: '2018-01-01' }, by)).toMatchObject({ ok: false, error: { code: 'succession_of_itself' } });
    expect((await structureAt(db, one))?.status).toBe('merged');
    expect((await structureAt(db, one, '2017-12-31'))?.status).toBe('active');
    expect((await structureAt(db, two))?.status).toBe('active');
    expect(await successionsOf(db, two)).toMatchObject([{ predecessorId: one, successorId: two, kind: 'merger' }]);
  });

  it('knows managing bodies by SIREN, else by name and commune', async () => {
    const a = await managingBody(db, { name: 'Ville de Liévin', siren: '216205104', communeCode: 'C62510' });
    expect(await managingBody(db, { name: 'Commune de Liévin', siren: '216205104', communeCode: null })).toBe(a);
    const b = await managingBody(db, { name: 'Association Brassens', siren: null, communeCode: 'C62510' });
    expect(await managingBody(db, { name: 'ASSOCIATION BRASSENS', siren: null, communeCode: 'C62510' })).toBe(b);
    expect(await managingBody(db, { name: 'Association Brassens', siren: null, communeCode: 'C62041' })).not.toBe(b);
  });
});

describe('change proposals', () => {
  it('enter the register from the day on which a correspondent accepts them', async () => {
    const id = await centre();
    await proposeChanges(db, [{ structureId: id, campaignYear: 2017, dataYear: 2016, questionKey: 'management_mode', registerValue: 'association', proposedValue: 'co_management' }]);
    await proposeChanges(db, [{ structureId: id, campaignYear: 2017, dataYear: 2016, questionKey: 'management_mode', registerValue: 'association', proposedValue: 'ccas' }]);
    const [proposal, ...others] = await changeProposals(db, { structureId: id });
    expect(others).toEqual([]);
    expect(await acceptProposal(db, { proposalId: proposal!.id, effectiveFrom: '31/02/2016', actorId: ACTOR })).toMatchObject({ ok: false, error: { code: 'date_invalid' } });
    expect((await acceptProposal(db, { proposalId: proposal!.id, effectiveFrom: '2016-03-01', actorId: ACTOR })).ok).toBe(true);
    expect((await structureAt(db, id, '2016-12-31'))?.managementMode).toBe('ccas');
    expect((await structureAt(db, id, '2016-02-29'))?.managementMode).toBe('association');
    expect(await acceptProposal(db, { proposalId: proposal!.id, effectiveFrom: '2016-03-01', actorId: ACTOR })).toMatchObject({ ok: false, error: { code: 'proposal_unknown' } });
    expect(await changeProposals(db, { territoryCode: '62', openOnly: true })).toEqual([]);
  });

  it('move approvals and identifiers too', async () => {
    const id = await centre();
    await recordApproval(db, id, { kind: 'agc', startsOn: '2014-01-01', endsOn: '2016-12-31' });
    const base = { structureId: id, campaignYear: 2017, dataYear: 2016, registerValue: null };
    await proposeChanges(db, [
      { ...base, questionKey: 'approval_end', proposedValue: '2017-12-31' },
      { ...base, questionKey: 'approvals_held', proposedValue: ['agc', 'acf'] },
      { ...base, questionKey: 'siret', proposedValue: '98765432100011' },
      { ...base, questionKey: 'commune', proposedValue: '62041' },
    ]);
    for (const p of await changeProposals(db, { structureId: id })) expect((await acceptProposal(db, { proposalId: p.id, effectiveFrom: '2016-01-01', actorId: ACTOR })).ok).toBe(true);
    const record = (await structureAt(db, id, '2016-12-31'))!;
    expect(record).toMatchObject({ communeCode: 'C62041', departmentCode: '62' });
    expect(record.approvals).toContainEqual({ kind: 'agc', startsOn: '2014-01-01', endsOn: '2017-12-31' });
    expect(record.approvals.map((a) => a.kind)).toContain('acf');
    expect(await structureByIdentifier(db, '98765432100011', 'siret')).toBe(id);
  });

  it('are refused with a reason, and only on facts of the register', async () => {
    const id = await centre();
    const base = { structureId: id, campaignYear: 2017, dataYear: 2016, registerValue: null };
    expect(await proposeChanges(db, [{ ...base, questionKey: 'staff_fte', proposedValue: 3 }])).toMatchObject({ ok: false });
    await proposeChanges(db, [{ ...base, questionKey: 'address', proposedValue: 'ailleurs' }]);
    const [p] = await changeProposals(db, { structureId: id });
    expect(await refuseProposal(db, { proposalId: p!.id, reason: ' ', actorId: ACTOR })).toMatchObject({ ok: false });
    expect((await refuseProposal(db, { proposalId: p!.id, reason: 'Adresse du siège', actorId: ACTOR })).ok).toBe(true);
    expect((await structureAt(db, id))?.address).toBe('1 rue des Arts');
  });
});

describe('territories and institutions', () => {
  it('are listed by level, inside another', async () => {
    expect((await territoriesByLevel(db, 'department', 'R32')).map((t) => t.name)).toEqual(['Aisne', 'Nord', 'Oise', 'Pas-de-Calais', 'Somme']);
    expect(await territoriesByLevel(db, 'department')).toHaveLength(101);
    expect(await territory(db, 'nowhere')).toBeUndefined();
  });

  it('cover a territory from near to far, whatever their legal form', async () => {
    await upsertInstitution(db, { kind: 'collective', side: 'federation', name: 'Collectif des centres du Pas-de-Calais', territories: [{ code: '62', from: '2012-01-01' }] });
    const names = (await institutionsOf(db, '62')).map((i) => i.name);
    expect(names.slice(0, 2).toSorted()).toEqual(['Caf du Pas-de-Calais', 'Collectif des centres du Pas-de-Calais']);
    expect(names).toContain('Fédération des centres sociaux et socioculturels de France (FCSF)');
    expect((await institutionsOf(db, '62', '2011-01-01')).map((i) => i.name)).not.toContain('Collectif des centres du Pas-de-Calais');
  });

  it('may be areas drawn over communes', async () => {
    const id = await centre();
    expect((await defineArea(db, { code: 'Z-62-BASSIN', name: 'Bassin minier', communes: ['C62510', 'C62498'] })).ok).toBe(true);
    expect((await defineArea(db, { code: 'Z-62-BASSIN', name: 'Bassin minier', communes: ['C62510'] })).ok).toBe(true);
    expect((await structuresIn(db, 'Z-62-BASSIN')).some((s) => s.structureId === id)).toBe(true);
    expect((await territory(db, 'Z-62-BASSIN'))?.ancestors).toEqual(['FR', 'R32', '62', 'E246200364', 'Z-62-BASSIN']);
    expect((await territory(db, 'C62498'))?.ancestors).not.toContain('Z-62-BASSIN');
    expect(await defineArea(db, { code: 'Z-62-X', name: 'X', communes: ['C00000'] })).toMatchObject({ ok: false });
  });

  it('hold zones as of a year', async () => {
    await sql`insert into registry.zone values ('QPV', 2015, 'QP1', 'Ancien', 'C62510'), ('QPV', 2024, 'QN1', 'Nouveau', 'C62510')`.execute(db);
    expect((await zonesIn(db, '62', 2016)).map((z) => z.code)).toEqual(['QP1']);
    expect((await zonesIn(db, '62', 2025)).map((z) => z.code)).toEqual(['QN1']);
  });
});
