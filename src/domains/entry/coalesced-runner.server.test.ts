import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../kernel/identifier.ts';
import type { Database } from '../../platform/database.server.ts';
import { testDatabase } from '../../../tests/support/test-database.ts';
import { openCampaignOf, type OpenCampaign, value } from './fixtures/open-campaign.ts';
import { saveAnswer } from './save.server.ts';
import { sharedRunner } from './statement-runner.server.ts';

describe('saves that arrive together', () => {
  let database: Database;
  let world: OpenCampaign;
  beforeAll(async () => {
    database = await testDatabase();
    world = await openCampaignOf(database.db);
  });
  afterAll(() => database.close());

  const by = (): { actor: OpenCampaign['director'] } => ({ actor: world.director });
  const save = (saveId: string, key: string, n: number) => saveAnswer(sharedRunner(database), by(), { saveId, responseId: world.responses[0]!, dataYear: 2025, key, answer: value(n) });

  it('are each acknowledged and counted once, some of them sent twice at the same moment', async () => {
    const keys = ['interns', 'civic_service', 'coconstructed_projects', 'partners_count', 'hosted_associations'];
    const sent = Array.from({ length: 40 }, (_, i) => ({ saveId: newId(), key: keys[i % keys.length]!, n: i }));
    const receipts = await Promise.all([...sent, ...sent.slice(0, 10)].map((s) => save(s.saveId, s.key, s.n)));
    expect(receipts.every((r) => r.ok)).toBe(true);
    const sequences = receipts.map((r) => (r.ok ? r.value.sequence : 0));
    expect(new Set(sequences).size).toBe(40);
    expect(sequences.slice(40)).toEqual(sequences.slice(0, 10));
    const { rows } = await sql<{ n: number; revision: number }>`
      select (select count(*)::int from entry.answer_history where response_id = r.id) as n, revision from entry.response r where id = ${world.responses[0]!}`.execute(database.db);
    expect(rows).toEqual([{ n: 40, revision: 40 }]);
  });
  it('are refused one by one: a fault of one is not the fault of the others', async () => {
    const answers = await Promise.all([
      save(newId(), 'interns', 3),
      saveAnswer(sharedRunner(database), by(), { saveId: newId(), responseId: world.responses[0]!, dataYear: 2025, key: 'interns', answer: value('trois') }),
      saveAnswer(sharedRunner(database), by(), { saveId: newId(), responseId: newId() as never, dataYear: 2025, key: 'interns', answer: value(3) }),
      saveAnswer(sharedRunner(database), { token: 'a'.repeat(30) }, { saveId: newId(), responseId: world.responses[0]!, dataYear: 2025, key: 'interns', answer: value(3) }),
      save(newId(), 'civic_service', 4),
    ]);
    expect(answers.map((a) => (a.ok ? 'ok' : a.error.code))).toEqual(['ok', 'ill_typed_answer', 'unknown_response', 'not_signed_in', 'ok']);
  });
});
