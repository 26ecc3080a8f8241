/**
 * An expression as a closure with three values: true, false, not evaluable (`undefined`).
 * Unanswered and unknown are not evaluable, also inside a sum; "not concerned" counts 0 in `nz` and in the sum of a column, else it is not
 * evaluable; `filled` is true for 0, unknown and not concerned. An irrelevant question is not concerned. `false && x` is false, `true || x` true.
 */
import type { Answer, Cell } from '../answer.ts';
import type { Question } from '../model.ts';
import type { BinaryNode, BinaryOperator, CallNode, Expression, ReferenceNode } from './syntax.ts';

export type Value = number | string | boolean | undefined;

/** What an evaluation sees. `current` gives "not concerned" for a question that is not shown. */
export interface Frame {
  readonly dataYear: number;
  readonly question: (key: string) => Question;
  readonly current: (key: string) => Answer | undefined;
  /** The answer as given, or undefined when the question is not shown: what `filled` asks. */
  readonly given: (key: string) => Answer | undefined;
  readonly previous: (key: string) => Answer | undefined;
  readonly outlier: (target: string) => boolean | undefined;
  readonly rubricHasNonzero: (rubric: string) => boolean | undefined;
  /** Functions without argument that judge the whole sheet. */
  readonly wide: (name: string) => Value;
}
export type Compiled = (frame: Frame) => Value;

/** Drops the noise of binary fractions (20.1 - 20 is 0.1) so that a tolerance means what it says; 12 digits hold any amount to the cent. */
const exact = (x: number): number | undefined => (Number.isFinite(x) ? Number(x.toPrecision(12)) : undefined);

/** Compiles a checked expression. `params` are the rule's thresholds. */
export function compileExpression(node: Expression, params: { readonly [name: string]: number } = {}): Compiled {
  switch (node.type) {
    case 'number':
    case 'text': {
      const { value } = node;
      return () => value;
    }
    case 'reference':
      return (frame) => valueAt(frame, node, frame.current(node.key));
    case 'column':
      throw new Error('a column stands only inside a function');
    case 'unary': {
      const operand = compileExpression(node.operand, params);
      if (node.operator === '-') return (frame) => negated(operand(frame));
      return (frame) => {
        const value = operand(frame);
        return value === undefined ? undefined : !value;
      };
    }
    case 'binary':
      return compileBinary(node, params);
    case 'call':
      return compileCall(node, params);
  }
}

const negated = (value: Value): Value => (typeof value === 'number' ? -value : undefined);

function compileBinary(node: BinaryNode, params: { readonly [name: string]: number }): Compiled {
  const left = compileExpression(node.left, params);
  const right = compileExpression(node.right, params);
  const { operator } = node;
  if (operator === '&&' || operator === '||') {
    const decisive = operator === '||';
    return (frame) => {
      const a = left(frame);
      if (a === decisive) return decisive;
      const b = right(frame);
      if (b === decisive) return decisive;
      return a === undefined || b === undefined ? undefined : !decisive;
    };
  }
  const apply = OPERATIONS[operator];
  return (frame) => {
    const a = left(frame);
    const b = right(frame);
    return a === undefined || b === undefined ? undefined : apply(a as number, b as number);
  };
}

/** On two values of one type, as the static check has made sure (numbers for arithmetic). */
const OPERATIONS: { readonly [operator in Exclude<BinaryOperator, '&&' | '||'>]: (a: number, b: number) => Value } = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '+': (a, b) => exact(a + b),
  '-': (a, b) => exact(a - b),
  '*': (a, b) => exact(a * b),
  '/': (a, b) => (b === 0 ? undefined : exact(a / b)),
};

/** The value of a question or cell in `answer`: its number, choice, date or box; undefined when it has none. */
function valueAt(frame: Frame, { key, row, column }: ReferenceNode, answer: Answer | undefined): Value {
  if (answer?.state !== 'value') return undefined;
  const { value } = answer;
  if (row === undefined) return typeof value === 'number' || typeof value === 'string' ? value : undefined;
  const cell = cellAt(answer, row, column!);
  if (cell === undefined && isBox(frame.question(key), column!)) return false;
  return typeof cell === 'string' ? undefined : cell;
}

const isBox = (question: Question, column: string): boolean => question.table?.columns.find((c) => c.code === column)?.kind === 'boolean';

function cellAt(answer: Answer, row: string, column: string): Cell | undefined {
  if (answer.state !== 'value' || typeof answer.value !== 'object' || Array.isArray(answer.value)) return undefined;
  return (answer.value as { [row: string]: { [column: string]: Cell } })[row]?.[column];
}

/** Numbers of a column, row by row; undefined for a cell that is not evaluable. `notConcerned` is what such a cell counts. */
function columnOf(question: Question, answer: Answer | undefined, column: string, notConcerned: number | undefined): (number | undefined)[] {
  return question.table!.rows.map((row) => {
    if (answer?.state === 'not_concerned') return notConcerned;
    const cell = answer && cellAt(answer, row.code, column);
    return cell === 'not_concerned' ? notConcerned : typeof cell === 'number' ? cell : undefined;
  });
}

const allNumbers = (values: readonly (number | undefined)[]): values is number[] => values.every((v) => v !== undefined);

/** Three-valued conjunction over rows. */
function every(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function compileCall(node: CallNode, params: { readonly [name: string]: number }): Compiled {
  const [first, second, third] = node.args;
  const word = (arg: Expression | undefined): string => (arg?.type === 'text' ? arg.value : '');
  const reference = first?.type === 'reference' ? first : undefined;
  const key = reference?.key ?? '';
  switch (node.name) {
    case 'param': {
      const value = params[word(first)];
      return () => value;
    }
    case 'abs':
    case 'min':
    case 'max': {
      const args = node.args.map((arg) => compileExpression(arg, params));
      const apply = Math[node.name];
      return (frame) => {
        const values = args.map((arg) => arg(frame));
        return values.every((v) => typeof v === 'number') ? (apply as (...v: number[]) => number)(...values) : undefined;
      };
    }
    case 'sum':
    case 'min_of':
    case 'max_of': {
      if (first?.type !== 'column') throw new Error(`${node.name} needs a column`);
      const { name } = node;
      return (frame) => {
        const values = columnOf(frame.question(first.key), frame.current(first.key), first.column, name === 'sum' ? 0 : undefined);
        if (!allNumbers(values)) return undefined;
        return name === 'sum' ? exact(values.reduce((a, b) => a + b, 0)) : Math[name === 'min_of' ? 'min' : 'max'](...values);
      };
    }
    case 'has': {
      const code = word(second);
      return (frame) => {
        const answer = frame.current(key);
        if (answer?.state === 'unknown') return undefined;
        return answer?.state === 'value' && Array.isArray(answer.value) && answer.value.includes(code);
      };
    }
    case 'filled':
      return (frame) => {
        const answer = frame.given(key);
        if (!answer || reference?.row === undefined) return answer !== undefined;
        return answer.state !== 'value' || cellAt(answer, reference.row, reference.column!) !== undefined || isBox(frame.question(key), reference.column!);
      };
    case 'nz':
      return (frame) => {
        const answer = frame.current(key);
        const cell = answer && reference?.row !== undefined ? cellAt(answer, reference.row, reference.column!) : undefined;
        if (answer?.state === 'unknown' || cell === 'unknown') return undefined;
        return valueAt(frame, reference!, answer) ?? 0;
      };
    case 'rows_le':
      return (frame) => {
        const [question, answer] = [frame.question(key), frame.current(key)];
        const lower = columnOf(question, answer, word(second), undefined);
        const upper = columnOf(question, answer, word(third), undefined);
        return every(
          lower.map((a, i) => {
            const b = upper[i];
            return a === undefined || b === undefined ? undefined : a <= b;
          }),
        );
      };
    case 'rows_all_or_none':
      return (frame) => {
        const [question, answer] = [frame.question(key), frame.current(key)];
        const columns = question.table!.columns.filter((c) => c.kind !== 'boolean').map((c) => columnOf(question, answer, c.code, undefined));
        return every(
          question.table!.rows.map((_, i) => {
            const cells = columns.map((c) => c[i]);
            return allNumbers(cells) ? cells.every((c) => c === 0) || cells.every((c) => c > 0) : undefined;
          }),
        );
      };
    case 'rows_ticked':
      return (frame) => {
        const answer = frame.current(key);
        if (answer?.state !== 'value') return undefined;
        const { rows, columns } = frame.question(key).table!;
        return rows.filter((row) => columns.some((c) => cellAt(answer, row.code, c.code) === true)).length;
      };
    case 'prev':
      return (frame) => valueAt(frame, reference!, frame.previous(key));
    case 'has_prev':
      return (frame) => {
        const answer = frame.previous(key);
        return reference!.row === undefined ? answer?.state === 'value' : valueAt(frame, reference!, answer) !== undefined;
      };
    case 'delta':
    case 'pct_change': {
      const percent = node.name === 'pct_change';
      return (frame) => {
        const now = valueAt(frame, reference!, frame.current(key));
        const before = valueAt(frame, reference!, frame.previous(key));
        if (typeof now !== 'number' || typeof before !== 'number') return undefined;
        if (!percent) return exact(now - before);
        return before === 0 ? undefined : exact(((now - before) / Math.abs(before)) * 100);
      };
    }
    case 'same_as_prev':
      return (frame) => {
        const [now, before] = [frame.current(key), frame.previous(key)];
        if (reference!.row !== undefined) {
          const [a, b] = [valueAt(frame, reference!, now), valueAt(frame, reference!, before)];
          return a === undefined || b === undefined ? undefined : a === b;
        }
        if (now?.state !== 'value' || before?.state !== 'value') return undefined;
        return Array.isArray(now.value) && Array.isArray(before.value)
          ? now.value.toSorted().join() === before.value.toSorted().join()
          : typeof now.value === 'object'
            ? sameCells(frame.question(key), now, before)
            : now.value === before.value;
      };
    case 'outlier': {
      const target = reference!.row === undefined ? key : `${key}.${reference!.row}.${reference!.column}`;
      return (frame) => (valueAt(frame, reference!, frame.current(key)) === undefined ? undefined : frame.outlier(target));
    }
    case 'year': {
      const date = compileExpression(first!, params);
      return (frame) => {
        const value = date(frame);
        return typeof value === 'string' ? Number(value.slice(0, 4)) : undefined;
      };
    }
    case 'days_between': {
      const [from, to] = [compileExpression(first!, params), compileExpression(second!, params)];
      return (frame) => {
        const [a, b] = [from(frame), to(frame)];
        return typeof a === 'string' && typeof b === 'string' ? Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000) : undefined;
      };
    }
    case 'data_year':
      return (frame) => frame.dataYear;
    case 'rubric_has_nonzero': {
      const rubric = word(first);
      return (frame) => frame.rubricHasNonzero(rubric);
    }
    default: {
      const { name } = node;
      return (frame) => frame.wide(name);
    }
  }
}

const sameCells = (question: Question, a: Answer, b: Answer): boolean =>
  question.table!.rows.every((row) => question.table!.columns.every((c) => (cellAt(a, row.code, c.code) ?? false) === (cellAt(b, row.code, c.code) ?? false)));
