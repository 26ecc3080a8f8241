import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { makePerson } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { Actor } from '../access/index.ts';
import { type Answer, answerEquals, answerFingerprint } from '../questionnaire/index.ts';
import { verdictOf } from './conflict.ts';
import { openCampaignOf, type OpenCampaign, value } from './fixtures/open-campaign.ts';
import { historyOf, openConflictsOf, preparedRunner, readResponse, type Runner, saveAnswer, saveAnswers } from './index.server.ts';

const answer: fc.Arbitrary<Answer | undefined> = fc.oneof(
  fc.constantFrom<Answer | undefined>(undefined, { state: 'unknown' }, { state: 'not_concerned' }),
  fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('', 'unknown', 'a'), fc.subarray(['a', 'b', 'c']), fc.dictionary(fc.constantFrom('r', 's'), fc.dictionary(fc.constantFrom('c', 'd'), fc.constantFrom<number | boolean | 'unknown'>(0, 1, true, false, 'unknown')))).map((v): Answer => ({ state: 'value', value: v })),
);

describe('the rule of conflicts', () => {
  it('tells answers apart exactly as equality does', () => {
    fc.assert(
      fc.property(answer, answer, (a, b) => {
        expect(answerFingerprint(a) === answerFingerprint(b)).toBe(answerEquals(a, b));
      }),
    );
    expect(answerEquals({ state: 'unknown' }, { state: 'value', value: 'unknown' })).toBe(false);
  });

  it('writes over what its author saw, or what says the same, and over nothing else', () => {
    fc.assert(
      fc.property(answer, answer, answer, (standing, sent, seen) => {
        const verdict = verdictOf(standing, sent, answerFingerprint(seen));
        expect(verdict).toBe(answerEquals(standing, seen) || answerEquals(standing, sent) ? 'write' : 'conflict');
        expect(verdictOf(standing, sent, undefined)).toBe('write');
      }),
    );
  });
});

describe('two people in one response', () => {
  const YEAR = 2025;
  let database: Database;
  let world: OpenCampaign;
  let runner: Runner;
  let responseId: ResponseId;
  let treasurer: Actor;
  const fp = (v: number | null): string => answerFingerprint(v === null ? undefined : { state: 'value', value: v });
  const save = (actor: Actor, key: string, v: number | null, base: number | null, more: { saveId?: string; settles?: readonly string[] } = {}) =>
    saveAnswer(runner, { actor }, { saveId: more.saveId ?? newId(), responseId, dataYear: YEAR, key, answer: v === null ? null : value(v), base: fp(base), ...(more.settles ? { settles: more.settles } : {}) });
  const stands = async (key: string): Promise<unknown> => (await readResponse(database.db, responseId))!.sheets[YEAR]?.answers[key];

  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
    runner = preparedRunner(database);
    responseId = world.responses[0]!;
    treasurer = await makePerson(database.db, 'Trésorière', [{ role: 'contributor', structureId: world.centres[0]! }]);
  });
  afterAll(() => database.close());

  it('on different questions merge; on the same one, the second is not written but kept with both values and who gave them', async () => {
    expect((await save(world.director, 'members', 300, null)).ok).toBe(true);
    expect((await save(treasurer, 'interns', 2, null)).ok).toBe(true);
    const second = await save(treasurer, 'members', 320, null);
    expect(second).toMatchObject({ ok: false, error: { code: 'conflict', conflict: { key: 'members', answer: value(320), author: 'Trésorière', standing: { answer: value(300), author: 'Directrice' } } } });
    expect(await stands('members')).toEqual(value(300));
    expect(await openConflictsOf(database.db, responseId)).toHaveLength(1);
  });

  it('a choice settles the conflicts that it names, in its own transaction; the refused save is never written, however often it comes', async () => {
    const [kept] = await openConflictsOf(database.db, responseId);
    const again = await save(treasurer, 'members', 320, null, { saveId: kept!.saveId });
    expect(again).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect((await save(treasurer, 'members', 320, 300, { settles: [kept!.saveId] })).ok).toBe(true);
    expect(await stands('members')).toEqual(value(320));
    expect(await openConflictsOf(database.db, responseId)).toEqual([]);
    // The value goes back to what the refused save had seen: it does not come to life again.
    expect((await save(world.director, 'members', null, 320)).ok).toBe(true);
    expect(await save(treasurer, 'members', 320, null, { saveId: kept!.saveId })).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await stands('members')).toBeUndefined();
  });

  it('who says the same is written; one’s own later answer takes the place of the earlier one in waiting', async () => {
    await save(world.director, 'board_members', 12, null);
    expect((await save(treasurer, 'board_members', 12, null)).ok).toBe(true);
    const first = await save(treasurer, 'board_members', 13, 9);
    const firstId = !first.ok && 'conflict' in first.error ? first.error.conflict.saveId : '';
    await save(treasurer, 'board_members', 14, 9, { settles: [firstId] });
    expect((await openConflictsOf(database.db, responseId)).map((k) => k.answer)).toEqual([value(14)]);
  });

  it('a choice cannot settle the conflict of another question or response', async () => {
    const [kept] = await openConflictsOf(database.db, responseId);
    await save(world.director, 'interns', 3, 2, { settles: [kept!.saveId] });
    expect(await openConflictsOf(database.db, responseId)).toHaveLength(1);
  });

  it('a sheet posted whole writes what nobody else changed and keeps the rest', async () => {
    const other = world.responses[0]!;
    const saved = await saveAnswers(runner, { actor: treasurer }, { responseId: other, dataYear: YEAR, items: [
      { saveId: newId(), key: 'interns', answer: value(5), base: fp(2) },
      { saveId: newId(), key: 'staff_women', answer: value(4), base: fp(null) },
      { saveId: newId(), key: 'board_members', answer: value(12), base: fp(12) },
    ] }, { onlyChanges: true });
    expect(saved.ok && saved.value.receipts).toHaveLength(1);
    expect(saved.ok && saved.value.conflicts).toMatchObject([{ key: 'interns', answer: value(5), standing: { answer: value(3) } }]);
    expect(await stands('staff_women')).toEqual(value(4));
    expect((await historyOf(database.db, responseId, YEAR, 'interns')).map((l) => l.answer)).toEqual([value(3), value(2)]);
  });

  it('of saves made at the very same time on one value, one is written and each other is kept', async () => {
    await save(world.director, 'unique_users', 100, null);
    const all = await Promise.all([1, 2, 3, 4, 5].map((n) => save(n % 2 ? treasurer : world.director, 'unique_users', 100 + n, 100)));
    expect(all.filter((r) => r.ok)).toHaveLength(1);
    expect((await openConflictsOf(database.db, responseId)).filter((k) => k.key === 'unique_users')).toHaveLength(4);
  });
});
