/** Bounds of entry: wide limits against slips of the finger. Passing one never loses what was typed; it is a finding that blocks submission. */
import type { Answer } from './answer.ts';
import { formatNumber, NBSP, roundHalfUp } from '../../kernel/french-number.ts';
import { tableOf } from './cells.ts';
import type { Question, QuestionKind, TableColumn } from './model.ts';

export interface BoundFault {
  /** Row and column of a cell; absent for the question itself. */
  readonly row?: string;
  readonly column?: string;
  readonly message: string;
  /** The message stands alone: what is wrong is a form, not a limit. */
  readonly form?: true;
}

/** What to write, by the form that a question asks of its text. */
const FORM_WORDS: { readonly [pattern: string]: string } = {
  '^(\\d{5}|2[AB]\\d{3})$': 'Écrivez les cinq caractères du code Insee de la commune, par exemple 62041 ou 2A004 (ce n’est ni son nom, ni son code postal).',
  '^\\d{14}$': 'Écrivez les quatorze chiffres du Siret, sans espace.',
};

interface Limits {
  readonly kind: QuestionKind | TableColumn['kind'];
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
}

/** Why a number passes the limits of its question or column; undefined when it keeps within them. Too many decimals are a matter of writing: what to write is told. */
export function numberFault({ kind, min, max, decimals }: Limits, value: number): Pick<BoundFault, 'message' | 'form'> | undefined {
  const places = kind === 'integer' ? 0 : decimals;
  const shown = (n: number): string => formatNumber(n, 6);
  if (min !== undefined && value < min) return { message: `${shown(value)} est inférieur au minimum de ${shown(min)}.` };
  if (max !== undefined && value > max) return { message: `${shown(value)} dépasse le maximum de ${shown(max)}.` };
  if (places !== undefined && Math.abs(value - Number(value.toFixed(places))) > 1e-9)
    return { message: `${shown(value)} ${places === 0 ? 'n’est pas un nombre entier' : `a plus de ${places} décimale${places > 1 ? 's' : ''}`}${NBSP}: écrivez ${formatNumber(value, places)}${groupsMeant(value, places)}.`, form: true };
  return undefined;
}

/** `523.351` may be an English or a computer's way of writing 523 351: asked, never decided. */
const groupsMeant = (value: number, places: number): string =>
  places === 0 && Number.isInteger(roundHalfUp(value * 1000, 6)) && !Number.isInteger(roundHalfUp(value * 100, 6)) ? `, ou ${formatNumber(value * 1000)} si le signe séparait les milliers` : '';

/** What passes the bounds in one answer. */
export function boundFaults(question: Question, answer: Answer | undefined): readonly BoundFault[] {
  if (answer?.state !== 'value') return [];
  const { value } = answer;
  if (typeof value === 'number') {
    const fault = numberFault(question, value);
    return fault ? [fault] : [];
  }
  if (typeof value === 'string') {
    if (question.maxLength && value.length > question.maxLength) return [{ message: `Texte de ${value.length} caractères : ${question.maxLength} au plus.` }];
    if (question.pattern && !new RegExp(question.pattern, 'u').test(value)) return [{ message: FORM_WORDS[question.pattern] ?? `« ${value} » n’a pas la forme attendue : relisez l’aide de la question.`, form: true }];
    return [];
  }
  if (Array.isArray(value)) {
    return question.maxChoices && value.length > question.maxChoices ? [{ message: `${value.length} choix cochés : ${question.maxChoices} au plus.` }] : [];
  }
  const table = tableOf(answer);
  return (question.table?.rows ?? []).flatMap((row) =>
    question.table!.columns.flatMap((column) => {
      const cell = table[row.code]?.[column.code];
      const fault = typeof cell === 'number' ? numberFault(column, cell) : undefined;
      return fault ? [{ ...fault, row: row.code, column: column.code, message: `${row.label}, ${column.label.toLowerCase()}${NBSP}: ${fault.message}` }] : [];
    }),
  );
}

/** True when an option that excludes the others is ticked with another. */
export function brokenExclusion(question: Question, answer: Answer | undefined): boolean {
  if (answer?.state !== 'value' || !Array.isArray(answer.value) || answer.value.length < 2) return false;
  return question.options?.some((o) => o.exclusive && (answer.value as readonly string[]).includes(o.code)) ?? false;
}
