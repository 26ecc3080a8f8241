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

class Writer {
  readonly #questions: readonly Question[];
  readonly #rubrics: readonly string[];
  readonly #random: Random;

  constructor(version: QuestionnaireVersion, random: Random) {
    this.#questions = version.questions;
    this.#rubrics = Object.keys(version.rubrics);
    this.#random = random;
  }

  truth(depth: number): string {
    const d = depth - 1;
    if (depth > 0 && this.#random() < 0.5) return this.#one([() => `(${this.truth(d)} && ${this.truth(d)})`, () => `(${this.truth(d)} || ${this.truth(d)})`, () => `!(${this.truth(d)})`, () => `(${this.truth(d)}) == (${this.truth(d)})`])();
    const multiple = this.#question((q) => q.kind === 'multiple');
    const single = this.#question((q) => q.kind === 'single');
    const boxes = this.#question((q) => q.table?.columns.some((c) => c.kind === 'boolean') ?? false);
    const plain = this.#question((q) => q.kind !== 'table');
    const table = this.#question((q) => (q.table?.columns.filter((c) => c.kind !== 'boolean').length ?? 0) > 1);
    return this.#one([
      ...['==', '!=', '<', '<=', '>', '>='].map((operator) => () => `${this.number(d)} ${operator} ${this.number(d)}`),
      () => `has(${multiple.key}, '${this.#one(multiple.options!).code}')`,
      () => `${single.key} ${this.#one(['==', '!='])} '${this.#one(single.options!).code}'`,
      () => `filled(${this.#one([plain.key, this.#cell()])})`,
      () => `has_prev(${this.#one([plain.key, this.#cell()])})`,
      () => `same_as_prev(${this.#one([plain.key, boxes.key, multiple.key])})`,
      () => `rows_all_or_none(${this.#question((q) => q.table !== undefined && q.table.columns.some((c) => c.kind !== 'boolean')).key})`,
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
    const boxes = this.#question((q) => q.table?.columns.some((c) => c.kind === 'boolean') ?? false);
    const column = this.#question((q) => q.table?.columns.some((c) => c.kind !== 'boolean') ?? false);
    const date = this.#question((q) => q.kind === 'date').key;
    return this.#one([
      () => String(Math.round(this.#random() * 10 ** Math.floor(this.#random() * 6)) / this.#one([1, 10, 100])),
      () => this.#quantity(),
      () => `nz(${this.#quantity()})`,
      ...['prev', 'delta', 'pct_change'].map((name) => () => `${name}(${this.#quantity()})`),
      ...['sum', 'min_of', 'max_of'].map((name) => () => `${name}(${column.key}.*.${this.#one(column.table!.columns.filter((c) => c.kind !== 'boolean')).code})`),
      () => `rows_ticked(${boxes.key})`,
      () => `year(${date})`,
      () => `days_between(${date}, ${this.#question((q) => q.kind === 'date').key})`,
      () => 'data_year()',
      () => 'share_equal_to_prev()',
    ])();
  }

  #quantity(): string {
    return this.#random() < 0.5 ? this.#question((q) => NUMERIC.has(q.kind)).key : this.#cell();
  }
  #cell(): string {
    const question = this.#question((q) => q.table?.columns.some((c) => c.kind !== 'boolean') ?? false);
    return `${question.key}.${this.#one(question.table!.rows).code}.${this.#one(question.table!.columns.filter((c) => c.kind !== 'boolean')).code}`;
  }
  #question(wanted: (question: Question) => boolean): Question {
    return this.#one(this.#questions.filter(wanted));
  }
  #one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)]!;
  }
}
