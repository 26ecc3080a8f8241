/** Answers as French readers read them, and as they stand in a field. */
import { formatDate, formatShortDate } from '../../kernel/french-date.ts';
import { formatEuro, formatNumber, formatPercent, NBSP } from '../../kernel/french-number.ts';
import type { Answer, Cell } from './answer.ts';
import { cellOf } from './cells.ts';
import { optionLabel, STATE_LABELS, unitLabel } from './labels.ts';
import type { Question, QuestionKind, TableColumn } from './model.ts';

/** One line: `1 234,5 heures`, `Oui`, `Ne sait pas`, `—` when unanswered; a table gives its filled cells. */
export function formatAnswer(question: Question, answer: Answer | undefined): string {
  if (!answer) return '—';
  if (answer.state !== 'value') return STATE_LABELS[answer.state];
  const { value } = answer;
  if (typeof value === 'number') return formatQuantity(question, value);
  if (typeof value === 'string') return question.kind === 'date' ? formatDate(value) : question.kind === 'single' ? optionLabel(question, value) : value;
  if (Array.isArray(value)) return value.map((code) => optionLabel(question, code as string)).join(', ');
  return (question.table?.rows ?? [])
    .flatMap((row) => {
      const ticked = question.table!.columns.filter((c) => c.kind === 'boolean' && cellOf(answer, row.code, c.code) === true).map((c) => c.label.toLowerCase());
      const numbers = question.table!.columns.flatMap((c) => {
        const cell = c.kind === 'boolean' ? undefined : cellOf(answer, row.code, c.code);
        if (cell === undefined) return [];
        return question.table!.columns.length === 1 ? [formatCell(c, cell)] : [`${c.label.toLowerCase()} ${formatCell(c, cell)}`];
      });
      const said = [...ticked, ...numbers];
      return said.length === 0 ? [] : [`${row.label}${NBSP}: ${said.join(', ')}`];
    })
    .join(`${NBSP}; `) || '—';
}

interface Quantity {
  readonly kind: QuestionKind | TableColumn['kind'];
  readonly unit?: string | null;
  readonly decimals?: number;
}

function formatQuantity(of: Quantity, value: number): string {
  if (of.unit === 'year') return String(value);
  if (of.kind === 'money') return formatEuro(value, Number.isInteger(value) ? 0 : 2);
  if (of.kind === 'percentage') return formatPercent(value, of.decimals ?? 2);
  const unit = unitLabel(of.unit, value);
  return `${formatNumber(value, 6)}${unit ? NBSP + unit : ''}`;
}

/** One cell, without its unit except € and %: `1 234`, `oui`, `Ne sait pas`, `—`. */
export function formatCell(column: TableColumn, cell: Cell | undefined): string {
  if (cell === undefined) return column.kind === 'boolean' ? 'non' : '—';
  if (typeof cell === 'boolean') return cell ? 'oui' : 'non';
  if (typeof cell === 'string') return STATE_LABELS[cell];
  return formatQuantity({ ...column, unit: null }, cell);
}

/** What stands in the field of a form for a value: `1234,5`, `01/03/2017`, an option's code. Reading it again gives the value back. */
export function formatInput(kind: QuestionKind | TableColumn['kind'], value: number | string | boolean | undefined): string {
  if (value === undefined || typeof value === 'boolean') return value ? '1' : '';
  if (typeof value === 'number') return decimal(value).replace('.', ',');
  return kind === 'date' ? formatShortDate(value) : value;
}

/** Without exponent. */
const decimal = (value: number): string => (/e/.test(String(value)) ? value.toFixed(12).replace(/\.?0+$/, '') : String(value));
