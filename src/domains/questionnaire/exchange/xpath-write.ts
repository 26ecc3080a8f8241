/** Our expressions as the XPath of ODK (docs/guides/exchange.md). What XPath cannot say is refused with its reason, in French. Pure. */
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { parseExpression } from '../expression/parse.ts';
import { nodesOf, precedenceOf, type CallNode, type ColumnNode, type Expression } from '../expression/syntax.ts';
import type { Question } from '../model.ts';

export interface XPathScope {
  readonly question: (key: string) => Question | undefined;
  readonly dataYear: number;
  readonly keysOfRubric: (rubric: string) => readonly string[];
  readonly params?: { readonly [name: string]: number };
}

/** A box ticked in a table, as the list that the form offers for it. */
export const TICKED = 'yes';
const OPERATORS: { readonly [ours: string]: string } = { '||': 'or', '&&': 'and', '==': '=', '/': 'div' };

class Untranslatable extends Error {}

/** `${key}` or `${key.row.column}`. */
const place = (...names: readonly string[]): string => `\${${names.join('.')}}`;

/** The XPath of an expression, or why there is none. */
export function toXPath(text: string, scope: XPathScope): Result<string, string> {
  const parsed = parseExpression(text);
  if (!parsed.ok) return refuse(parsed.error.message);
  return attempt(() => write(parsed.value, 0, scope));
}

/** What shows a failed check: true when every value it names is there, it applies, and it does not hold. */
export function failureXPath(rule: { readonly when: string | null; readonly assert: string }, scope: XPathScope): Result<string, string> {
  const trees: Expression[] = [];
  for (const text of rule.when ? [rule.when, rule.assert] : [rule.assert]) {
    const parsed = parseExpression(text);
    if (!parsed.ok) return refuse(parsed.error.message);
    trees.push(parsed.value);
  }
  return attempt(() => {
    const needed = [...new Set(trees.flatMap((tree) => needs(tree, scope)))].map((name) => `${name} != ''`);
    const assert = `not(${write(trees.at(-1)!, 0, scope)})`;
    return [...needed, ...(trees.length > 1 ? [write(trees[0]!, 2, scope)] : []), assert].join(' and ');
  });
}

function attempt(work: () => string): Result<string, string> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Untranslatable) return refuse(error.message);
    throw error;
  }
}

/** Places without which the expression has no value: an empty one is not 0. */
function needs(tree: Expression, scope: XPathScope): string[] {
  const spared = new Set<Expression>();
  for (const node of nodesOf(tree)) if (node.type === 'call' && (node.name === 'nz' || node.name === 'filled' || node.name === 'has')) for (const arg of node.args) spared.add(arg);
  return [...nodesOf(tree)].flatMap((node) => {
    if (node.type !== 'reference' || spared.has(node)) return [];
    const question = scope.question(node.key);
    if (node.row === undefined) return question?.kind === 'table' ? [] : [place(node.key)];
    return question?.table?.columns.find((c) => c.code === node.column)?.kind === 'boolean' ? [] : [place(node.key, node.row, node.column!)];
  });
}

function write(node: Expression, outer: number, scope: XPathScope): string {
  switch (node.type) {
    case 'number':
      return String(node.value).includes('e') ? node.value.toFixed(20).replace(/\.?0+$/, '') : String(node.value);
    case 'text':
      return `'${node.value}'`;
    case 'reference': {
      if (node.row === undefined) return place(node.key);
      const column = scope.question(node.key)?.table?.columns.find((c) => c.code === node.column);
      const cell = place(node.key, node.row, node.column!);
      return column?.kind === 'boolean' ? `(${cell} = '${TICKED}')` : cell;
    }
    case 'column':
      throw new Untranslatable('une colonne entière ne se lit que dans une somme.');
    case 'unary':
      if (node.operator === '!') return `not(${write(node.operand, 0, scope)})`;
      return wrapped(`-${write(node.operand, 8, scope)}`, 7, outer);
    case 'binary': {
      const level = precedenceOf(node.operator);
      return wrapped(`${write(node.left, level === 4 ? 5 : level, scope)} ${OPERATORS[node.operator] ?? node.operator} ${write(node.right, level + 1, scope)}`, level, outer);
    }
    case 'call':
      return call(node, outer, scope);
  }
}

const wrapped = (text: string, level: number, outer: number): string => (level < outer ? `(${text})` : text);

function cellsOf({ key, column }: ColumnNode, scope: XPathScope): readonly string[] {
  return scope.question(key)?.table?.rows.map((row) => place(key, row.code, column)) ?? [];
}

const WIDE: { readonly [name: string]: string } = {
  all_required_filled: 'la colonne « required » le dit déjà question par question.',
  all_within_bounds: 'la colonne « constraint » le dit déjà question par question.',
  exclusive_options_alone: 'la colonne « constraint » le dit déjà question par question.',
};

function call(node: CallNode, outer: number, scope: XPathScope): string {
  const [first, second] = node.args;
  const name = (e: Expression | undefined): string => (e?.type === 'reference' ? place(e.key, ...(e.row === undefined ? [] : [e.row, e.column!])) : '');
  const word = (e: Expression | undefined): string => (e?.type === 'text' ? e.value : '');
  switch (node.name) {
    case 'abs':
    case 'min':
    case 'max':
      return `${node.name}(${node.args.map((a) => write(a, 0, scope)).join(', ')})`;
    case 'param': {
      const value = scope.params?.[word(first)];
      if (value === undefined) throw new Untranslatable(`le seuil « ${word(first)} » n’a pas de valeur.`);
      return String(value);
    }
    case 'has':
      return `selected(${name(first)}, '${word(second)}')`;
    case 'filled': {
      const table = first?.type === 'reference' && first.row === undefined ? scope.question(first.key)?.table : undefined;
      if (!table || first?.type !== 'reference') return wrapped(`${name(first)} != ''`, 4, outer);
      return `(${table.rows.flatMap((r) => table.columns.map((c) => `${place(first.key, r.code, c.code)} != ''`)).join(' or ')})`;
    }
    case 'nz':
      return `coalesce(${name(first)}, 0)`;
    case 'sum':
      return `(${cellsOf(first as ColumnNode, scope).map((cell) => `coalesce(${cell}, 0)`).join(' + ')})`;
    case 'min_of':
    case 'max_of':
      return `${node.name.slice(0, 3)}(${cellsOf(first as ColumnNode, scope).join(', ')})`;
    case 'rows_le': {
      const key = first?.type === 'reference' ? first.key : '';
      const rows = scope.question(key)?.table?.rows ?? [];
      return `(${rows.map((r) => [place(key, r.code, word(node.args[1])), place(key, r.code, word(node.args[2]))]).map(([a, b]) => `(${a} = '' or ${b} = '' or ${a} <= ${b})`).join(' and ')})`;
    }
    case 'rows_ticked': {
      const table = first?.type === 'reference' ? scope.question(first.key) : undefined;
      const boxes = table?.table?.columns.filter((c) => c.kind === 'boolean') ?? [];
      return `(${table?.table?.rows.map((r) => `if(${boxes.map((c) => `${place(table.key, r.code, c.code)} = '${TICKED}'`).join(' or ')}, 1, 0)`).join(' + ')})`;
    }
    case 'year':
      return `number(format-date(${write(first!, 0, scope)}, '%Y'))`;
    case 'days_between':
      return wrapped(`decimal-date-time(${write(second!, 0, scope)}) - decimal-date-time(${write(first!, 0, scope)})`, 5, outer);
    case 'data_year':
      return String(scope.dataYear);
    case 'prev':
    case 'has_prev':
    case 'delta':
    case 'pct_change':
    case 'same_as_prev':
    case 'share_equal_to_prev':
      throw new Untranslatable('un formulaire ne connaît pas les réponses de l’année précédente.');
    case 'outlier':
      throw new Untranslatable('un formulaire ne connaît pas les réponses des autres structures.');
    default:
      throw new Untranslatable(WIDE[node.name] ?? `la fonction « ${node.name} » n’a pas d’équivalent.`);
  }
}
