/** Random expressions over the questions of a version: every operator and function of the language, well typed. Safe in a browser. */
import { checkExpression, type ExpressionScope, parseExpression, type Question, type QuestionnaireVersion, type Expression } from '../../src/domains/questionnaire/index.ts';

type Random = () => number;
const NUMERIC = new Set(['integer', 'decimal', 'money', 'percentage']);

/** The tree and text of an expression that the static check accepts. */
export function randomExpression(version: QuestionnaireVersion, scope: ExpressionScope, random: Random): { readonly text: string; readonly tree: Expression } {
  for (;;) {
    const text = new Writer(version, random).truth(3);
    const read = parseExpression(text);
    if (!read.ok) throw new Error(`a written expression is not read: ${text}`);
    if (checkExpression(text, read.value, scope, 'truth').faults.length === 0) return { text, tree: read.value };
  }
}

/** Questions by what an expression can do with them. */
interface Kinds {
  readonly multiple: readonly Question[];
  readonly single: readonly Question[];
  readonly date: readonly Question[];
  readonly number: readonly Question[];
  readonly plain: readonly Question[];
  readonly boxes: readonly Question[];
  /** With a column of numbers. */
  readonly table: readonly Question[];
  /** With two. */
  readonly wideTable: readonly Question[];
}
const kinds = new WeakMap<QuestionnaireVersion, Kinds>();

function kindsOf(version: QuestionnaireVersion): Kinds {
  const known = kinds.get(version);
  if (known) return known;
  const numbers = (q: Question): number => q.table?.columns.filter((c) => c.kind !== 'boolean').length ?? 0;
  const only = (wanted: (q: Question) => boolean): Question[] => version.questions.filter(wanted);
  const made = {
    multiple: only((q) => q.kind === 'multiple'), single: only((q) => q.kind === 'single'), date: only((q) => q.kind === 'date'), number: only((q) => NUMERIC.has(q.kind)), plain: only((q) => q.kind !== 'table'),
    boxes: only((q) => q.table?.columns.some((c) => c.kind === 'boolean') ?? false), table: only((q) => numbers(q) > 0), wideTable: only((q) => numbers(q) > 1),
  };
  kinds.set(version, made);
  return made;
}

class Writer {
  readonly #of: Kinds;
  readonly #rubrics: readonly string[];
  readonly #random: Random;

  constructor(version: QuestionnaireVersion, random: Random) {
    this.#of = kindsOf(version);
    this.#rubrics = Object.keys(version.rubrics);
    this.#random = random;
  }

  truth(depth: number): string {
    const d = depth - 1;
    if (depth > 0 && this.#random() < 0.5) return this.#one([() => `(${this.truth(d)} && ${this.truth(d)})`, () => `(${this.truth(d)} || ${this.truth(d)})`, () => `!(${this.truth(d)})`, () => `(${this.truth(d)}) == (${this.truth(d)})`])();
    const multiple = this.#question('multiple');
    const single = this.#question('single');
    const boxes = this.#question('boxes');
    const plain = this.#question('plain');
    const table = this.#question('wideTable');
    return this.#one([
      ...['==', '!=', '<', '<=', '>', '>='].map((operator) => () => `${this.number(d)} ${operator} ${this.number(d)}`),
      () => `has(${multiple.key}, '${this.#one(multiple.options!).code}')`,
      () => `${single.key} ${this.#one(['==', '!='])} '${this.#one(single.options!).code}'`,
      () => `filled(${this.#one([plain.key, this.#cell()])})`,
      () => `has_prev(${this.#one([plain.key, this.#cell()])})`,
      () => `same_as_prev(${this.#one([plain.key, boxes.key, multiple.key])})`,
      () => `rows_all_or_none(${this.#question('table').key})`,
      () => `rows_le(${table.key}, '${table.table!.columns[0]!.code}', '${table.table!.columns[1]!.code}')`,
      () => `rubric_has_nonzero('${this.#one(this.#rubrics)}')`,
      () => this.#one(['all_required_filled()', 'all_within_bounds()', 'exclusive_options_alone()', 'on_behalf_reviewed()']),
    ])();
  }

  number(depth: number): string {
    const d = depth - 1;
    if (depth > 0 && this.#random() < 0.5)
      return this.#one([
        ...['+', '-', '*', '/'].map((operator) => () => `(${this.number(d)} ${operator} ${this.number(d)})`),
        () => `abs(${this.number(d)})`, () => `min(${this.number(d)}, ${this.number(d)})`, () => `max(${this.number(d)}, ${this.number(d)}, ${this.number(d)})`, () => `-(${this.number(d)})`,
      ])();
    const boxes = this.#question('boxes');
    const column = this.#question('table');
    const date = this.#question('date').key;
    return this.#one([
      () => String(Math.round(this.#random() * 10 ** Math.floor(this.#random() * 6)) / this.#one([1, 10, 100])),
      () => this.#quantity(),
      () => `nz(${this.#quantity()})`,
      ...['prev', 'delta', 'pct_change'].map((name) => () => `${name}(${this.#quantity()})`),
      ...['sum', 'min_of', 'max_of'].map((name) => () => `${name}(${column.key}.*.${this.#one(column.table!.columns.filter((c) => c.kind !== 'boolean')).code})`),
      () => `rows_ticked(${boxes.key})`,
      () => `year(${date})`,
      () => `days_between(${date}, ${this.#question('date').key})`,
      () => 'data_year()',
      () => 'share_equal_to_prev()',
    ])();
  }

  #quantity(): string {
    return this.#random() < 0.5 ? this.#question('number').key : this.#cell();
  }
  #cell(): string {
    const question = this.#question('table');
    return `${question.key}.${this.#one(question.table!.rows).code}.${this.#one(question.table!.columns.filter((c) => c.kind !== 'boolean')).code}`;
  }
  #question(kind: keyof Kinds): Question {
    return this.#one(this.#of[kind]);
  }
  #one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }
}
