import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SmallWorld, smallWorld } from '../../../tests/support/small-world.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { createCampaign, moveCampaign, openCampaign, waive } from '../campaign/index.server.ts';
import type { QuestionnaireVersion, Rule } from '../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import type { Database } from '../../platform/database.server.ts';
import { benchRule } from './index.server.ts';

let database: Database;
let world: SmallWorld;
let draft: QuestionnaireVersion;
const CENTRES = 10;
const rule = (assert: string, more: Partial<Rule> = {}): Rule => ({ id: 'K900', category: 'staff', severity: 'info', stage: 'submit', appliesTo: ['CS', 'EVS'], when: null, assert, params: {}, message: 'Vérifiez.', justification: false, serverOnly: false, ...more });

/** Ten centres have sent: 10 to 19 full-time equivalents, the last one gave no number of employees. */
beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  const version = await readVersionFolder(contentFolder(), 2026);
  if (!version.ok) throw new Error('bad questionnaire');
  world = await smallWorld(db, { year: 2026, centres: CENTRES, version: version.value });
  await createCampaign(db, world.office, { year: 2026, closesOn: '2026-06-30', coverage: [{ territory: '62', kind: 'CS', status: 'surveyed' }] });
  for (const to of ['preparation', 'questionnaire_validated'] as const) await moveCampaign(db, world.office, { year: 2026, to });
  await waive(db, world.office, 2026, ['62'], 'test');
  await openCampaign(db, world.office, { year: 2026 });
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
    const bench = await benchRule(database.db, draft, rule('staff_fte <= employees'), { named: false });
    expect(database.statementCount() - before).toBeLessThanOrEqual(5);
    // 16, 17 and 18 are above 15; the last centre cannot be judged
    expect(bench).toMatchObject({ ok: true, value: { campaignYear: 2026, dataYear: 2025, responses: 10, tried: 10, open: 1, notApplicable: 0, counts: [{ kind: 'CS', judged: 9, flagged: 3 }], flagged: [] } });
  });
  it('names them only when told to', async () => {
    const bench = await benchRule(database.db, draft, rule('staff_fte < 19', { when: 'staff_fte > 12' }), { named: true });
    if (!bench.ok) throw new Error(bench.error.message);
    expect(bench.value).toMatchObject({ notApplicable: 3, counts: [{ judged: 7, flagged: 1 }] });
    expect(bench.value.flagged.map((f) => [f.name, f.territory])).toEqual([['Centre 10', '62']]);
  });
  it('says when a rule reads what was not asked', async () => {
    const added = { ...draft, questions: [...draft.questions, { ...draft.questions.find((q) => q.key === 'staff_fte')!, key: 'gardens', code: 'F99' }] };
    const bench = await benchRule(database.db, added, rule('gardens > 0'), { named: false });
    expect(bench).toMatchObject({ ok: false, error: { code: 'rule_not_triable' } });
    expect(bench.ok ? '' : bench.error.message).toContain('gardens');
  });
  it('has nothing to try on before the first campaign', async () => {
    expect(await benchRule(database.db, { ...draft, year: 2026 }, rule('staff_fte > 0'), { named: false })).toMatchObject({ ok: false, error: { code: 'nothing_to_try_on' } });
  });
});
