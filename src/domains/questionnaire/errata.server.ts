/** Recording of errata. */
import { sql } from 'kysely';
import { newId } from '../../kernel/identifier.ts';
import { ok, refuse, type Refusal, type Result } from '../../kernel/result.ts';
import { type Db, inTransaction } from '../../platform/database.server.ts';
import { type ErratumField, type ErratumPlace, wordsAt } from './errata.ts';
import type { QuestionnaireVersion } from './model.ts';
import { findVersion, forgetVersion } from './store.server.ts';
import type { Author } from './studio/author.ts';

export interface ErratumRequest {
  readonly year: number;
  readonly questionKey?: string;
  readonly ruleId?: string;
  readonly field: ErratumField;
  readonly itemCode?: string;
  readonly newText: string;
  readonly reason: string;
}

/** Corrects words of a version: a label, a help, a note, a message, or the label of an option, a row or a column. Anything else is refused. For the operator of the house. */
export async function recordErratum(db: Db, request: ErratumRequest): Promise<Result<{ readonly id: string }>> {
  const { year, field, newText, reason } = request;
  const place = { questionKey: request.questionKey ?? null, ruleId: request.ruleId ?? null, field, itemCode: request.itemCode ?? null };
  const compiled = await findVersion(db, year);
  if (!compiled) return refuse({ code: 'unknown_version', message: `Aucun questionnaire ${year}.` });
  const refusal = whyNot(compiled.version, { ...place, newText }, reason);
  if (refusal) return refuse(refusal);
  const id = await write(db, compiled.version, { ...place, newText }, reason, null);
  forgetVersion(db, year);
  return ok({ id });
}

export interface Correction extends ErratumPlace {
  /** The words that its author saw. */
  readonly seen: string;
  readonly newText: string;
}

/**
 * Corrects several words of a version in use, for one reason: all or none. Words left as they were seen are no correction. The core and the themes by the technical committee, a local module by the
 * correspondents of its territory: who writes them. Refused when somebody else has corrected the same words meanwhile.
 */
export async function recordErrata(db: Db, author: Author, request: { readonly year: number; readonly corrections: readonly Correction[]; readonly reason: string }): Promise<Result<{ readonly recorded: number }>> {
  const { year, reason } = request;
  const done = await inTransaction(db, async (tx): Promise<Result<{ recorded: number }>> => {
    const { rows } = await sql<{ state: string }>`select state from questionnaire.version where year = ${year} for update`.execute(tx);
    const compiled = rows[0] && (await findVersion(tx, year));
    if (!compiled) return refuse({ code: 'unknown_version', message: `Aucun questionnaire ${year}.` });
    if (rows[0]!.state !== 'in_use' && rows[0]!.state !== 'closed') return refuse({ code: 'version_not_in_use', message: `Le questionnaire ${year} n’est pas encore en usage : il se change dans l’atelier, sans erratum.` });
    // a form sends its line ends its own way (HTML, form submission: CR LF)
    const changed = request.corrections.map((c) => ({ ...c, seen: lineEnds(c.seen), newText: lineEnds(c.newText) })).filter((c) => c.newText.trim() !== c.seen.trim());
    if (changed.length === 0) return refuse({ code: 'nothing_to_correct', message: 'Changez au moins un mot avant d’enregistrer.' });
    for (const correction of changed) {
      const module = compiled.version.questions.find((q) => q.key === correction.questionKey)?.module;
      const refusal = author.refusal({ kind: 'write', territories: [compiled.version.modules.find((m) => m.code === module)?.territory ?? null], withdraw: false }) ?? whyNot(compiled.version, correction, reason);
      if (refusal) return refuse(refusal);
      const now = lineEnds(wordsAt(compiled.version, correction)!);
      if (now !== correction.seen) return refuse({ code: 'words_moved', message: `Quelqu’un a corrigé ces mots pendant que vous écriviez\u00a0: «\u00a0${now}\u00a0». Relisez, puis enregistrez à nouveau.` });
    }
    // oxlint-disable-next-line no-await-in-loop -- a few words, in one transaction
    for (const correction of changed) await write(tx, compiled.version, correction, reason, author.accountId);
    return ok({ recorded: changed.length });
  });
  if (done.ok) forgetVersion(db, year);
  return done;
}

const lineEnds = (text: string): string => text.replaceAll('\r\n', '\n');

type Words = ErratumPlace & { readonly newText: string };

/** Why these words cannot be put there, for this reason; undefined when they can. */
function whyNot(version: QuestionnaireVersion, { newText, ...place }: Words, reason: string): Refusal | undefined {
  const oldText = wordsAt(version, place);
  if (oldText === undefined) return { code: 'erratum_touches_words_only', message: whyNoPlace(version, place) };
  // a help or a note may be taken away, what a question is called may not
  if ((newText.trim() === '' && place.field !== 'note' && place.field !== 'help') || newText.trim() === oldText) return { code: 'nothing_to_correct', message: 'Écrivez le nouveau texte, différent de l’ancien.' };
  return reason.trim() === '' ? { code: 'erratum_without_reason', message: 'Dites en une phrase pourquoi ces mots changent.' } : undefined;
}

async function write(db: Db, version: QuestionnaireVersion, { newText, ...place }: Words, reason: string, madeBy: string | null): Promise<string> {
  const id = newId();
  await sql`
    insert into questionnaire.erratum (id, year, question_key, rule_id, field, item_code, old_text, new_text, reason, made_by)
    values (${id}, ${version.year}, ${place.questionKey}, ${place.ruleId}, ${place.field}, ${place.itemCode}, ${wordsAt(version, place)}, ${newText.trim()}, ${reason.trim()}, ${madeBy})`.execute(db);
  return id;
}

/** What is wrong with a place that has no words: its name, or what it is. */
function whyNoPlace(version: QuestionnaireVersion, { questionKey, ruleId }: ErratumPlace): string {
  if (ruleId !== null && !version.rules.some((r) => r.id === ruleId)) return `Le questionnaire ${version.year} n’a pas de contrôle « ${ruleId} » : donnez son numéro, par exemple ${version.rules[0]?.id ?? 'K001'}.`;
  if (questionKey !== null && !version.questions.some((q) => q.key === questionKey)) {
    const byCode = version.questions.find((q) => q.code === questionKey.toUpperCase());
    return byCode ? `« ${questionKey} » est un code : donnez la clé de la question, ${byCode.key}.` : `Le questionnaire ${version.year} n’a pas de question « ${questionKey} » : donnez sa clé, par exemple ${version.questions[0]?.key ?? ''}.`;
  }
  return 'Un erratum corrige seulement des mots : libellé, aide, message, note, ou libellé d’une option, d’une ligne ou d’une colonne qui existent.';
}
