/** Recording of an erratum. */
import { sql } from 'kysely';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import type { Db } from '../../platform/database.server.ts';
import { wordsAt, type ErratumField } from './errata.ts';
import { findVersion, forgetVersion } from './store.server.ts';

export interface ErratumRequest {
  readonly year: number;
  readonly questionKey?: string;
  readonly ruleId?: string;
  readonly field: ErratumField;
  readonly itemCode?: string;
  readonly newText: string;
  readonly reason: string;
  readonly madeBy?: string;
}

/** Corrects words of a version: a label, a help, a note, a message, or the label of an option, a row or a column. Anything else is refused. */
export async function recordErratum(db: Db, request: ErratumRequest): Promise<Result<{ readonly id: string }>> {
  const { year, field, newText, reason } = request;
  const place = { questionKey: request.questionKey ?? null, ruleId: request.ruleId ?? null, field, itemCode: request.itemCode ?? null };
  const compiled = await findVersion(db, year);
  if (!compiled) return refuse({ code: 'unknown_version', message: `Aucun questionnaire ${year}.` });
  const oldText = wordsAt(compiled.version, place);
  if (oldText === undefined) return refuse({ code: 'erratum_touches_words_only', message: 'Un erratum corrige seulement des mots : libellé, aide, message, note, ou libellé d’une option, d’une ligne ou d’une colonne qui existent.' });
  if (newText.trim() === '' || newText === oldText) return refuse({ code: 'nothing_to_correct', message: 'Écrivez le nouveau texte, différent de l’ancien.' });
  if (reason.trim() === '') return refuse({ code: 'erratum_without_reason', message: 'Dites en une phrase pourquoi ces mots changent.' });
  const id = newId();
  await sql`
    insert into questionnaire.erratum (id, year, question_key, rule_id, field, item_code, old_text, new_text, reason, made_by)
    values (${id}, ${year}, ${place.questionKey}, ${place.ruleId}, ${field}, ${place.itemCode}, ${oldText}, ${newText.trim()}, ${reason.trim()}, ${request.madeBy ?? null})`.execute(db);
  forgetVersion(db, year);
  return ok({ id });
}
