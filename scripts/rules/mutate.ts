/**
 * Wrong rules made from a right one by one small change each, the usual ones of mutation testing (DeMillo, Lipton, Sayward 1978; operators after
 * Offutt et al. 1996): relational, logical and arithmetical operator, a side or a negation left out, a number, a threshold, a choice, a name, a
 * function of absence, the condition, a kind of structure.
 */
import { parseExpression, printExpression, type CompiledVersion, type Expression, type QuestionnaireVersion, type Rule, compileVersion } from '../../src/domains/questionnaire/index.ts';

export interface Mutant {
  readonly rule: Rule;
  /** What was changed, in words. */
  readonly what: string;
}

type BinaryOperator = Extract<Expression, { readonly type: 'binary' }>['operator'];

const RELATIONS: readonly BinaryOperator[] = ['==', '!=', '<', '<=', '>', '>='];
const SWAPPED: { readonly [operator: string]: BinaryOperator } = { '&&': '||', '||': '&&', '+': '-', '-': '+', '*': '/', '/': '*' };

/** Every mutant that the language accepts and that is written otherwise than the rule. */
export function mutantsOf(version: QuestionnaireVersion, rule: Rule): readonly Mutant[] {
  const mutants: Mutant[] = [];
  for (const part of ['assert', 'when'] as const) {
    const text = rule[part];
    if (text === null) continue;
    const tree = parsed(text);
    for (const [changed, what] of variants(tree, version)) mutants.push({ rule: { ...rule, [part]: printExpression(changed) }, what: `${part}: ${what}` });
  }
  if (rule.when !== null) mutants.push({ rule: { ...rule, when: null }, what: 'when: left out' });
  for (const [name, value] of Object.entries(rule.params))
    for (const other of Number.isInteger(value) ? [value - 1, value + 1] : [value * 0.9, value * 1.1])
      mutants.push({ rule: { ...rule, params: { ...rule.params, [name]: Number(other.toPrecision(12)) } }, what: `${name}: ${value} -> ${Number(other.toPrecision(12))}` });
  if (rule.appliesTo.length > 1) for (const kind of rule.appliesTo) mutants.push({ rule: { ...rule, appliesTo: rule.appliesTo.filter((k) => k !== kind) }, what: `not for ${kind}` });
  const own = JSON.stringify([normal(rule.assert), rule.when && normal(rule.when), rule.params, rule.appliesTo]);
  const seen = new Set([own]);
  return mutants.filter((m) => {
    const text = JSON.stringify([m.rule.assert, m.rule.when && normal(m.rule.when), m.rule.params, m.rule.appliesTo]);
    if (seen.has(text) || compiledAlone(version, m.rule) === undefined) return false;
    seen.add(text);
    return true;
  });
}

/** The version with this rule only (or in its place, when it judges the findings of the others); undefined when the rule is not one of the language. */
export function compiledAlone(version: QuestionnaireVersion, rule: Rule): CompiledVersion | undefined {
  const ofOthers = rule.assert.includes('all_soft_justified');
  try {
    return compileVersion({ ...version, rules: ofOthers ? version.rules.map((r) => (r.id === rule.id ? rule : r)) : [rule] });
  } catch {
    return undefined;
  }
}

export function parsed(text: string): Expression {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.error.message);
  return read.value;
}
const normal = (text: string): string => printExpression(parsed(text));
const shown = (node: Expression): string => printExpression(node);

/** The tree with one node changed. */
function* variants(node: Expression, version: QuestionnaireVersion): Generator<readonly [Expression, string]> {
  for (const [other, what] of here(node, version)) yield [other, what];
  if (node.type === 'unary') for (const [operand, what] of variants(node.operand, version)) yield [{ ...node, operand }, what];
  if (node.type === 'binary') {
    for (const [left, what] of variants(node.left, version)) yield [{ ...node, left }, what];
    for (const [right, what] of variants(node.right, version)) yield [{ ...node, right }, what];
  }
  if (node.type === 'call')
    for (const [i, arg] of node.args.entries()) for (const [changed, what] of variants(arg, version)) yield [{ ...node, args: node.args.with(i, changed) }, what];
}

function* here(node: Expression, version: QuestionnaireVersion): Generator<readonly [Expression, string]> {
  const one = (other: Expression): readonly [Expression, string] => [other, `${shown(node)} -> ${shown(other)}`];
  switch (node.type) {
    case 'binary':
      if (RELATIONS.includes(node.operator)) for (const operator of RELATIONS) if (operator !== node.operator) yield one({ ...node, operator });
      if (SWAPPED[node.operator]) yield one({ ...node, operator: SWAPPED[node.operator]! });
      if (node.operator === '&&' || node.operator === '||' || node.operator === '+' || node.operator === '-') {
        yield one(node.left);
        yield one(node.right);
      }
      return;
    case 'unary':
      yield one(node.operand);
      return;
    case 'number':
      yield one({ ...node, value: node.value + 1 });
      if (node.value >= 1) yield one({ ...node, value: node.value - 1 });
      return;
    case 'text':
      yield* otherChoices(node.value, version).map((value) => one({ ...node, value }));
      return;
    case 'reference': {
      const other = neighbour(node.key, version);
      if (node.row === undefined) {
        if (other) yield one({ ...node, key: other });
        return;
      }
      const { table } = version.questions.find((q) => q.key === node.key)!;
      const rows = table!.rows.map((r) => r.code);
      yield one({ ...node, row: rows[(rows.indexOf(node.row) + 1) % rows.length]! });
      return;
    }
    case 'call':
      if ((node.name === 'nz' || node.name === 'abs' || node.name === 'prev') && node.args[0]) yield one(node.args[0]);
      if (node.name === 'max' || node.name === 'min') yield one({ ...node, name: node.name === 'max' ? 'min' : 'max' });
      if (node.name === 'max_of' || node.name === 'min_of') yield one({ ...node, name: node.name === 'max_of' ? 'min_of' : 'max_of' });
      if (node.name === 'pct_change') yield one({ ...node, name: 'delta' });
      if (node.name === 'delta') yield one({ ...node, name: 'pct_change' });
      if (node.name === 'rows_le' && node.args.length === 3) yield one({ ...node, args: [node.args[0]!, node.args[2]!, node.args[1]!] });
      return;
    case 'column':
      return;
  }
}

/** The next choice of each question that has this one, and the next rubric. */
function otherChoices(code: string, version: QuestionnaireVersion): string[] {
  const next = (list: readonly string[]): string[] => (list.includes(code) ? [list[(list.indexOf(code) + 1) % list.length]!] : []);
  return [...new Set([...version.questions.flatMap((q) => next((q.options ?? []).map((o) => o.code))), ...next(Object.keys(version.rubrics)), ...next(['CS', 'EVS'])])].filter((c) => c !== code);
}

/** The next question of the same kind in the same rubric. */
function neighbour(key: string, version: QuestionnaireVersion): string | undefined {
  const question = version.questions.find((q) => q.key === key);
  if (!question) return undefined;
  const alike = version.questions.filter((q) => q.rubric === question.rubric && q.kind === question.kind && q.appliesTo.length >= question.appliesTo.length).map((q) => q.key);
  const other = alike[(alike.indexOf(key) + 1) % alike.length]!;
  return other === key ? undefined : other;
}
