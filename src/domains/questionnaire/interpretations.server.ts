/** Interpretations as they are published and read. Who may publish is asked of the author before writing. */
import { sql } from 'kysely';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db } from '../../platform/database.server.ts';
import { type Interpretation, interpretationsOf, LONGEST_INTERPRETATION } from './interpretations.ts';
import type { QuestionnaireVersion } from './model.ts';
import { findVersion } from './store.server.ts';
import type { Author } from './studio/author.ts';

/** As `interpretation_says_something` in the database, in characters. */

export interface NewInterpretation {
  readonly year: number;
  readonly key: string;
  readonly asked: string;
  readonly answer: string;
  /** An interpretation of the same question that this one takes the place of. */
  readonly replaces?: string | null;
}

/** Publishes an interpretation. Refused: an empty or too long text, an unknown question, a place already taken. */
export async function publishInterpretation(db: Db, author: Author, given: NewInterpretation): Promise<Result<{ readonly id: string }>> {
  const refused = author.refusal({ kind: 'publish_interpretation' });
  if (refused) return refuse(refused);
  const [asked, answer] = [given.asked.trim(), given.answer.trim()];
  if (asked === '') return refuse({ code: 'asked_needed', message: 'Écrivez la question telle que tous la liront.' });
  if (answer === '') return refuse({ code: 'answer_needed', message: 'Écrivez la précision : elle s’affichera sous l’aide de la question.' });
  const longest = Math.max(asked.length, answer.length);
  if (longest > LONGEST_INTERPRETATION) return refuse({ code: 'too_long', message: `${longest} caractères : ${LONGEST_INTERPRETATION} au plus.` });
  const question = (await findVersion(db, given.year))?.questions.get(given.key);
  if (!question) return refuse({ code: 'unknown_question', message: `La question « ${given.key} » n’est pas dans le questionnaire ${given.year}.` });
  if (given.replaces) {
    const { rows } = await sql<{ taken: boolean }>`select exists (select 1 from questionnaire.interpretation r where r.replaces = i.id) as taken
      from questionnaire.interpretation i where i.id = ${given.replaces} and i.question_key = ${given.key} for update`.execute(db);
    if (!rows[0] || rows[0].taken) return refuse({ code: 'already_replaced', message: 'Cette précision a déjà été remplacée : rechargez la page.' });
  }
  const id = newId();
  await sql`insert into questionnaire.interpretation (id, year, question_key, asked, answer, help_then, published_by, replaces)
    values (${id}, ${given.year}, ${given.key}, ${asked}, ${answer}, ${question.help}, ${author.accountId}, ${given.replaces ?? null})`.execute(db);
  return ok({ id });
}

/** All that was published, oldest first; replaced ones too. */
export async function interpretations(db: Db): Promise<readonly Interpretation[]> {
  const { rows } = await sql<Interpretation>`
    select id, year, question_key as "questionKey", asked, answer, help_then as "helpThen", published_at as "publishedAt", replaces
    from questionnaire.interpretation order by published_at, id`.execute(db);
  return rows.map((row) => ({ ...row, publishedAt: new Date(row.publishedAt).toISOString() }));
}

interface Known {
  readonly list: readonly Interpretation[];
  readonly at: number;
}
const known = new WeakMap<Db, Known>();
/** How long a process may go on with the list before it looks for an interpretation of another process. */
const FRESH_MS = 60_000;

/** By question, those that belong to the help of a version. No statement within a minute of the last look. */
export async function interpretationsBeside(db: Db, version: Pick<QuestionnaireVersion, 'year' | 'questions'>): Promise<{ readonly [key: string]: readonly Interpretation[] }> {
  let kept = known.get(db);
  if (!kept || performance.now() - kept.at > FRESH_MS) {
    kept = { list: await interpretations(db), at: performance.now() };
    known.set(db, kept);
  }
  return interpretationsOf(version, kept.list);
}

/** After a publication: the next reading looks again. */
export const forgetInterpretations = (db: Db): void => void known.delete(db);
