import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePerson, type SmallWorld, smallWorld } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import type { Actor } from '../access/index.ts';
import { createCampaign, moveCampaign, waive } from '../campaign/index.server.ts';
import type { QuestionnaireVersion, Rule } from '../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import type { Database } from '../../platform/database.server.ts';
import { benchRule } from './index.server.ts';

let database: Database;
let world: SmallWorld;
let draft: QuestionnaireVersion;
let statistician: Actor;
let technical: Actor;
const CENTRES = 10;
const rule = (assert: string, more: Partial<Rule> = {}): Rule => ({ id: 'K900', category: 'staff', severity: 'info', stage: 'submit', appliesTo: ['CS', 'EVS'], when: null, assert, params: {}, message: 'Vérifiez.', justification: false, serverOnly: false, ...more });

/** Ten centres have sent: 10 to 19 full-time equivalents, the last one gave no number of employees. */
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const version = await readVersionFolder(contentFolder(), 2026);
  if (!version.ok) throw new Error('bad questionnaire');
  world = await smallWorld(db, { year: 2026, centres: CENTRES, version: version.value });
  statistician = await makePerson(db, 'Statistique', [{ role: 'statistician', territory: 'FR' }]);
  technical = await makePerson(db, 'Comité technique', [{ role: 'technical_committee', territory: 'FR' }]);
  await createCampaign(db, world.office, { year: 2026, closesOn: '2026-06-30', coverage: [{ territory: '62', kind: 'CS', status: 'surveyed' }] });
  for (const to of ['preparation', 'questionnaire_validated'] as const) await moveCampaign(db, world.office, { year: 2026, to });
  await waive(db, world.office, 2026, ['62'], 'test');
  await moveCampaign(db, world.office, { year: 2026, to: 'open' });
  const { rows } = await sql<{ id: string; structure_id: string }>`select id, structure_id from entry.response`.execute(db);
  for (const [i, centre] of world.centres.entries()) {
    const id = rows.find((r) => r.structure_id === centre)!.id;
    const answers = { staff_fte: { state: 'value', value: 10 + i }, ...(i === CENTRES - 1 ? {} : { staff_headcount: { state: 'value', value: 15 } }) };
    await sql`insert into entry.stored_sheet (response_id, data_year, answers) values (${id}, 2025, ${JSON.stringify(answers)}::jsonb)`.execute(db);
    await sql`update entry.response set state = 'in_progress' where id = ${id}`.execute(db);
    await sql`update entry.response set state = 'submitted' where id = ${id}`.execute(db);
  }
  const renamed = { ...version.value, year: 2027, questions: version.value.questions.map((q) => (q.key === 'staff_headcount' ? { ...q, key: 'employees' } : q)) };
  draft = { ...renamed, lineage: [{ kind: 'renamed', from: ['staff_headcount'], to: ['employees'], note: 'Mot plus clair.' }] };
});
afterAll(() => database.close());

describe('the bench of a rule', () => {
  it('counts the responses of last year that it would have flagged, under the names that questions had then, in few statements', async () => {
    const before = database.statementCount();
    const bench = await benchRule(database.db, statistician, draft, rule('staff_fte <= employees'), { named: false });
    expect(database.statementCount() - before).toBeLessThanOrEqual(5);
    // 16, 17 and 18 are above 15; the last centre cannot be judged
    expect(bench).toMatchObject({ ok: true, value: { campaignYear: 2026, dataYear: 2025, responses: 10, tried: 10, open: 1, notApplicable: 0, counts: [{ kind: 'CS', judged: 9, flagged: 3 }], flagged: [] } });
  });
  it('names them only when told to', async () => {
    const bench = await benchRule(database.db, statistician, draft, rule('staff_fte < 19', { when: 'staff_fte > 12' }), { named: true });
    if (!bench.ok) throw new Error(bench.error.message);
    expect(bench.value).toMatchObject({ notApplicable: 3, counts: [{ judged: 7, flagged: 1 }] });
    expect(bench.value.flagged.map((f) => [f.name, f.territory])).toEqual([['Centre 10', '62']]);
  });
  it('tells who may not read the responses how many to the nearest five, and lets nobody aim at one structure', async () => {
    const tried = (assert: string, more: Partial<Rule> = {}) => benchRule(database.db, technical, draft, rule(assert, more), { named: false });
    // moved by one, the threshold flags one more centre: nothing moves
    const [seven, six] = [await tried('staff_fte < 13'), await tried('staff_fte < 14')];
    expect(seven).toMatchObject({ ok: true, value: { exact: false, counts: [{ kind: 'CS', judged: 10, flagged: 5 }], total: { judged: 10, flagged: 5 } } });
    expect(six).toEqual(seven);
    // one alone, flagged or out of scope
    expect(await tried('staff_fte < 19')).toMatchObject({ value: { total: { flagged: null } } });
    expect(await tried('staff_fte < 19', { when: 'staff_fte > 10' })).toMatchObject({ value: { notApplicable: null } });
    expect(await tried("commune == '62041'")).toMatchObject({ ok: false, error: { code: 'rule_not_triable' } });
    expect(await benchRule(database.db, technical, draft, rule('staff_fte < 19'), { named: true })).toMatchObject({ ok: false, error: { code: 'bench_not_allowed' } });
    const member = await makePerson(database.db, 'Comité', [{ role: 'committee_member', territory: '62' }]);
    expect(await benchRule(database.db, member, draft, rule('staff_fte < 19'), { named: false })).toMatchObject({ ok: false, error: { code: 'bench_not_allowed' } });
  });
  it('is journalled, whoever tries', async () => {
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from access.journal where account_id = ${technical.accountId} and action = 'bench.read'`.execute(database.db);
    expect(rows[0]!.n).toBeGreaterThan(0);
  });
  it('says when a rule reads what was not asked', async () => {
    const added = { ...draft, questions: [...draft.questions, { ...draft.questions.find((q) => q.key === 'staff_fte')!, key: 'gardens', code: 'F99' }] };
    const bench = await benchRule(database.db, statistician, added, rule('gardens > 0'), { named: false });
    expect(bench).toMatchObject({ ok: false, error: { code: 'rule_not_triable' } });
    expect(bench.ok ? '' : bench.error.message).toContain('gardens');
  });
  it('has nothing to try on before the first campaign', async () => {
    expect(await benchRule(database.db, statistician, { ...draft, year: 2026 }, rule('staff_fte > 0'), { named: false })).toMatchObject({ ok: false, error: { code: 'nothing_to_try_on' } });
  });
});
