/**
 * The preview of a workbook brought back. What it carries from one page to the next stands in a field of the form, so that nothing waits in the database
 * and no script is needed: what the file holds, what stood at the download, what the person was shown, and the identifier of the save that would write it.
 */
import { type BroughtAnswer, type DifferenceLine, differenceLines, meet, prefillFromRegister, preparedRunner, readResponse, saveAnswers, type WorkbookFault } from '../../domains/entry/index.server.ts';
import type { ResponseView } from '../../domains/entry/index.ts';
import type { Actor } from '../../domains/access/index.ts';
import { type Answer, answerFingerprint, type CompiledVersion, formatAnswer, parseAnswer } from '../../domains/questionnaire/index.ts';
import { isUuid, newId } from '../../kernel/identifier.ts';
import { NBSP } from '../../kernel/french-number.ts';
import type { Database } from '../../platform/database.server.ts';

/** One answer of the file on its way. */
export interface Carried {
  readonly dataYear: number;
  readonly key: string;
  readonly atDownload: Answer | null;
  readonly inFile: Answer | null;
  /** Fingerprint of the answer that stood when the page was shown. */
  readonly seen: string;
  readonly saveId: string;
  /** Earlier saves of it that were kept as a conflict. */
  readonly settles: readonly string[];
}
export interface Difference {
  readonly dataYear: number;
  readonly key: string;
  readonly rubric: string;
  readonly code: string;
  readonly label: string;
  readonly kind: 'changed' | 'both';
  readonly lines: readonly DifferenceLine[];
  /** In words, what it was at the download; for a value changed in both. */
  readonly atDownload: string;
}
export interface Preview {
  readonly carried: readonly Carried[];
  readonly differences: readonly Difference[];
  readonly faults: readonly WorkbookFault[];
}

export const carry = (answers: readonly BroughtAnswer[]): Carried[] =>
  answers.map(({ dataYear, key, atDownload, inFile }) => ({ dataYear, key, atDownload: atDownload ?? null, inFile: inFile ?? null, seen: '', saveId: newId(), settles: [] }));

/** What of the file still differs from what stands, in the order of the questionnaire; what each one is shown now is remembered. */
export function previewOf(compiled: CompiledVersion, view: ResponseView, all: readonly Carried[], faults: readonly WorkbookFault[]): Preview {
  const carried: Carried[] = [];
  const differences: Difference[] = [];
  for (const one of all) {
    const question = compiled.questions.get(one.key)!;
    const standing = view.sheets[one.dataYear]?.answers[one.key];
    const met = meet(question, one.atDownload ?? undefined, standing, one.inFile ?? undefined);
    if (met.kind === 'nothing') continue;
    carried.push({ ...one, seen: answerFingerprint(standing) });
    differences.push({
      dataYear: one.dataYear, key: one.key, rubric: question.rubric, code: question.code, label: question.label, kind: met.kind,
      lines: differenceLines(question, standing, met.proposal, view.previous[one.dataYear]?.[one.key], view.cuts?.[one.dataYear]?.[one.key]), atDownload: one.atDownload ? formatAnswer(question, one.atDownload) : 'sans réponse',
    });
  }
  return { carried, differences, faults };
}

const isRaw = (value: unknown): value is { readonly [name: string]: unknown } => typeof value === 'object' && value !== null;
const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String).filter(isUuid) : []);

/** Reads what a page carried; undefined when it is not what this page writes. */
export function readCarried(compiled: CompiledVersion, text: string): Carried[] | undefined {
  const parsed = parseJson(text);
  if (!Array.isArray(parsed) || parsed.length > 5000) return undefined;
  const read = parsed.map((raw: unknown): Carried | undefined => {
    if (!isRaw(raw) || !isUuid(raw['saveId']) || typeof raw['seen'] !== 'string' || !compiled.dataYears.includes(raw['dataYear'] as number)) return undefined;
    const question = compiled.questions.get(String(raw['key']));
    const [atDownload, inFile] = [raw['atDownload'], raw['inFile']].map((answer) => (question ? parseAnswer(question, answer ?? null) : undefined));
    return question && atDownload?.ok && inFile?.ok ? { dataYear: raw['dataYear'] as number, key: question.key, atDownload: atDownload.value ?? null, inFile: inFile.value ?? null, seen: raw['seen'], saveId: raw['saveId'], settles: texts(raw['settles']) } : undefined;
  });
  return read.every((one) => one !== undefined) ? read : undefined;
}

export function readFaults(text: string): WorkbookFault[] {
  const parsed = parseJson(text);
  return Array.isArray(parsed) ? parsed.filter(isRaw).map((raw) => ({ sheet: String(raw['sheet']), cell: String(raw['cell']), question: String(raw['question']), value: String(raw['value']), remedy: String(raw['remedy']) })) : [];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What the person accepts: everything that only the file changed, the same of one rubric, or one question, whatever it is. */
export type Acceptance = { readonly kind: 'all' } | { readonly kind: 'rubric'; readonly dataYear: number; readonly rubric: string } | { readonly kind: 'question'; readonly dataYear: number; readonly key: string };

export function readAcceptance(text: string): Acceptance | undefined {
  if (text === 'tout') return { kind: 'all' };
  const [kind, year = '', name = ''] = text.split('/');
  if (!/^\d{4}$/.test(year) || name === '') return undefined;
  return kind === 'rubrique' ? { kind: 'rubric', dataYear: Number(year), rubric: name } : kind === 'question' ? { kind: 'question', dataYear: Number(year), key: name } : undefined;
}

export interface Accepted {
  readonly preview: Preview;
  readonly written: number;
  /** Sentences on what was not written. */
  readonly notes: readonly string[];
}

/**
 * Saves what is accepted by the ordinary saves, as the person who brought the file: what a correspondent brings is reviewed by the structure like what he
 * types. A value that moved since the page was shown is kept as a conflict beside the one that stands, and proposed again.
 */
export async function accept(database: Database, actor: Actor, view: ResponseView, compiled: CompiledVersion, acceptance: Acceptance, carried: readonly Carried[], faults: readonly WorkbookFault[]): Promise<Accepted> {
  await prefillFromRegister(database.db, view.id);
  const now = (await readResponse(database.db, view.id))!;
  const chosen = carried.flatMap((one) => {
    const question = compiled.questions.get(one.key)!;
    if (acceptance.kind !== 'all' && acceptance.dataYear !== one.dataYear) return [];
    if (acceptance.kind === 'rubric' && acceptance.rubric !== question.rubric) return [];
    if (acceptance.kind === 'question' && acceptance.key !== one.key) return [];
    const met = meet(question, one.atDownload ?? undefined, now.sheets[one.dataYear]?.answers[one.key], one.inFile ?? undefined);
    return met.kind === 'nothing' || (met.kind === 'both' && acceptance.kind !== 'question') ? [] : [{ one, answer: met.proposal ?? null }];
  });
  const runner = preparedRunner(database);
  const notes: string[] = [];
  const moved = new Map<string, string>();
  let written = 0;
  for (const [dataYear, group] of Map.groupBy(chosen, ({ one }) => one.dataYear)) {
    const items = group.map(({ one, answer }) => ({ saveId: one.saveId, key: one.key, answer, base: one.seen, ...(one.settles.length > 0 ? { settles: one.settles } : {}) }));
    // oxlint-disable-next-line no-await-in-loop -- one or two data years
    const saved = await saveAnswers(runner, { actor }, { responseId: view.id, dataYear, items });
    if (!saved.ok) {
      notes.push(saved.error.message);
      continue;
    }
    written += saved.value.receipts.length;
    notes.push(...saved.value.faults.map((f) => f.message));
    for (const conflict of saved.value.conflicts) {
      const { code } = compiled.questions.get(conflict.key)!;
      moved.set(conflict.saveId, newId());
      notes.push(`${code}${NBSP}: la réponse a changé en ligne${conflict.standing.author ? `, par ${conflict.standing.author},` : ''} pendant que vous lisiez cet aperçu. Elle n’a pas été remplacée${NBSP}: choisissez de nouveau.`);
    }
  }
  const onward = carried.map((one) => (moved.has(one.saveId) ? { ...one, saveId: moved.get(one.saveId)!, settles: [...one.settles, one.saveId] } : one));
  return { preview: previewOf(compiled, (await readResponse(database.db, view.id))!, onward, faults), written, notes };
}

