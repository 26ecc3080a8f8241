import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { makePerson } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { journalOf } from '../access/index.server.ts';
import { openCampaignOf, type OpenCampaign, value } from './fixtures/open-campaign.ts';
import {
  bulkLoad, declineResponse, justifyFinding, moveResponses, readNotice, readResponse, recordFindings, requestThirdParty, reviewOnBehalf, runnerOf, saveAnswer, saveAnswers, stateChangesOf, submitByThirdParty,
  submitResponse, takeBack,
} from './index.server.ts';

const SAMPLE = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../questionnaire/fixtures/sample-response.json'), 'utf8')) as { response: { [key: string]: unknown } };
const YEAR = 2025;

describe('a whole response', () => {
  let database: Database;
  let world: OpenCampaign;
  let responseId: ResponseId;
  let asked: ReadonlySet<string>;
  const answers = (): { [key: string]: unknown } => Object.fromEntries(Object.entries(SAMPLE.response).filter(([key]) => asked.has(key)).map(([key, v]) => [key, value(v)]));
  const save = (key: string, answer: unknown, actor = world.director) => saveAnswer(runnerOf(database.db), { actor }, { saveId: newId(), responseId, dataYear: YEAR, key, answer });

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    responseId = world.responses[0]!;
    asked = new Set(world.compiled.questions.keys());
  });
  afterAll(() => database.close());

  it('says what still stops its submission, and goes when nothing does', async () => {
    await readNotice(database.db, world.director, responseId);
    const early = await submitResponse(database.db, world.director, responseId);
    expect(!early.ok && early.error.code).toBe('transition_not_allowed');

    const saved = await saveAnswers(runnerOf(database.db), { actor: world.director }, { responseId, dataYear: YEAR, items: Object.entries(answers()).map(([key, answer]) => ({ saveId: newId(), key, answer })) });
    expect(saved.ok && saved.value.faults).toEqual([]);
    await save('staff_fte', value(1));
    const blocked = await submitResponse(database.db, world.director, responseId);
    if (blocked.ok || !('blockers' in blocked.error)) throw new Error('nothing stopped it');
    expect(blocked.error.blockers.filter((b) => b.kind === 'hard').length).toBeGreaterThan(0);

    await save('staff_fte', (answers()['staff_fte'] as never) ?? value(20));
    const view = (await readResponse(database.db, responseId))!;
    for (const f of view.findings.filter((x) => x.severity === 'soft' && x.state === 'raised'))
      expect((await justifyFinding(database.db, world.director, { responseId, dataYear: f.dataYear, ruleId: f.ruleId, subject: f.subject, text: 'Exact, vérifié avec le compte de résultat.' })).ok).toBe(true);
    const sent = await submitResponse(database.db, world.director, responseId);
    expect(sent).toEqual({ ok: true, value: { state: 'submitted' } });
    const after = (await readResponse(database.db, responseId))!;
    expect(after.completeness).toBe('complete');
    expect(after.submittedAt).not.toBeNull();
    expect((await stateChangesOf(database.db, responseId)).at(-1)).toMatchObject({ from: 'in_progress', to: 'submitted', actor: 'Directrice' });
  });

  it('once sent is no longer written, unless it is taken back while entry is open', async () => {
    const refused = await save('members', value(1));
    expect(!refused.ok && refused.error.code).toBe('state_refuses_entry');
    expect((await takeBack(database.db, world.director, responseId)).ok).toBe(true);
    expect((await save('members', value(120))).ok).toBe(true);
  });

  it('waits for the structure to look at each value that the Caf entered', async () => {
    await save('board_meetings', value(6), world.caf);
    const blocked = await submitResponse(database.db, world.director, responseId);
    expect(!blocked.ok && 'blockers' in blocked.error && blocked.error.blockers.map((b) => b.kind)).toContain('unreviewed');
    expect((await reviewOnBehalf(database.db, world.caf, { responseId, dataYear: YEAR, key: 'board_meetings', verdict: 'accepted' })).ok).toBe(false);
    expect((await reviewOnBehalf(database.db, world.director, { responseId, dataYear: YEAR, key: 'board_meetings', verdict: 'contested', comment: 'Nous en comptons cinq.' })).ok).toBe(true);
    expect((await readResponse(database.db, responseId))!.onBehalf).toMatchObject([{ key: 'board_meetings', verdict: 'contested', comment: 'Nous en comptons cinq.' }]);
    await save('board_meetings', value(7), world.caf);
    expect((await readResponse(database.db, responseId))!.onBehalf).toMatchObject([{ verdict: null }]);
    await reviewOnBehalf(database.db, world.director, { responseId, dataYear: YEAR, key: 'board_meetings', verdict: 'accepted' });
  });

  it('is sent by a correspondent only when its structure asked', async () => {
    const without = await submitByThirdParty(database.db, world.federation, responseId);
    expect(!without.ok && without.error.code).toBe('third_party_not_asked');
    expect(await requestThirdParty(database.db, world.director, responseId)).toMatchObject({ ok: true });
    expect((await journalOf(database.db, world.centres[0]!)).map((l) => l.action)).toContain('response.ask_third_party');
    expect(await submitByThirdParty(database.db, world.federation, responseId)).toEqual({ ok: true, value: { state: 'submitted_by_third_party' } });
    expect((await submitResponse(database.db, world.director, responseId)).ok).toBe(true);
    // Once sent, nothing is left to send for it.
    expect(await requestThirdParty(database.db, world.director, responseId)).toMatchObject({ ok: false, error: { code: 'state_refuses_entry' } });
  });

  it('is sent and declined by the director, not by a contributor', async () => {
    const contributor = await makePerson(database.db, 'Contributeur', [{ role: 'contributor', structureId: world.centres[1]! }]);
    const refused = await declineResponse(database.db, contributor, { responseId: world.responses[1]! });
    expect(!refused.ok && refused.error.code).toBe('only_director');
    const director = await makePerson(database.db, 'Direction deux', [{ role: 'director', structureId: world.centres[1]! }]);
    expect((await declineResponse(database.db, director, { responseId: world.responses[1]!, reason: 'Équipe incomplète' })).ok).toBe(true);
    expect((await readResponse(database.db, world.responses[1]!))!).toMatchObject({ state: 'declined', stateReason: 'Équipe incomplète' });
    expect((await takeBack(database.db, director, world.responses[1]!)).ok).toBe(true);
  });

  it('explains a doubtful value for as long as the value stays, and never an impossible one', async () => {
    const id = world.responses[2]!;
    const director = await makePerson(database.db, 'Direction trois', [{ role: 'director', structureId: world.centres[2]! }]);
    const put = (key: string, v: unknown) => saveAnswer(runnerOf(database.db), { actor: director }, { saveId: newId(), responseId: id, dataYear: YEAR, key, answer: value(v) });
    await put('staff_headcount', 10);
    await put('staff_fte', 10);
    const explain = (ruleId: string, text: string) => justifyFinding(database.db, director, { responseId: id, dataYear: YEAR, ruleId, subject: '', text });
    expect((await explain('K016', '  ')).ok).toBe(false);
    expect((await explain('K016', 'Tous à temps plein.')).ok).toBe(true);
    const state = async (rule: string) => (await readResponse(database.db, id))!.findings.find((f) => f.ruleId === rule)?.state;
    expect(await state('K016')).toBe('justified');
    await put('members', 40);
    expect(await state('K016')).toBe('justified');
    await put('staff_headcount', 12);
    await put('staff_fte', 12);
    expect(await state('K016')).toBe('raised');
    await put('staff_fte', 30);
    const hard = await explain('K014', 'Si, si.');
    expect(!hard.ok && hard.error.code).toBe('hard_cannot_be_explained');
  });

  it('takes from a control run what it found, and lets go what it no longer finds', async () => {
    const id = world.evsResponse;
    const found = { responseId: id, dataYear: YEAR, ruleId: 'K127', subject: '', severity: 'info', fingerprint: 'aaaa' };
    expect(await recordFindings(database.db, [found], { responseIds: [id], ruleIds: ['K127'] })).toEqual({ raised: 1, closed: 0 });
    expect((await readResponse(database.db, id))!.counters.openInfo).toBe(1);
    expect(await recordFindings(database.db, [found], { responseIds: [id], ruleIds: ['K127'] })).toEqual({ raised: 0, closed: 0 });
    expect(await recordFindings(database.db, [], { responseIds: [id], ruleIds: ['K127'] })).toEqual({ raised: 0, closed: 1 });
    expect((await readResponse(database.db, id))!.counters.openInfo).toBe(0);
  });

  it('of a closed campaign is loaded in bulk through the same parser and the same rules', async () => {
    await sql`delete from entry.answer_sheet where response_id = ${world.responses[1]!}`.execute(database.db);
    const loaded = await bulkLoad(
      database.db,
      [{ responseId: world.responses[1]!, dataYear: YEAR, answers: { ...answers(), members: 'beaucoup', no_such: value(1) } }, { responseId, dataYear: YEAR, answers: answers() }],
      { finalState: 'submitted', explanation: 'Vérifié.', at: '2026-06-01T10:00:00Z' },
    );
    expect(loaded.responses).toBe(1);
    expect(loaded.faults.map((f) => [f.responseId === responseId, f.key])).toEqual(expect.arrayContaining([[false, 'members'], [false, 'no_such'], [true, '']]));
    expect(loaded.blocked).toMatchObject([{ blanks: 1, hard: 0, unexplained: 0 }]);
    const view = (await readResponse(database.db, world.responses[1]!))!;
    expect(view.counters.required - view.counters.answered).toBe(1);
    expect(view.findings.every((f) => f.state !== 'raised')).toBe(true);
  });

  it('moves with many others at once, each as the table allows', async () => {
    const moved = await moveResponses(database.db, { responseIds: [...world.responses, world.evsResponse], to: 'non_respondent', by: null, reason: 'Fin de saisie' });
    expect(moved).toEqual({ ok: true, value: { moved: 3 } });
    expect((await readResponse(database.db, responseId))!.state).toBe('submitted');
  });
});
