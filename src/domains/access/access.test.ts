import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { AccountId, StructureId } from '../../kernel/identifier.ts';
import type { TerritoryCode } from '../../kernel/territory-code.ts';
import type { Database } from '../../platform/database.server.ts';
import { acceptCharter, createAccount, findActor, forgetEndedSessions, journalOf, signIn, signInAsPersona, signOut, writeJournal } from './index.server.ts';
import { type Actor, correspondentSide, isDataSteward, type Mandate, mayEnter, mayReadAggregates, maySubmit, type Role, sitsInCommittee, votesOnBrochure } from './index.ts';

const STRUCTURE = '018f0000-0000-7000-8000-0000000000aa' as StructureId;
const PLACE = { structureId: STRUCTURE, ancestors: ['FR', 'R32', '62', 'C62041'] };
const person = (role: Role, scope: { structureId?: StructureId; territoryCode?: string }): Actor => ({
  accountId: '018f0000-0000-7000-8000-0000000000ab' as AccountId,
  displayName: 'Personne',
  email: 'p@exemple.fr',
  persona: null,
  charterAccepted: true,
  mandates: [{ role, structureId: scope.structureId ?? null, territoryCode: (scope.territoryCode ?? null) as TerritoryCode | null, institutionId: null, side: null } satisfies Mandate],
});

describe('rights', () => {
  it('a director enters and submits for its own structure only; a contributor only types', () => {
    const director = person('director', { structureId: STRUCTURE });
    expect([mayEnter(director, STRUCTURE), maySubmit(director, STRUCTURE), mayEnter(director, 'other' as StructureId)]).toEqual([true, true, false]);
    expect(maySubmit(person('contributor', { structureId: STRUCTURE }), STRUCTURE)).toBe(false);
  });

  it('a correspondent reads the structures of its territory, and no other', () => {
    expect(correspondentSide(person('caf_correspondent', { territoryCode: '62' }), PLACE)).toBe('caf');
    expect(correspondentSide(person('federation_correspondent', { territoryCode: '59' }), PLACE)).toBeUndefined();
  });

  it('committee members and guests never read a response (charter 3.2)', () => {
    for (const role of ['committee_member', 'guest', 'regional_representative', 'technical_committee', 'project_office'] as const) {
      const actor = person(role, { territoryCode: 'FR' });
      expect([mayEnter(actor, PLACE.structureId), correspondentSide(actor, PLACE)]).toEqual([false, undefined]);
    }
  });

  it('working tables are for the data steward and national statisticians', () => {
    expect(isDataSteward(person('data_steward', { territoryCode: '62' }), PLACE.ancestors)).toBe(true);
    expect(isDataSteward(person('caf_correspondent', { territoryCode: '62' }), PLACE.ancestors)).toBe(false);
  });

  it('a guest sits in the committee without reading aggregates alone nor voting', () => {
    const guest = person('guest', { territoryCode: '62' });
    expect([sitsInCommittee(guest, PLACE.ancestors), mayReadAggregates(guest, PLACE.ancestors), votesOnBrochure(guest, PLACE.ancestors)]).toEqual([true, false, false]);
  });
});

describe('accounts and sessions', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('opens a session by password, knows the mandates, accepts the charter once, and ends', async () => {
    const { db } = database;
    await createAccount(db, { email: 'Caf62@Exemple.fr', displayName: 'Correspondante', password: 'un long mot de passe', mandate: { role: 'caf_correspondent', territoryCode: '62' } });
    const session = await signIn(db, 'caf62@exemple.fr ', 'un long mot de passe');
    const token = session.ok ? session.value : '';
    const actor = await findActor(db, token);
    expect(actor?.mandates.map((m) => [m.role, m.territoryCode])).toEqual([['caf_correspondent', '62']]);
    expect(actor?.charterAccepted).toBe(false);
    await acceptCharter(db, actor!.accountId);
    await acceptCharter(db, actor!.accountId);
    expect((await findActor(db, token))?.charterAccepted).toBe(true);
    await signOut(db, token);
    expect(await findActor(db, token)).toBeUndefined();
  });

  it('forgets the sessions that are over, and no other', async () => {
    const { db } = database;
    const id = await createAccount(db, { email: 'fini@exemple.fr', displayName: 'F', password: 'un long mot de passe', mandate: { role: 'guest', territoryCode: '62' } });
    const opened = await signIn(db, 'fini@exemple.fr', 'un long mot de passe');
    await sql`insert into access.session (token_hash, account_id, expires_at) select 'over-' || n, ${id}, now() - make_interval(secs => n) from generate_series(0, 2) n`.execute(db);
    expect([await forgetEndedSessions(db), await forgetEndedSessions(db)]).toEqual([3, 0]);
    expect((await findActor(db, opened.ok ? opened.value : ''))?.email).toBe('fini@exemple.fr');
  });

  it('gives a persona only on a database marked demonstration', async () => {
    const { db } = database;
    await sql`insert into access.account (id, email, display_name, persona) values ('018f0000-0000-7000-8000-0000000000ac', 'd@demo', 'Directrice', 'director')`.execute(db);
    expect((await signInAsPersona(db, 'director')).ok).toBe(false);
    await sql`insert into platform.installation (demonstration) values (true)`.execute(db);
    expect((await signInAsPersona(db, 'director')).ok).toBe(true);
    expect((await signIn(db, 'd@demo', '')).ok).toBe(false);
  });

  it('one data steward per territory, kept by the database', async () => {
    const { db } = database;
    await createAccount(db, { email: 's1@exemple.fr', displayName: 'S1', password: 'a', mandate: { role: 'data_steward', territoryCode: '59' } });
    await expect(createAccount(db, { email: 's2@exemple.fr', displayName: 'S2', password: 'a', mandate: { role: 'data_steward', territoryCode: '59' } })).rejects.toMatchObject({ constraint: 'one_data_steward_per_territory' });
  });

  it('keeps the journal: lines are added, never changed', async () => {
    const { db } = database;
    await writeJournal(db, { accountId: null, action: 'response.read', purpose: 'contrôle', structureId: STRUCTURE });
    expect(await journalOf(db, STRUCTURE)).toMatchObject([{ action: 'response.read', purpose: 'contrôle' }]);
    await expect(sql`delete from access.journal`.execute(db)).rejects.toThrow(/never changed/);
  });
});
