/** A version ready for evaluation: expressions compiled, and for each question the rules and questions that depend on it. */
import { checkExpression, readsOf, type ExpressionScope } from './expression/check.ts';
import { compileExpression, type Compiled } from './expression/compile.ts';
import { signatureOf, type ValueType } from './expression/functions.ts';
import { parseExpression } from './expression/parse.ts';
import { nodesOf, type Expression } from './expression/syntax.ts';
import type { Lineage, Question, QuestionnaireVersion, Rule } from './model.ts';

/** Rules that say whether a response may be submitted; the others speak while one types. */
const GATES = new Set(['all_required_filled', 'on_behalf_reviewed', 'all_soft_justified']);

export interface CompiledRule {
  readonly rule: Rule;
  /** Keys of the questions that it names. */
  readonly reads: readonly string[];
  /** Judged at submission only. */
  readonly gate: boolean;
  /** Judges the whole sheet instead of named questions. */
  readonly wide: boolean;
  /** Names of its functions. */
  readonly functions: ReadonlySet<string>;
  readonly readsPrevious: boolean;
  /** Keys inside `has` and `nz`, for which an empty required question is waited for. */
  readonly waitsFor: readonly string[];
  /** The function of `PER_QUESTION` (evaluate.ts) that makes it give one finding per question or value. */
  readonly perQuestion: PerQuestionFunction | undefined;
  readonly when: Compiled | undefined;
  readonly assert: Compiled;
}

export const PER_QUESTION_FUNCTIONS = ['all_required_filled', 'all_within_bounds', 'exclusive_options_alone'] as const;
export type PerQuestionFunction = (typeof PER_QUESTION_FUNCTIONS)[number];

export interface CompiledVersion {
  readonly version: QuestionnaireVersion;
  /** Names what is read, its errata included, while `version.contentHash` names what was put in use: a copy that a browser keeps has this name. */
  readonly edition: string;
  /** What the version before it in the house says of itself (`becomes`): this one does not know, since it stood first. */
  readonly toldBefore: readonly Lineage[];
  readonly year: number;
  /** The data year that is asked in full. */
  readonly mainDataYear: number;
  /** Latest first. */
  readonly dataYears: readonly number[];
  readonly questions: ReadonlyMap<string, Question>;
  readonly byCode: ReadonlyMap<string, Question>;
  /** Rank of each question, by key, and of each rule, by identifier. */
  readonly questionOrder: ReadonlyMap<string, number>;
  readonly ruleOrder: ReadonlyMap<string, number>;
  readonly rules: readonly CompiledRule[];
  /** Those that give one finding per question or value and speak while one types. */
  readonly rulesPerQuestion: readonly CompiledRule[];
  readonly ruleById: ReadonlyMap<string, CompiledRule>;
  readonly relevance: ReadonlyMap<string, Compiled>;
  /** key of a question with a relevance -> questions that it names */
  readonly relevanceReads: ReadonlyMap<string, ReadonlySet<string>>;
  readonly computed: ReadonlyMap<string, Compiled>;
  /** key -> questions shown or hidden by it, directly or through others, itself included */
  readonly affectedBy: ReadonlyMap<string, ReadonlySet<string>>;
  readonly rulesByKey: ReadonlyMap<string, readonly CompiledRule[]>;
  readonly localTerritory: ReadonlyMap<string, string>;
  readonly askedIn: ReadonlyMap<number, ReadonlySet<string> | 'all'>;
}

/** Names that expressions of this version may use. */
export function scopeOf(version: QuestionnaireVersion): ExpressionScope {
  const questions = new Map(version.questions.map((q) => [q.key, q]));
  return {
    question: (key) => questions.get(key),
    rubrics: new Set(Object.keys(version.rubrics)),
    keysOfRubric: (rubric) => version.questions.filter((q) => q.rubric === rubric).map((q) => q.key),
  };
}

/** Compiles a checked version (`checkVersion`); throws at a fault, since what is stored has been checked. */
export function compileVersion(version: QuestionnaireVersion, toldBefore: readonly Lineage[] = [], edition: string = version.contentHash): CompiledVersion {
  const scope = scopeOf(version);
  const tree = (text: string, expected: ValueType, params?: { readonly [name: string]: number }): Expression => {
    const parsed = parseExpression(text);
    const fault = parsed.ok ? checkExpression(text, parsed.value, params ? { ...scope, params: new Set(Object.keys(params)) } : scope, expected).faults[0] : parsed.error;
    if (!parsed.ok || fault) throw new Error(`${version.year}: ${fault!.message}\n${fault!.pointer}`);
    return parsed.value;
  };

  const relevanceTrees = new Map<string, Expression>();
  const computed = new Map<string, Compiled>();
  for (const q of version.questions) {
    if (q.relevance) relevanceTrees.set(q.key, tree(q.relevance, 'truth'));
    if (q.computed) computed.set(q.key, compileExpression(tree(q.computed, 'number')));
  }
  const rules = version.rules.map((rule) => compileRule(rule, rule.when ? tree(rule.when, 'truth', rule.params) : undefined, tree(rule.assert, 'truth', rule.params), scope));
  const relevanceReads = new Map([...relevanceTrees].map(([key, node]) => [key, new Set(readsOf(node))]));
  const affectedBy = dependents(version.questions, relevanceReads);
  const rulesByKey = new Map<string, CompiledRule[]>();
  for (const [key, affected] of affectedBy) rulesByKey.set(key, rules.filter((r) => r.reads.some((read) => affected.has(read))));
  return {
    version,
    edition,
    toldBefore,
    year: version.year,
    mainDataYear: version.dataYears[0]!.year,
    dataYears: version.dataYears.map((d) => d.year),
    questions: new Map(version.questions.map((q) => [q.key, q])),
    byCode: new Map(version.questions.map((q) => [q.code, q])),
    questionOrder: new Map(version.questions.map((q, i) => [q.key, i])),
    ruleOrder: new Map(rules.map((r, i) => [r.rule.id, i])),
    rules,
    rulesPerQuestion: rules.filter((r) => r.perQuestion && !r.gate),
    ruleById: new Map(rules.map((r) => [r.rule.id, r])),
    relevance: new Map([...relevanceTrees].map(([key, node]) => [key, compileExpression(node)])),
    relevanceReads,
    computed,
    affectedBy,
    rulesByKey,
    localTerritory: new Map(version.modules.flatMap((m) => (m.territory ? [[m.code, m.territory] as const] : []))),
    askedIn: new Map(version.dataYears.map((d) => [d.year, d.keys === 'all' ? 'all' : new Set(d.keys)] as const)),
  };
}

function compileRule(rule: Rule, when: Expression | undefined, assert: Expression, scope: ExpressionScope): CompiledRule {
  const trees = when ? [when, assert] : [assert];
  const calls = trees.flatMap((t) => [...nodesOf(t)]).filter((n) => n.type === 'call');
  const functions = new Set(calls.map((c) => c.name));
  const waiting = calls.filter((c) => c.name === 'has' || c.name === 'nz').flatMap((c) => readsOf(c));
  return {
    rule,
    reads: [...new Set(trees.flatMap((t) => readsOf(t, scope.keysOfRubric)))],
    gate: [...functions].some((f) => GATES.has(f)),
    wide: [...functions].some((f) => signatureOf(f)?.wide),
    functions,
    readsPrevious: [...functions].some((f) => signatureOf(f)?.previous || f === 'share_equal_to_prev'),
    waitsFor: [...new Set(waiting)],
    perQuestion: PER_QUESTION_FUNCTIONS.find((f) => functions.has(f)),
    when: when && compileExpression(when, rule.params),
    assert: compileExpression(assert, rule.params),
  };
}

function dependents(questions: readonly Question[], relevanceReads: ReadonlyMap<string, ReadonlySet<string>>): Map<string, Set<string>> {
  const direct = new Map<string, string[]>();
  for (const [key, reads] of relevanceReads) for (const read of reads) direct.set(read, [...(direct.get(read) ?? []), key]);
  const closure = (key: string): Set<string> => {
    const seen = new Set([key]);
    for (const k of seen) for (const next of direct.get(k) ?? []) seen.add(next);
    return seen;
  };
  return new Map(questions.map((q) => [q.key, closure(q.key)]));
}
