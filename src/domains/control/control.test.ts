import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson, type SmallWorld, smallWorld } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { Actor } from '../access/index.ts';
import { journalOf } from '../access/index.server.ts';
import { createCampaign, moveCampaign, waive } from '../campaign/index.server.ts';
import { runnerOf, saveAnswer } from '../entry/index.server.ts';
import { messagesOf } from '../notification/index.server.ts';
import { contentFolder, loadVersion, readVersionFolder } from '../questionnaire/index.server.ts';
import { normaliseName } from '../registry/index.ts';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import {
  dispute, disputedValues, exclude, followedStructures, glance, groupMedians, lateEntry, object, openRequestsOf, readForControl, remindOnBehalf, replyToRequest, requestCorrection, resubmit, reviewFile, runControl, undispute,
  validate, validateMany, waiveFinding, writeMessage,
} from './index.server.ts';
import { placesOf } from './place.server.ts';

let database: Database;
let world: SmallWorld;
let responses: ResponseId[];
let stranger: Actor;
const YEAR = 2026;
const CENTRES = 16;

/** Sixteen centres have sent; the last one counts ten times more staff than the others. */
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const version = await readVersionFolder(contentFolder(), YEAR);
  if (!version.ok) throw new Error('bad questionnaire');
  world = await smallWorld(db, { year: YEAR, centres: CENTRES, version: version.value });
  stranger = await makePerson(db, 'Correspondante du Nord', [{ role: 'caf_correspondent', territory: '59' }]);
  const { office } = world;
  await createCampaign(db, office, { year: YEAR, closesOn: '2026-06-30', coverage: [{ territory: '62', kind: 'CS', status: 'surveyed' }] });
  for (const to of ['preparation', 'questionnaire_validated'] as const) await moveCampaign(db, office, { year: YEAR, to });
  await waive(db, office, YEAR, ['62'], 'test');
  expect(await moveCampaign(db, office, { year: YEAR, to: 'open' })).toMatchObject({ ok: true });
  const { rows } = await sql<{ id: ResponseId; structure_id: string }>`select id, structure_id from entry.response`.execute(db);
  responses = world.centres.map((c) => rows.find((r) => r.structure_id === c)!.id);
  for (const [i, id] of responses.entries()) {
    const fte = i === CENTRES - 1 ? 150 : 10 + i;
    const answers = { staff_fte: { state: 'value', value: fte }, expenses_total: { state: 'value', value: 400_000 + 10_000 * i }, partners_count: { state: 'value', value: 5 + i } };
    await sql`insert into entry.stored_sheet (response_id, data_year, answers) values (${id}, 2025, ${JSON.stringify(answers)}::jsonb)`.execute(db);
  }
  await sql`update entry.response set state = 'in_progress' where id in (select jsonb_array_elements_text(${JSON.stringify(responses)}::jsonb)::uuid)`.execute(db);
  await sql`update entry.response set state = 'submitted' where id in (select jsonb_array_elements_text(${JSON.stringify(responses.slice(0, 16))}::jsonb)::uuid)`.execute(db);
});
afterAll(() => database.close());

const stateOf = async (id: string): Promise<string> => (await sql<{ state: string }>`select state from entry.response where id = ${id}`.execute(database.db)).rows[0]!.state;

describe('the batch of control', () => {
  it('finds the value unlike the others, and finds nothing new the second time', async () => {
    const first = await runControl(database.db, YEAR, '62');
    expect(first.responses).toBe(CENTRES);
    const { rows } = await sql<{ response_id: string }>`select response_id from entry.finding where rule_id = 'K127' and state = 'raised'`.execute(database.db);
    expect(rows.map((r) => r.response_id)).toEqual([responses[CENTRES - 1]]);
    expect(await runControl(database.db, YEAR, '62')).toEqual({ responses: CENTRES, raised: 0, closed: 0 });
  });
});

describe('control waits for its phase', () => {
  it('refuses to ask while entry is open', async () => {
    expect(await requestCorrection(database.db, world.caf, { responseId: responses[0]!, points: [{ dataYear: 2025, key: 'staff_fte' }], message: 'Bonjour' })).toMatchObject({ ok: false, error: { code: 'not_in_control' } });
    await moveCampaign(database.db, world.office, { year: YEAR, to: 'closing' });
    expect(await moveCampaign(database.db, world.office, { year: YEAR, to: 'control', today: '2026-07-02' })).toMatchObject({ ok: true });
  });
});

describe('the dialogue on one response', () => {
  const id = (): ResponseId => responses[0]!;
  it('journals each opening with its purpose, and opens nothing to another territory', async () => {
    expect(await readForControl(database.db, stranger, id(), 'contrôle')).toMatchObject({ ok: false, error: { code: 'not_your_territory' } });
    const read = await readForControl(database.db, world.caf, id(), 'Contrôle de cohérence');
    expect(read.ok && read.value.medians.find((m) => m.key === 'staff_fte')).toMatchObject({ n: CENTRES - 1, median: 18 });
    expect((await journalOf(database.db, world.centres[0]!)).map((l) => [l.action, l.purpose])).toContainEqual(['response.read', 'Contrôle de cohérence']);
  });

  it('counts the contributors of a median as the register recognises them: two lines of one name and commune are one', async () => {
    const { db } = database;
    const place = (await placesOf(db, [id()], false))[0]!;
    const compiled = await loadVersion(db, YEAR);
    const managedBy = async (bodies: number): Promise<void> => {
      // each centre has a line of its own for its managing body
      for (const [i, structureId] of world.centres.entries()) {
        const body = newId();
        const name = `${i < bodies ? 'Association' : 'ASSOCIATION'} Saint-Martin ${i % bodies}`;
        await sql`insert into registry.managing_body (id, name, normalised_name, commune_code) values (${body}, ${name}, ${normaliseName(name)}, 'C62041')`.execute(db);
        await sql`update registry.structure_version set managing_body_id = ${body} where structure_id = ${structureId}`.execute(db);
      }
    };
    await managedBy(4);
    expect(await groupMedians(db, place, compiled)).toEqual({ medians: [], group: null });
    // five bodies beside the one read, whose other centres are not counted among the others
    await managedBy(6);
    const { medians, group } = await groupMedians(db, place, compiled);
    expect(group?.n).toBe(CENTRES - 3);
    expect(medians.find((m) => m.key === 'staff_fte')).toMatchObject({ n: CENTRES - 3 });
    await sql`update registry.structure_version set managing_body_id = null`.execute(db);
  });

  it('asks precise questions, which the structure receives', async () => {
    expect(await requestCorrection(database.db, world.caf, { responseId: id(), points: [], message: 'Bonjour' })).toMatchObject({ ok: false, error: { code: 'no_point' } });
    expect(await requestCorrection(database.db, world.caf, { responseId: id(), points: [{ dataYear: 2025, key: 'nothing' }], message: 'Bonjour' })).toMatchObject({ ok: false, error: { code: 'unknown_question' } });
    expect(await requestCorrection(database.db, world.caf, {
      responseId: id(), message: 'Les ETP ont-ils baissé ?', points: [{ dataYear: 2025, key: 'staff_fte', question: 'Combien en CDI ?' }, { dataYear: 2025, key: 'partners_count' }, { dataYear: 2025, key: 'expenses_total' }],
    })).toMatchObject({ ok: true });
    expect(await stateOf(id())).toBe('correction_requested');
    expect((await messagesOf(database.db, world.director.accountId))[0]).toMatchObject({ topic: 'correction_request', body: expect.stringContaining('Les ETP ont-ils baissé') });
  });

  it('cannot be validated while the structure has not answered', async () => {
    expect(await validate(database.db, world.federation, id())).toMatchObject({ ok: false, error: { code: 'requests_open' } });
  });

  it('takes each point corrected, confirmed or contested; corrected means changed', async () => {
    const [request] = await openRequestsOf(database.db, id());
    const reply = (key: string, kind: 'corrected' | 'confirmed' | 'contested', message?: string) =>
      replyToRequest(database.db, world.director, { responseId: id(), replies: [{ requestId: request!.id, dataYear: 2025, key, reply: kind, message }] });
    expect(await reply('staff_fte', 'corrected')).toMatchObject({ ok: false, error: { code: 'value_unchanged' } });
    expect(await reply('partners_count', 'confirmed')).toMatchObject({ ok: false, error: { code: 'explanation_needed' } });
    expect(await saveAnswer(runnerOf(database.db), { actor: world.director }, { saveId: newId(), responseId: id(), dataYear: 2025, key: 'staff_fte', answer: { state: 'value', value: 12 } })).toMatchObject({ ok: true });
    expect(await reply('staff_fte', 'corrected')).toMatchObject({ ok: true, value: { left: 2 } });
    expect(await reply('partners_count', 'confirmed', 'Cinq associations, liste jointe')).toMatchObject({ ok: true, value: { left: 1 } });
    expect(await resubmit(database.db, world.director, id())).toMatchObject({ ok: false, error: { code: 'points_pending' } });
    expect(await reply('expenses_total', 'contested', 'C’est le total des comptes')).toMatchObject({ ok: true, value: { left: 0 } });
    expect(await writeMessage(database.db, world.director, { requestId: request!.id, body: 'Merci' })).toMatchObject({ ok: true });
    expect(await writeMessage(database.db, stranger, { requestId: request!.id, body: 'Merci' })).toMatchObject({ ok: false });
  });

  it('comes back under review when resubmitted, and both correspondents are told', async () => {
    await sql`update entry.response set open_hard = 0 where id = ${id()}`.execute(database.db);
    expect(await resubmit(database.db, world.director, id())).toMatchObject({ ok: true, value: { state: 'under_review' } });
    for (const person of [world.caf, world.federation])
      expect((await messagesOf(database.db, person.accountId)).find((m) => m.topic === 'resubmission')?.body).toMatch(/Corrigées\s: 1\. Confirmées\s: 1\. Contestées\s: 1\./);
  });

  it('leaves a value in dispute only after it was discussed, and takes it back on agreement', async () => {
    const value = { responseId: id(), dataYear: 2025, key: 'expenses_total', reason: 'Pas d’accord trouvé' };
    expect(await dispute(database.db, world.caf, { ...value, key: 'unique_users' })).toMatchObject({ ok: false, error: { code: 'not_discussed' } });
    expect(await dispute(database.db, world.caf, value)).toMatchObject({ ok: true });
    expect(await disputedValues(database.db, YEAR, '62')).toMatchObject([{ key: 'expenses_total' }]);
    expect(await undispute(database.db, world.federation, value)).toMatchObject({ ok: true });
    expect(await disputedValues(database.db, YEAR)).toEqual([]);
  });

  it('is validated by either side; the other is told and may object, the first may not within the delay', async () => {
    expect(await validate(database.db, world.caf, id())).toMatchObject({ ok: true });
    expect((await messagesOf(database.db, world.federation.accountId))[0]).toMatchObject({ topic: 'validation' });
    expect(await object(database.db, world.caf, { responseId: id(), reason: 'Je me suis trompée' })).toMatchObject({ ok: false, error: { code: 'objection_is_the_others' } });
    expect(await object(database.db, world.caf, { responseId: id(), reason: 'Plus tard', today: '2099-01-01' })).toMatchObject({ ok: true });
    expect(await validate(database.db, world.federation, id())).toMatchObject({ ok: true });
    expect(await object(database.db, world.caf, { responseId: id(), reason: '' })).toMatchObject({ ok: false });
    expect(await object(database.db, world.caf, { responseId: id(), reason: 'Le budget' })).toMatchObject({ ok: true });
    expect((await reviewFile(database.db, id())).validations).toHaveLength(2);
  });
});

describe('decisions', () => {
  it('set a doubt aside with a reason, never an impossibility', async () => {
    const last = responses[CENTRES - 1]!;
    expect(await waiveFinding(database.db, world.caf, { responseId: last, dataYear: 2025, ruleId: 'K127', subject: '', reason: 'Grand centre, vérifié' })).toMatchObject({ ok: true });
    expect((await glance(database.db, last)).findings.some((f) => f.ruleId === 'K127')).toBe(false);
    await runControl(database.db, YEAR, '62');
    expect((await glance(database.db, last)).findings.some((f) => f.ruleId === 'K127')).toBe(false);
    const { rows } = await sql<{ rule_id: string; subject: string }>`select rule_id, subject from entry.finding where response_id = ${last} and severity = 'hard' and state = 'raised' limit 1`.execute(database.db);
    if (rows[0]) expect(await waiveFinding(database.db, world.caf, { responseId: last, dataYear: 2025, ruleId: rows[0].rule_id, subject: rows[0].subject, reason: 'x' })).toMatchObject({ ok: false, error: { code: 'hard_is_not_waived' } });
  });

  it('validate many at once, or none', async () => {
    const many = responses.slice(1, 6);
    await sql`update entry.response set open_hard = 1 where id = ${many[0]}`.execute(database.db);
    expect(await validateMany(database.db, world.federation, many)).toMatchObject({ ok: false, error: { code: 'hard_findings' } });
    expect(await stateOf(many[1]!)).toBe('submitted');
    await sql`update entry.response set open_hard = 0 where id in (select jsonb_array_elements_text(${JSON.stringify(many)}::jsonb)::uuid)`.execute(database.db);
    expect(await validateMany(database.db, world.federation, many)).toMatchObject({ ok: true, value: { validated: 5 } });
    expect(await stateOf(many[4]!)).toBe('validated');
  });

  it('leave a response out by the word of both sides only', async () => {
    const id = responses[7]!;
    expect(await exclude(database.db, world.caf, { responseId: id, reason: 'Structure fermée' })).toMatchObject({ ok: true, value: { excluded: false } });
    expect((await followedStructures(database.db, YEAR, '62')).find((s) => s.responseId === id)).toMatchObject({ state: 'submitted', exclusionProposedBy: 'caf' });
    expect(await exclude(database.db, world.federation, { responseId: id, reason: 'Fermée en mars' })).toMatchObject({ ok: true, value: { excluded: true } });
    expect(await stateOf(id)).toBe('excluded');
  });

  it('leave nothing out of a frozen territory', async () => {
    const id = responses[9]!;
    await sql`update campaign.territory_phase set state = 'frozen' where campaign_year = ${YEAR} and territory_code = '62'`.execute(database.db);
    expect(await exclude(database.db, world.caf, { responseId: id, reason: 'Structure fermée' })).toMatchObject({ ok: false, error: { code: 'territory_frozen' } });
    expect((await reviewFile(database.db, id)).exclusionVotes).toEqual([]);
    expect(await readForControl(database.db, world.caf, id, 'relecture')).toMatchObject({ ok: false, error: { code: 'values_not_readable' } });
    await sql`update campaign.territory_phase set state = 'control' where campaign_year = ${YEAR} and territory_code = '62'`.execute(database.db);
  });

  it('name the people mandated today, not those whose mandate ends today', async () => {
    const people = async () => (await glance(database.db, responses[0]!)).people.map((p) => p.name);
    expect(await people()).toEqual(['Directrice']);
    await sql`update access.mandate set valid_to = current_date where account_id = ${world.director.accountId}`.execute(database.db);
    expect(await people()).toEqual([]);
    await sql`update access.mandate set valid_to = null where account_id = ${world.director.accountId}`.execute(database.db);
  });

  it('take a late structure with a reason', async () => {
    const id = responses[8]!;
    await sql`update entry.response set state = 'declined' where id = ${id}`.execute(database.db);
    expect(await lateEntry(database.db, world.caf, { responseId: id, reason: '' })).toMatchObject({ ok: false });
    expect(await lateEntry(database.db, world.caf, { responseId: id, reason: 'Changement de direction' })).toMatchObject({ ok: true });
    expect(await stateOf(id)).toBe('in_progress');
  });

  it('remind every fifteen days of what was sent for a structure and not looked at, and leave the state', async () => {
    const id = responses[0]!;
    const { rows } = await sql<{ state: string }>`select state from entry.response where id = ${id}`.execute(database.db);
    expect(rows[0]?.state).toBe('under_review');
    await sql`alter table entry.response disable trigger response_transition_is_allowed`.execute(database.db);
    await sql`update entry.response set state = 'submitted_by_third_party', submitted_at = now() - interval '14 days' where id = ${id}`.execute(database.db);
    expect(await remindOnBehalf(database.db)).toBe(0);
    await sql`update entry.response set submitted_at = now() - interval '16 days' where id = ${id}`.execute(database.db);
    expect(await remindOnBehalf(database.db)).toBe(1);
    expect(await remindOnBehalf(database.db)).toBe(0);
    await sql`alter table entry.response enable trigger response_transition_is_allowed`.execute(database.db);
    for (const person of [world.director, world.caf, world.federation]) expect((await messagesOf(database.db, person.accountId))[0]?.topic).toBe('on_behalf');
    expect(await stateOf(id)).toBe('submitted_by_third_party');
  });
});
