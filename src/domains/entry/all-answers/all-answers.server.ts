/** Reads every answer of a structure, of every campaign, with who gave it, from what and when. */
import { sql } from 'kysely';
import type { StructureId } from '../../../kernel/identifier.ts';
import type { Db } from '../../../platform/database.server.ts';
import { writeXlsx } from '../../../platform/spreadsheet/xlsx.server.ts';
import type { Answers } from '../../questionnaire/index.ts';
import { loadVersion } from '../../questionnaire/index.server.ts';
import type { AnswerSource } from '../model.ts';
import { answersBook, answersCsv, type KeptAnswer } from './answer-rows.ts';

interface Row {
  campaignYear: number;
  questionnaireYear: number;
  dataYear: number;
  source: AnswerSource;
  answers: Answers;
  provenance: { [key: string]: AnswerSource };
  /** By key, `*` for a sheet that was loaded whole: author and moment of the last save. */
  saves: { [key: string]: { author: string | null; at: string } } | null;
}

/** Latest campaign and data year first, in the order of each questionnaire. */
export async function allAnswersOf(db: Db, structureId: StructureId): Promise<KeptAnswer[]> {
  const { rows } = await sql<Row>`
    select r.campaign_year as "campaignYear", c.questionnaire_year as "questionnaireYear", s.data_year as "dataYear", s.source, s.answers, s.provenance,
      (select json_object_agg(h.question_key, json_build_object('author', h.author, 'at', h.at)) from (
        select distinct on (x.question_key) x.question_key, a.display_name as author, x.at from entry.answer_history x left join access.account a on a.id = x.author_id
        where x.response_id = r.id and x.data_year = s.data_year order by x.question_key, x.sequence desc) h) as saves
    from entry.response r join campaign.campaign c on c.year = r.campaign_year join entry.answer_sheet s on s.response_id = r.id
    where r.structure_id = ${structureId} order by r.campaign_year desc, s.data_year desc`.execute(db);
  const kept: KeptAnswer[] = [];
  for (const row of rows) {
    // oxlint-disable-next-line no-await-in-loop -- a version per campaign, remembered
    const { version } = await loadVersion(db, row.questionnaireYear);
    for (const question of version.questions) {
      const answer = row.answers[question.key];
      if (!answer) continue;
      const save = row.saves?.[question.key] ?? row.saves?.['*'];
      kept.push({ campaignYear: row.campaignYear, dataYear: row.dataYear, question, answer, source: row.provenance[question.key] ?? row.source, author: save?.author ?? null, at: save ? new Date(save.at).toISOString() : null });
    }
  }
  return kept;
}

/** `now`: ISO 8601. */
export async function allAnswersFile(db: Db, structure: { readonly id: StructureId; readonly name: string }, format: 'xlsx' | 'csv', now: string): Promise<Buffer> {
  const answers = await allAnswersOf(db, structure.id);
  return format === 'csv' ? Buffer.from(answersCsv(answers), 'utf8') : writeXlsx(answersBook(structure.name, answers, now));
}
