/** A condition as a sentence for those who do not read expressions: « la réponse à D12 est « Oui » ». Pure. */
import { formatNumber, NBSP } from '../../../kernel/french-number.ts';
import type { Question, QuestionnaireVersion } from '../model.ts';
import { parseExpression } from './parse.ts';
import type { BinaryOperator, Expression } from './syntax.ts';

type Known = ReadonlyMap<string, Question>;
type Questions = Pick<QuestionnaireVersion, 'questions' | 'rubrics'>;

const COMPARED: { readonly [operator in BinaryOperator]?: string } = {
  '==': 'est égal à', '!=': 'est différent de', '<': 'est inférieur à', '<=': 'vaut au plus', '>': 'dépasse', '>=': 'vaut au moins',
};
const quoted = (words: string): string => `«${NBSP}${words}${NBSP}»`;

/** How each function is said; `a` holds its arguments in words. Every function of the language stands here (`words.test.ts`). */
export const FUNCTION_WORDS: { readonly [name: string]: (a: readonly string[]) => string } = {
  abs: ([x]) => `la valeur absolue de ${x}`,
  min: (a) => `le plus petit de ${a.join(', ')}`,
  max: (a) => `le plus grand de ${a.join(', ')}`,
  param: ([x]) => `le seuil ${x}`,
  sum: ([x]) => `le total de ${x}`,
  min_of: ([x]) => `la plus petite valeur de ${x}`,
  max_of: ([x]) => `la plus grande valeur de ${x}`,
  has: ([x, o]) => `la réponse à ${x} comprend ${o}`,
  filled: ([x]) => `${x} a une réponse`,
  nz: ([x]) => `${x} (0 sans réponse)`,
  rows_le: ([t, a, b]) => `dans chaque ligne de ${t}, ${a} ne dépasse pas ${b}`,
  rows_all_or_none: ([t]) => `chaque ligne de ${t} est remplie en entier ou laissée vide`,
  rows_ticked: ([t]) => `le nombre de lignes cochées de ${t}`,
  prev: ([x]) => `la valeur de l’année d’avant de ${x}`,
  has_prev: ([x]) => `${x} a une réponse l’année d’avant`,
  delta: ([x]) => `l’écart de ${x} avec l’année d’avant`,
  pct_change: ([x]) => `l’évolution en % de ${x} depuis l’année d’avant`,
  same_as_prev: ([x]) => `${x} est la même que l’année d’avant`,
  outlier: ([x]) => `${x} s’écarte des autres structures`,
  year: ([x]) => `l’année de ${x}`,
  days_between: ([a, b]) => `le nombre de jours de ${a} à ${b}`,
  data_year: () => 'l’année de données',
  rubric_has_nonzero: ([r]) => `la rubrique ${r} a une valeur autre que 0`,
  all_required_filled: () => 'toutes les questions obligatoires ont une réponse',
  all_within_bounds: () => 'toutes les valeurs sont dans leurs bornes',
  exclusive_options_alone: () => 'aucun choix exclusif n’est coché avec un autre',
  share_equal_to_prev: () => 'la part des valeurs identiques à l’année d’avant',
  on_behalf_reviewed: () => 'les valeurs saisies par un tiers ont été relues',
  all_soft_justified: () => 'tout ce qui est à expliquer l’a été',
};

/** `expression` of a checked version; questions are named by the code that is printed before them. */
export function expressionWords(version: Questions, expression: string): string {
  const parsed = parseExpression(expression);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return said(parsed.value, new Map(version.questions.map((q) => [q.key, q])), version.rubrics, false);
}

function said(node: Expression, known: Known, rubrics: Questions['rubrics'], inside: boolean): string {
  const say = (part: Expression, within = true): string => said(part, known, rubrics, within);
  switch (node.type) {
    case 'number':
      return formatNumber(node.value, 6);
    case 'text':
      return quoted(node.value);
    case 'reference':
    case 'column':
      return placeWords(node, known);
    case 'unary':
      return node.operator === '-' ? `−${say(node.operand)}` : `il est faux que ${say(node.operand)}`;
    case 'call':
      return callWords(node.name, node.args, known, rubrics, say);
    case 'binary': {
      const { operator, left, right } = node;
      if (operator === '&&' || operator === '||') {
        // side by side when the word is the same, in parentheses when it is the other
        const words = [left, right].map((part) => say(part, part.type === 'binary' && part.operator !== operator)).join(operator === '&&' ? ' et ' : ' ou ');
        return inside ? `(${words})` : words;
      }
      const compared = COMPARED[operator];
      if (compared === undefined) return `${inside ? '(' : ''}${say(left)} ${operator === '-' ? '−' : operator === '*' ? '×' : operator} ${say(right)}${inside ? ')' : ''}`;
      const option = optionOf(left, right, known);
      if (option !== undefined) return `la réponse à ${say(left)} ${operator === '!=' ? 'n’est pas' : 'est'} ${quoted(option)}`;
      return `${say(left, false)} ${compared} ${say(right, false)}`;
    }
  }
}

function placeWords(node: Extract<Expression, { type: 'reference' | 'column' }>, known: Known): string {
  const question = known.get(node.key);
  const code = question?.code ?? node.key;
  const column = question?.table?.columns.find((c) => c.code === node.column)?.label ?? node.column;
  if (node.type === 'column') return `${code} (colonne ${quoted(column!)})`;
  if (node.row === undefined) return code;
  return `${code} (${quoted(question?.table?.rows.find((r) => r.code === node.row)?.label ?? node.row)}, ${quoted(column ?? '')})`;
}

/** The words of an option compared with a question, as people read it. */
function optionOf(question: Expression, value: Expression | undefined, known: Known): string | undefined {
  if (question.type !== 'reference' || value?.type !== 'text') return undefined;
  return known.get(question.key)?.options?.find((o) => o.code === value.value)?.label;
}

function callWords(name: string, args: readonly Expression[], known: Known, rubrics: Questions['rubrics'], say: (part: Expression) => string): string {
  const words = args.map((arg, i) => {
    if (name === 'has' && i === 1) return quoted(optionOf(args[0]!, arg, known) ?? say(arg));
    if (name === 'rubric_has_nonzero' && arg.type === 'text') return `${arg.value} ${quoted(rubrics[arg.value] ?? '')}`;
    if (name === 'rows_le' && i > 0 && arg.type === 'text' && args[0]!.type === 'reference') return quoted(known.get(args[0]!.key)?.table?.columns.find((c) => c.code === arg.value)?.label ?? arg.value);
    return say(arg);
  });
  const sentence = FUNCTION_WORDS[name];
  if (!sentence) throw new Error(`no words for the function ${name}`);
  return sentence(words);
}
