/** Static check of an expression: names, types, table references, options and thresholds, before any answer exists. */
import type { Question, QuestionKind, TableColumn } from '../model.ts';
import { signatureOf, type ArgumentKind, type ValueType } from './functions.ts';
import { faultAt, nodesOf, type BinaryNode, type CallNode, type Expression, type ExpressionFault, type ReferenceNode } from './syntax.ts';

export interface ExpressionScope {
  readonly question: (key: string) => Question | undefined;
  readonly rubrics: ReadonlySet<string>;
  /** Keys of the questions of a rubric. */
  readonly keysOfRubric: (rubric: string) => readonly string[];
  /** Thresholds given with the rule; undefined where `param` makes no sense (relevance). */
  readonly params?: ReadonlySet<string>;
}

export interface CheckedExpression {
  readonly faults: readonly ExpressionFault[];
  /** undefined when a fault hides it */
  readonly type: ValueType | undefined;
  readonly reads: readonly string[];
}

interface Typed {
  readonly type: ValueType;
  /** Options when the value is one of a list. */
  readonly options?: readonly string[];
}

const WORDS: { readonly [type in ValueType]: string } = { number: 'un nombre', truth: 'vrai ou faux', text: 'un choix', date: 'une date' };
const TYPE_OF_KIND: { readonly [kind in QuestionKind | 'boolean']?: ValueType } = {
  integer: 'number', decimal: 'number', money: 'number', percentage: 'number', boolean: 'truth', single: 'text', text: 'text', date: 'date',
};

/** Faults of `expression` in `scope`; `expected` is what its place asks for. */
export function checkExpression(text: string, expression: Expression, scope: ExpressionScope, expected: ValueType): CheckedExpression {
  const faults: ExpressionFault[] = [];
  const checker = new Checker(scope, (offset, message) => void faults.push(faultAt(text, offset, message)));
  const typed = checker.typeOf(expression);
  if (typed && typed.type !== expected) faults.push(faultAt(text, expression.start, `L’expression donne ${WORDS[typed.type]} ; il faut ${WORDS[expected]} ici.`));
  return { faults, type: typed?.type, reads: readsOf(expression, scope.keysOfRubric) };
}

/** Keys of the questions that an expression reads, this year's or last year's, each once, in order of appearance. */
export function readsOf(expression: Expression, keysOfRubric: (rubric: string) => readonly string[] = () => []): readonly string[] {
  const keys = new Set<string>();
  for (const node of nodesOf(expression)) {
    if (node.type === 'reference' || node.type === 'column') keys.add(node.key);
    const first = node.type === 'call' && node.name === 'rubric_has_nonzero' ? node.args[0] : undefined;
    if (first?.type === 'text') for (const key of keysOfRubric(first.value)) keys.add(key);
  }
  return [...keys];
}

class Checker {
  readonly #scope: ExpressionScope;
  readonly #fault: (offset: number, message: string) => void;

  constructor(scope: ExpressionScope, fault: (offset: number, message: string) => void) {
    this.#scope = scope;
    this.#fault = fault;
  }

  typeOf(node: Expression): Typed | undefined {
    switch (node.type) {
      case 'number':
        return { type: 'number' };
      case 'text':
        return { type: 'text' };
      case 'reference':
        return this.#reference(node);
      case 'column':
        this.#fault(node.start, `« ${node.key}.*.${node.column} » est une colonne entière : mettez-la dans sum, min_of ou max_of.`);
        return undefined;
      case 'unary':
        return this.#need(node.operand, node.operator === '!' ? 'truth' : 'number');
      case 'binary':
        return this.#binary(node);
      case 'call':
        return this.#call(node);
    }
  }

  #need(node: Expression, type: ValueType): Typed {
    const typed = this.typeOf(node);
    if (typed && typed.type !== type) this.#fault(node.start, `Il faut ${WORDS[type]} ici, et c’est ${WORDS[typed.type]}.`);
    return { type };
  }

  #binary(node: BinaryNode): Typed | undefined {
    const { operator, left, right } = node;
    if (operator === '&&' || operator === '||') {
      this.#need(left, 'truth');
      this.#need(right, 'truth');
      return { type: 'truth' };
    }
    if (operator === '+' || operator === '-' || operator === '*' || operator === '/') {
      this.#need(left, 'number');
      this.#need(right, 'number');
      return { type: 'number' };
    }
    const [a, b] = [this.typeOf(left), this.typeOf(right)];
    if (a && b && a.type !== b.type) this.#fault(right.start, `On ne compare pas ${WORDS[a.type]} et ${WORDS[b.type]}.`);
    else if (a && b) {
      if (operator !== '==' && operator !== '!=' && a.type !== 'number' && a.type !== 'date')
        this.#fault(left.start, `« ${operator} » compare des nombres ou des dates ; c’est ${WORDS[a.type]}.`);
      this.#option(left, b);
      this.#option(right, a);
    }
    return { type: 'truth' };
  }

  /** A text compared with a choice is one of its options. */
  #option(node: Expression, other: Typed): void {
    if (node.type === 'text' && other.options && !other.options.includes(node.value))
      this.#fault(node.start, `« ${node.value} » n’est pas une réponse possible : ${other.options.join(', ')}.`);
  }

  #question(key: string, at: number): Question | undefined {
    const question = this.#scope.question(key);
    if (!question) this.#fault(at, `Aucune question ne s’appelle « ${key} ».`);
    return question;
  }

  #column(question: Question, code: string, at: number): TableColumn | undefined {
    const column = question.table?.columns.find((c) => c.code === code);
    if (!column) this.#fault(at, question.table ? `« ${question.key} » n’a pas de colonne « ${code} ».` : `« ${question.key} » n’est pas un tableau.`);
    return column;
  }

  #reference(node: ReferenceNode, anyKind = false): Typed | undefined {
    const question = this.#question(node.key, node.start);
    if (!question) return undefined;
    if (node.row !== undefined) {
      const rowAt = node.start + node.key.length + 1;
      const column = this.#column(question, node.column!, question.table ? rowAt + node.row.length + 1 : rowAt);
      if (question.table && !question.table.rows.some((r) => r.code === node.row)) this.#fault(rowAt, `« ${node.key} » n’a pas de ligne « ${node.row} ».`);
      return column && { type: TYPE_OF_KIND[column.kind]! };
    }
    const type = TYPE_OF_KIND[question.kind];
    if (!type) {
      if (!anyKind)
        this.#fault(node.start, question.kind === 'table' ? `« ${node.key} » est un tableau : nommez une ligne et une colonne.` : `« ${node.key} » est à choix multiples : utilisez has(${node.key}, '…').`);
      return undefined;
    }
    return question.options && question.kind === 'single' ? { type, options: question.options.map((o) => o.code) } : { type };
  }

  #call(node: CallNode): Typed | undefined {
    const signature = signatureOf(node.name);
    if (!signature) {
      this.#fault(node.start, `Aucune fonction ne s’appelle « ${node.name} ».`);
      return undefined;
    }
    const { args } = signature;
    if (node.args.length < args.length || (node.args.length > args.length && !signature.variadic)) {
      this.#fault(node.start, `« ${node.name} » attend ${args.length === 0 ? 'aucun argument' : args.length === 1 ? 'un argument' : `${args.length} arguments${signature.variadic ? ' au moins' : ''}`}.`);
      return signature.result === 'same' ? undefined : { type: signature.result };
    }
    let first: Typed | undefined;
    node.args.forEach((arg, i) => {
      const typed = this.#argument(node, arg, args[Math.min(i, args.length - 1)]!);
      if (i === 0) first = typed;
    });
    return signature.result === 'same' ? first : { type: signature.result };
  }

  #argument(call: CallNode, node: Expression, kind: ArgumentKind): Typed | undefined {
    switch (kind) {
      case 'number':
      case 'date':
        return this.#need(node, kind);
      case 'reference':
      case 'quantity': {
        if (node.type !== 'reference') return void this.#fault(node.start, `« ${call.name} » attend le nom d’une question ou d’une case.`);
        const typed = this.#reference(node, kind === 'reference');
        if (kind === 'quantity' && typed && typed.type !== 'number') this.#fault(node.start, `« ${call.name} » attend un nombre, et c’est ${WORDS[typed.type]}.`);
        return typed;
      }
      case 'column': {
        if (node.type !== 'column') return void this.#fault(node.start, `« ${call.name} » attend une colonne : tableau.*.colonne.`);
        const question = this.#question(node.key, node.start);
        const column = question && this.#column(question, node.column, question.table ? node.end - node.column.length : node.start);
        if (column?.kind === 'boolean') this.#fault(node.start, `La colonne « ${node.column} » se coche : elle ne se calcule pas.`);
        return undefined;
      }
      case 'table':
      case 'boxes':
      case 'multiple': {
        const wanted = kind === 'multiple' ? 'une question à choix multiples' : kind === 'boxes' ? 'un tableau à cocher' : 'un tableau';
        if (node.type !== 'reference' || node.row !== undefined) return void this.#fault(node.start, `« ${call.name} » attend ${wanted}.`);
        const question = this.#question(node.key, node.start);
        if (!question) return undefined;
        const right = kind === 'multiple' ? question.kind === 'multiple' : question.kind === 'table' && (kind === 'table' || question.table!.columns.some((c) => c.kind === 'boolean'));
        if (!right) this.#fault(node.start, `« ${call.name} » attend ${wanted} ; « ${node.key} » n’en est pas.`);
        return undefined;
      }
      default:
        return void this.#word(call, node, kind);
    }
  }

  /** Arguments written as a text between apostrophes. */
  #word(call: CallNode, node: Expression, kind: 'option' | 'columnName' | 'param' | 'rubric'): void {
    if (node.type !== 'text') return this.#fault(node.start, `« ${call.name} » attend ici un texte entre apostrophes.`);
    const { value } = node;
    if (kind === 'param') {
      if (!this.#scope.params) this.#fault(node.start, 'Une condition d’affichage n’a pas de seuils : « param » n’y sert pas.');
      else if (!this.#scope.params.has(value)) this.#fault(node.start, `Le seuil « ${value} » n’est pas donné dans « params ».`);
      return;
    }
    if (kind === 'rubric') return this.#scope.rubrics.has(value) ? undefined : this.#fault(node.start, `Aucune rubrique « ${value} ».`);
    const first = call.args[0];
    const question = first?.type === 'reference' ? this.#scope.question(first.key) : undefined;
    if (!question) return;
    if (kind === 'option' && question.options && !question.options.some((o) => o.code === value))
      this.#fault(node.start, `« ${value} » n’est pas un choix de « ${question.key} » : ${question.options.map((o) => o.code).join(', ')}.`);
    if (kind === 'columnName' && question.table && !question.table.columns.some((c) => c.code === value && c.kind !== 'boolean'))
      this.#fault(node.start, `« ${question.key} » n’a pas de colonne de nombres « ${value} ».`);
  }
}
