import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StructureId } from '../../../kernel/identifier.ts';
import { type Database, refusedBy } from '../../../platform/database.server.ts';
import { makePerson } from '../../../../tests/support/small-world.ts';
import { testDatabase } from '../../../../tests/support/test-database.ts';
import { acceptCharter, acceptInvitation, createAccount, directionOf, findActor, findInvitation, hashToken, journalOf, makePart, openPart, signIn } from '../../access/index.server.ts';
import { type Actor, maySubmit } from '../../access/index.ts';
import { writeToAwaited } from '../../campaign/letters.server.ts';
import { deliverWaiting, type Mail } from '../../notification/index.server.ts';
import { openCampaignOf, type OpenCampaign } from '../fixtures/open-campaign.ts';
import { nameHand, recoverMailbox } from '../index.server.ts';

describe('the people who answer for a structure', () => {
  let database: Database;
  let world: OpenCampaign;
  let structureId: StructureId;
  const link = (token: string): string => `https://senacs.exemple/invitation/${token}`;
  const codeOf = (result: { ok: boolean; error?: { code: string } }): string => (result.ok ? 'ok' : result.error!.code);
  const name = (duty: 'in_charge' | 'substitute', email: string, actor: Actor = world.director, who = 'Nadia Benali') => nameHand(database.db, actor, { structureId, duty, name: who, email }, link);
  /** Lets every waiting letter leave. */
  const letters = async (): Promise<Mail[]> => {
    const sent: Mail[] = [];
    await deliverWaiting(database.db, async (mail) => void sent.push(mail));
    return sent;
  };
  const tokenIn = (mail: Mail): string => /\/invitation\/([\w-]+)\s*$/.exec(mail.text)?.[1] ?? '';
  const held = async () => (await directionOf(database.db, structureId)).map((p) => [p.duty, p.email]);
  /** Opens the account that the letter invites. */
  const enter = async (mail: Mail, password = 'une courte phrase'): Promise<Actor> => {
    const opened = await acceptInvitation(database.db, tokenIn(mail), password);
    if (!opened.ok) throw new Error(opened.error.message);
    const actor = (await findActor(database.db, opened.value))!;
    await acceptCharter(database.db, actor.accountId);
    return { ...actor, charterAccepted: true };
  };

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    structureId = world.centres[0]!;
  });
  afterAll(() => database.close());

  it('are named by the direction: a letter invites, opens once, and its secret is forgotten once it has left', async () => {
    expect(codeOf(await name('in_charge', 'Nadia@Exemple.fr'))).toBe('ok');
    const { rows: waiting } = await sql<{ body: string; secret: string }>`select body, secret from notification.message where recipient_email = 'nadia@exemple.fr'`.execute(database.db);
    expect(waiting[0]!.body).not.toContain('/invitation/');
    const [mail] = await letters();
    expect(mail).toMatchObject({ to: 'nadia@exemple.fr' });
    const token = tokenIn(mail!);
    const { rows: kept } = await sql<{ text: string }>`select row_to_json(m)::text || (select coalesce(string_agg(row_to_json(i)::text, ''), '') from access.account_invitation i) as text from notification.message m`.execute(database.db);
    expect(kept.some((row) => row.text.includes(token))).toBe(false);
    expect(kept.some((row) => row.text.includes(hashToken(token)))).toBe(true);

    expect(codeOf(await acceptInvitation(database.db, token, 'court'))).toBe('password_too_short');
    const actor = await enter(mail!);
    expect(actor.mandates).toMatchObject([{ role: 'director', structureId, duty: 'in_charge' }]);
    expect(maySubmit(actor, structureId)).toBe(true);
    expect(codeOf(await acceptInvitation(database.db, token, 'une autre phrase'))).toBe('invitation_is_over');
    expect(codeOf(await signIn(database.db, 'nadia@exemple.fr', 'une courte phrase'))).toBe('ok');
    // the person in charge names the substitute, who may submit and names nobody
    expect(codeOf(await name('substitute', 'luc@exemple.fr', actor, 'Luc Petit'))).toBe('ok');
    const substitute = await enter((await letters()).find((m) => m.to === 'luc@exemple.fr')!);
    expect([maySubmit(substitute, structureId), codeOf(await name('in_charge', 'luc@exemple.fr', substitute))]).toEqual([true, 'only_director_names']);
    expect(codeOf(await name('in_charge', 'caf@exemple.fr', world.caf))).toBe('only_director_names');
  });

  it('both receive the invitations and the reminders of a campaign', async () => {
    await writeToAwaited(database.db, { year: 2026, dataYear: 2025 } as never, { name: 'reminder', topic: 'reminder' });
    expect((await letters()).map((m) => m.to)).toEqual(expect.arrayContaining(['nadia@exemple.fr', 'luc@exemple.fr', world.director.email]));
  });

  it('are replaced in one gesture, and told', async () => {
    const session = await signIn(database.db, 'nadia@exemple.fr', 'une courte phrase');
    expect(codeOf(await name('in_charge', 'aya@exemple.fr', world.director, 'Aya Diallo'))).toBe('ok');
    expect((await held()).slice(0, 2)).toEqual([['in_charge', 'aya@exemple.fr'], ['substitute', 'luc@exemple.fr']]);
    const told = (await letters()).find((m) => m.to === 'nadia@exemple.fr')!;
    expect(told.subject).toContain('vous n’êtes plus personne en charge');
    expect(told.text).toContain('Aya Diallo');
    // at once, in the session that is open
    expect((await findActor(database.db, session.ok ? session.value : ''))!.mandates).toEqual([]);
    expect((await journalOf(database.db, structureId))[0]).toMatchObject({ action: 'hand.in_charge', purpose: 'Aya Diallo' });
    expect(codeOf(await name('in_charge', 'aya@exemple.fr'))).toBe('already_that_hand');
    // the substitute who becomes the person in charge leaves the other duty
    expect(codeOf(await name('in_charge', 'luc@exemple.fr'))).toBe('ok');
    expect((await held()).filter(([duty]) => duty !== null)).toEqual([['in_charge', 'luc@exemple.fr']]);
  });

  it('are one of each, whatever the program does', async () => {
    const twice = sql`insert into access.mandate (id, account_id, role, structure_id, duty, valid_from) select gen_random_uuid(), ${world.caf.accountId}, 'director', ${structureId}, 'in_charge', current_date`.execute(database.db);
    expect(await twice.then(() => 'written', (error: unknown) => refusedBy(error))).toBe('one_hand_per_duty');
    const other = sql`insert into access.mandate (id, account_id, role, structure_id, duty, valid_from) select gen_random_uuid(), ${world.caf.accountId}, 'contributor', ${structureId}, 'substitute', current_date`.execute(database.db);
    expect(await other.then(() => 'written', (error: unknown) => refusedBy(error))).toBe('duty_is_of_a_direction');
  });

  it('are never an address that cannot be one, nor the account of a link', async () => {
    expect(codeOf(await name('in_charge', 'pas une adresse'))).toBe('not_an_address');
    expect(codeOf(await name('in_charge', 'x@exemple.fr', world.director, ' '))).toBe('hand_name_needed');
    const part = await makePart(database.db, { structureId, campaignYear: 2026, forWhom: 'trésorière', rubrics: ['D'], dataYears: [2025], keys: ['members'], lastDay: new Date().toISOString().slice(0, 10), givenBy: world.director.accountId });
    await openPart(database.db, part.token, 'Inès Moreau');
    expect(codeOf(await name('in_charge', `lien-${part.linkId}@sans-adresse.invalid`))).toBe('address_taken');
  });

  describe('a lost mailbox', () => {
    const recover = (actor: Actor, accountId: Actor['accountId'], email: string, of = structureId) => recoverMailbox(database.db, actor, { structureId: of, accountId, email }, link);

    it('is recovered by either correspondent: a new address, a new password, the sessions closed, everyone told', async () => {
      const accountId = await createAccount(database.db, { email: 'perdue@exemple.fr', displayName: 'Claire Durand', password: 'un long mot de passe', mandate: { role: 'director', structureId: world.centres[1]! } });
      const before = await signIn(database.db, 'perdue@exemple.fr', 'un long mot de passe');
      for (const [actor, email] of [[world.caf, 'claire@exemple.fr'], [world.federation, 'claire.durand@exemple.fr']] as const) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        expect(codeOf(await recover(actor, accountId, email, world.centres[1]!))).toBe('ok');
      }
      expect(await findActor(database.db, before.ok ? before.value : '')).toBeUndefined();
      expect(codeOf(await signIn(database.db, 'claire.durand@exemple.fr', 'un long mot de passe'))).toBe('wrong_credentials');
      const sent = await letters();
      const invited = sent.filter((m) => tokenIn(m) !== '');
      expect(invited.map((m) => m.to).toSorted()).toEqual(['claire.durand@exemple.fr', 'claire@exemple.fr']);
      const to = (address: string): Mail => invited.find((m) => m.to === address)!;
      // the letter to the address that was replaced meanwhile opens nothing
      expect(await findInvitation(database.db, tokenIn(to('claire@exemple.fr')))).toBeUndefined();
      expect((await enter(to('claire.durand@exemple.fr'))).email).toBe('claire.durand@exemple.fr');
      expect(sent.filter((m) => m.subject.includes('nouvelle adresse de')).map((m) => m.to).toSorted()).toEqual([world.caf.email, world.federation.email, world.caf.email, world.federation.email, 'perdue@exemple.fr', 'claire@exemple.fr'].toSorted());
      expect((await journalOf(database.db, world.centres[1]!)).filter((l) => l.action === 'account.address')).toHaveLength(2);
    });

    it('is not a way into another account', async () => {
      const office = await makePerson(database.db, 'Bureau et centre', [{ role: 'project_office', territory: 'FR' }, { role: 'director', structureId: world.centres[2]! }]);
      const elsewhere = await makePerson(database.db, 'Direction à deux', [{ role: 'director', structureId: world.evs }, { role: 'director', structureId: world.centres[2]! }]);
      const plain = await makePerson(database.db, 'Direction simple', [{ role: 'director', structureId: world.centres[2]! }]);
      const refused = [recover(world.caf, office.accountId, 'a@exemple.fr', world.centres[2]!), recover(world.caf, elsewhere.accountId, 'b@exemple.fr', world.centres[2]!), recover(world.caf, elsewhere.accountId, 'b@exemple.fr', world.evs),
        recover(world.caf, world.federation.accountId, 'c@exemple.fr'), recover(world.caf, plain.accountId, 'd@exemple.fr'), recover(world.director, plain.accountId, 'e@exemple.fr', world.centres[2]!), recover(world.office, plain.accountId, 'f@exemple.fr', world.centres[2]!)];
      expect((await Promise.all(refused)).map(codeOf)).toEqual(Array(7).fill('not_yours_to_recover'));
      expect(codeOf(await recover(world.caf, plain.accountId, world.director.email, world.centres[2]!))).toBe('address_taken');
      expect(await letters()).toEqual([]);
    });
  });
});
