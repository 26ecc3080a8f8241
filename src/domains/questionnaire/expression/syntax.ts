/** The tree of an expression. Positions are offsets in its text: `start` of the first character, `end` after the last. */
interface Span {
  readonly start: number;
  readonly end: number;
}
export interface NumberNode extends Span {
  readonly type: 'number';
  readonly value: number;
}
export interface TextNode extends Span {
  readonly type: 'text';
  readonly value: string;
}
/** `key`, or one cell of a table: `key.row.column`. */
export interface ReferenceNode extends Span {
  readonly type: 'reference';
  readonly key: string;
  readonly row?: string;
  readonly column?: string;
}
/** A whole column: `key.*.column`. */
export interface ColumnNode extends Span {
  readonly type: 'column';
  readonly key: string;
  readonly column: string;
}
export interface CallNode extends Span {
  readonly type: 'call';
  readonly name: string;
  readonly args: readonly Expression[];
}
export interface UnaryNode extends Span {
  readonly type: 'unary';
  readonly operator: '!' | '-';
  readonly operand: Expression;
}
export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<=' | '>=' | '<' | '>' | '+' | '-' | '*' | '/';
export interface BinaryNode extends Span {
  readonly type: 'binary';
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}
export type Expression = NumberNode | TextNode | ReferenceNode | ColumnNode | CallNode | UnaryNode | BinaryNode;

/** A fault in the text of an expression, at one character. */
export interface ExpressionFault {
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  readonly message: string;
  /** The faulty line, and under it a `^` below the character. */
  readonly pointer: string;
}

export function faultAt(text: string, offset: number, message: string): ExpressionFault {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = before.split('\n').length;
  const column = offset - lineStart + 1;
  return { offset, line, column, message, pointer: `${text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd)}\n${' '.repeat(column - 1)}^` };
}

/** Every node, parents first. */
export function* nodesOf(node: Expression): Generator<Expression> {
  yield node;
  if (node.type === 'call') for (const arg of node.args) yield* nodesOf(arg);
  if (node.type === 'unary') yield* nodesOf(node.operand);
  if (node.type === 'binary') {
    yield* nodesOf(node.left);
    yield* nodesOf(node.right);
  }
}

const PRECEDENCE: { readonly [operator in BinaryOperator]: number } = {
  '||': 1, '&&': 2, '==': 4, '!=': 4, '<=': 4, '>=': 4, '<': 4, '>': 4, '+': 5, '-': 5, '*': 6, '/': 6,
};
export const precedenceOf = (operator: BinaryOperator): number => PRECEDENCE[operator];

/** The text of a tree with the fewest parentheses; parsing it again gives the same tree (positions apart). */
export function printExpression(node: Expression): string {
  return print(node, 0);
}

function print(node: Expression, outer: number): string {
  switch (node.type) {
    case 'number':
      return decimalText(node.value);
    case 'text':
      return `'${node.value}'`;
    case 'reference':
      return node.row === undefined ? node.key : `${node.key}.${node.row}.${node.column}`;
    case 'column':
      return `${node.key}.*.${node.column}`;
    case 'call':
      return `${node.name}(${node.args.map((arg) => print(arg, 0)).join(', ')})`;
    case 'unary': {
      // `!` stands above a comparison, `-` before an atom
      const level = node.operator === '!' ? 3 : 7;
      const text = `${node.operator}${print(node.operand, node.operator === '!' ? 4 : 8)}`;
      return level < outer ? `(${text})` : text;
    }
    case 'binary': {
      const level = PRECEDENCE[node.operator];
      // a comparison has no comparison beside it; the other operators lean to the left
      const text = `${print(node.left, level === 4 ? 5 : level)} ${node.operator} ${print(node.right, level + 1)}`;
      return level < outer ? `(${text})` : text;
    }
  }
}

/** A number without exponent, as the grammar reads it. */
function decimalText(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(20).replace(/\.?0+$/, '') : text;
}
