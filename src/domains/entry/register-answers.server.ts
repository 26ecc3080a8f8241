/**
 * The register and the answers: its facts answer at the first opening, with `register` as their source; an answer that says otherwise proposes
 * a change, which a correspondent accepts or refuses. An answer that agrees again withdraws the proposal.
 */
import { sql } from 'kysely';
import { type Answer, type CompiledVersion, parseAnswer } from '../questionnaire/index.ts';
import { registerAnswers, registerDifferences, REGISTER_QUESTIONS } from '../registry/index.ts';
import { proposeChanges, structureAt, withdrawProposals } from '../registry/index.server.ts';
import { newId, type ResponseId } from '../../kernel/identifier.ts';
import type { Db } from '../../platform/database.server.ts';
import { loadVersion } from '../questionnaire/index.server.ts';
import type { Change } from './judge.ts';
import { loadForSave } from './save-load.server.ts';
import { askedSet, record } from './save.server.ts';
import { runnerOf } from './statement-runner.server.ts';

export const isRegisterQuestion = (compiled: CompiledVersion, key: string): boolean => compiled.questions.get(key)?.prefill === 'register' && REGISTER_QUESTIONS.includes(key);

/** Compares answers just given with the register as of 31 December of the data year. In the transaction of the save. */
export async function compareWithRegister(tx: Db, of: { readonly structureId: string; readonly campaignYear: number; readonly dataYear: number }, changes: readonly Change[]): Promise<void> {
  const known = await structureAt(tx, of.structureId, `${of.dataYear}-12-31`);
  if (!known) return;
  const answers: { [key: string]: Answer } = Object.fromEntries(changes.flatMap((c) => (c.answer ? [[c.key, c.answer]] : [])));
  const differences = registerDifferences(known, answers, of.dataYear);
  const agreed = changes.map((c) => c.key).filter((key) => !differences.some((d) => d.questionKey === key));
  if (differences.length > 0) await proposeChanges(tx, differences.map((d) => ({ ...d, ...of })));
  if (agreed.length > 0) await withdrawProposals(tx, of.structureId, agreed);
}

/**
 * Puts the register's answers into a response that has none yet, for each data year that asks them. Does nothing the second time, nor where a
 * person has answered. Returns the number of answers written.
 */
export async function prefillFromRegister(db: Db, responseId: ResponseId): Promise<number> {
  const { rows } = await sql<{ empty: boolean }>`select not exists (select 1 from entry.answer_sheet where response_id = r.id) as empty
    from entry.response r where id = ${responseId} and state in ('not_started', 'in_progress')`.execute(db);
  if (!rows[0]?.empty) return 0;
  const runner = runnerOf(db);
  let written = 0;
  const { rows: heads } = await sql<{ questionnaire_year: number; structure_id: string }>`select c.questionnaire_year, r.structure_id
    from entry.response r join campaign.campaign c on c.year = r.campaign_year where r.id = ${responseId}`.execute(db);
  const compiled = await loadVersion(db, heads[0]!.questionnaire_year);
  for (const dataYear of compiled.dataYears) {
    // oxlint-disable-next-line no-await-in-loop -- one or two data years
    const known = await structureAt(db, heads[0]!.structure_id, `${dataYear}-12-31`);
    if (!known) return written;
    // oxlint-disable-next-line no-await-in-loop
    const loaded = await loadForSave(runner, undefined, responseId, []);
    if (!loaded) return written;
    const asked = askedSet(compiled, loaded.structureKind, loaded.territoryCode, dataYear);
    const changes = Object.entries(registerAnswers(known, dataYear)).flatMap(([key, raw]) => {
      if (!asked.has(key) || !isRegisterQuestion(compiled, key) || loaded.sheets[dataYear]?.answers[key]) return [];
      const parsed = parseAnswer(compiled.questions.get(key)!, raw);
      return parsed.ok && parsed.value ? [{ saveId: newId(), key, answer: parsed.value }] : [];
    });
    // A response that moved meanwhile is being answered by somebody: the register may wait for the next opening.
    // oxlint-disable-next-line no-await-in-loop
    if (changes.length > 0 && (await record(runner, compiled, loaded, { responseId, dataYear }, changes, { author: null, source: 'register', starts: false }))) written += changes.length;
  }
  return written;
}
