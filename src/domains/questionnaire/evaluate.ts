/** Judges rules on a sheet. Pure: the same call runs while one types, at each save, and in the batch of the correspondents. */
import type { Answer, Answers } from './answer.ts';
import { boundFaults, brokenExclusion } from './bounds.ts';
import { isComplete } from './cells.ts';
import type { CompiledRule, CompiledVersion, PerQuestionFunction } from './compiled-version.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Question, Severity } from './model.ts';
import { cutSince, underPresentNames } from './series.ts';
import { Sheet, type EvaluationContext } from './sheet.ts';

/** A rule that is false on a sheet. */
export interface Finding {
  readonly ruleId: string;
  /** '' or, for a rule that gives one finding per question or value, the question's key or `key.row.column`. */
  readonly subject: string;
  readonly severity: Severity;
  readonly category: string;
  readonly message: string;
  /** What exactly passes the bounds, for a rule that speaks of values in general. */
  readonly detail?: string;
  /** Questions concerned: where to show it. */
  readonly keys: readonly string[];
  /** Hash of the values read, of this year and of the year before: an explanation holds as long as it stays. */
  readonly fingerprint: string;
  readonly needsJustification: boolean;
}

export interface EvaluationOptions {
  /** Also judge what only a submission asks (everything required filled, on-behalf answers reviewed, gaps explained). True without it. */
  readonly gates?: boolean;
  readonly severities?: readonly Severity[];
}

/** Every finding of a sheet, in the order of the rules. */
export function evaluateAll(compiled: CompiledVersion, context: EvaluationContext, options: EvaluationOptions = {}): readonly Finding[] {
  const sheet = new Sheet(compiled, context);
  const rules = compiled.rules.filter((r) => applies(sheet, r) && (options.gates !== false || !r.gate));
  const findings = withoutRepeatedBounds(rules.filter((r) => !r.functions.has('all_soft_justified')).flatMap((r) => judge(sheet, r)), compiled);
  for (const rule of rules.filter((r) => r.functions.has('all_soft_justified'))) {
    const open = findings.filter((f) => f.needsJustification && !context.isJustified?.(f));
    if (open.length > 0) findings.push({ ...finding(rule, '', [...new Set(open.flatMap((f) => f.keys))], open.map((f) => f.fingerprint)), needsJustification: false });
  }
  return options.severities ? findings.filter((f) => options.severities!.includes(f.severity)) : findings;
}

export interface Reading {
  /** What was judged: an open finding of such a rule and subject that is absent from `findings` is now closed. */
  readonly evaluated: readonly { readonly ruleId: string; readonly subjects: 'all' | readonly string[] }[];
  readonly findings: readonly Finding[];
}

/** Judges only the rules that read `key`, or a question that `key` shows or hides. Never the gates: they wait for the submission. */
export function evaluateReading(compiled: CompiledVersion, context: EvaluationContext, key: string): Reading {
  const sheet = new Sheet(compiled, context);
  const affected = [...(compiled.affectedBy.get(key) ?? [])];
  const evaluated: { ruleId: string; subjects: 'all' | readonly string[] }[] = [];
  const findings: Finding[] = [];
  for (const rule of rulesReading(compiled, key)) {
    if (!applies(sheet, rule)) continue;
    evaluated.push({ ruleId: rule.rule.id, subjects: 'all' });
    findings.push(...judge(sheet, rule));
  }
  const questions = affected.map((k) => compiled.questions.get(k)!);
  for (const rule of compiled.rulesPerQuestion) {
    if (!applies(sheet, rule)) continue;
    const each = PER_QUESTION[rule.perQuestion!];
    evaluated.push({ ruleId: rule.rule.id, subjects: questions.flatMap(subjectsOf) });
    findings.push(...questions.flatMap((q) => each(sheet, rule, q)));
  }
  return { evaluated, findings: withoutRepeatedBounds(findings, compiled) };
}

/** Beyond this many keys, all rules are judged once rather than each key's. */
const MANY = 12;

export interface Judgement {
  readonly findings: readonly Finding[];
  /** Whether an earlier finding was looked at again: absent from `findings`, it no longer stands. */
  readonly judged: (finding: { readonly ruleId: string; readonly subject: string }) => boolean;
}

/** Judges what `keys` may have changed; never the gates. */
export function evaluateChanged(compiled: CompiledVersion, context: EvaluationContext, keys: readonly string[]): Judgement {
  if (keys.length > MANY) {
    const rules = new Set(compiled.rules.filter((r) => !r.gate && !(r.rule.serverOnly && context.serverRules === false)).map((r) => r.rule.id));
    return { findings: evaluateAll(compiled, context, { gates: false }), judged: (f) => rules.has(f.ruleId) };
  }
  const readings = keys.map((key) => evaluateReading(compiled, context, key));
  const subjects = new Map<string, 'all' | Set<string>>();
  for (const { ruleId, subjects: some } of readings.flatMap((r) => r.evaluated)) {
    const known = subjects.get(ruleId);
    subjects.set(ruleId, some === 'all' || known === 'all' ? 'all' : new Set([...(known ?? []), ...some]));
  }
  // A rule that reads two of the keys was judged twice, with one result.
  const findings = [...new Map(readings.flatMap((r) => r.findings).map((f) => [`${f.ruleId} ${f.subject}`, f])).values()];
  return {
    findings,
    judged: (f) => {
      const some = subjects.get(f.ruleId);
      return some === 'all' || (some?.has(f.subject) ?? false);
    },
  };
}

/** Every finding but the gates', in the order of the rules, from those `known` before `keys` changed: equal to `evaluateAll`, at the cost of the rules that the keys touch. */
export function evaluateAfter(compiled: CompiledVersion, context: EvaluationContext, known: readonly Finding[], keys: readonly string[]): readonly Finding[] {
  if (keys.length === 0) return known;
  const { findings, judged } = evaluateChanged(compiled, context, keys);
  const place = (f: Finding): number => compiled.ruleOrder.get(f.ruleId)! * compiled.questionOrder.size + (compiled.questionOrder.get(f.subject.split('.')[0]!) ?? 0);
  return [...known.filter((f) => !judged(f)), ...findings].toSorted((a, b) => place(a) - place(b));
}

/** Rules that name `key`, or a question that `key` shows or hides. */
export const rulesReading = (compiled: CompiledVersion, key: string): readonly CompiledRule[] => compiled.rulesByKey.get(key) ?? [];

/** Questions shown to the structure for this data year, in order. */
export const visibleQuestions = (compiled: CompiledVersion, context: EvaluationContext): readonly Question[] => new Sheet(compiled, context).visible();
export const isVisible = (compiled: CompiledVersion, context: EvaluationContext, key: string): boolean => new Sheet(compiled, context).isVisible(key);
export const isAsked = (compiled: CompiledVersion, context: EvaluationContext, question: Question): boolean => new Sheet(compiled, context).isAsked(question);
/** Required questions that are shown and not answered to the end. */
export const requiredMissing = (compiled: CompiledVersion, context: EvaluationContext): readonly Question[] => new Sheet(compiled, context).missing();

/** Keys asked of such a structure for a data year, before relevance. */
export function askedKeys(compiled: CompiledVersion, who: Omit<EvaluationContext, 'answers'>): readonly string[] {
  const sheet = new Sheet(compiled, { ...who, answers: {} });
  return compiled.version.questions.filter((q) => sheet.isAsked(q)).map((q) => q.key);
}

export interface Progress {
  /** Required questions that are shown for the data year. */
  readonly required: number;
  /** Those of them that are answered to the end. */
  readonly answered: number;
}

/** Over the whole sheet, or over the questions of `keys`. */
export function progress(compiled: CompiledVersion, context: EvaluationContext, keys: Iterable<string> = compiled.questions.keys()): Progress {
  return progressAmong(keys, new Sheet(compiled, context));
}

/** The progress of `after`, from the one known of `before`: only the keys that changed and the questions that they show or hide are counted anew. */
export function progressAfter(compiled: CompiledVersion, before: EvaluationContext, after: EvaluationContext, keys: readonly string[], known: Progress): Progress {
  const affected = new Set(keys.flatMap((key) => [...(compiled.affectedBy.get(key) ?? [])]));
  const [was, is] = [progressAmong(affected, new Sheet(compiled, before)), progressAmong(affected, new Sheet(compiled, after))];
  return { required: known.required + is.required - was.required, answered: known.answered + is.answered - was.answered };
}

function progressAmong(keys: Iterable<string>, sheet: Sheet): Progress {
  let [required, answered] = [0, 0];
  for (const key of keys) {
    const question = sheet.compiled.questions.get(key)!;
    if (!question.required || !sheet.isVisible(key)) continue;
    required++;
    if (isComplete(question, sheet.context.answers[key])) answered++;
  }
  return { required, answered };
}

/** The answer that others determine (`net_result`); undefined while they do not, or for a question that is not computed. */
export function computedAnswer(compiled: CompiledVersion, context: EvaluationContext, key: string): Answer | undefined {
  const value = compiled.computed.get(key)?.(new Sheet(compiled, context).frame);
  return typeof value === 'number' ? { state: 'value', value } : undefined;
}

/**
 * Answers of the year before `dataYear`, key by key: the sheet that the same response gives for that year when it asks the key,
 * else the answers of the campaign before, under the names of this version (a question renamed keeps its past, one whose series breaks has none). A key that the sheet asks and that is still empty has no previous answer there: the earlier campaign's stands in.
 */
export function previousFor(compiled: CompiledVersion, dataYear: number, from: { readonly sheets: { readonly [year: number]: Answers }; readonly earlier?: Answers }): Answers {
  const asked = compiled.askedIn.get(dataYear - 1);
  const sheet = from.sheets[dataYear - 1];
  const earlier = from.earlier ? underPresentNames(compiled.version, from.earlier, compiled.toldBefore) : {};
  if (!asked || !sheet) return earlier;
  const own = asked === 'all' ? sheet : Object.fromEntries(Object.entries(sheet).filter(([key]) => asked?.has(key)));
  return { ...earlier, ...own };
}

/** Why a question has no previous answer though it, or what it comes from, was answered: words to print where the answer would stand. By key. */
export function cutsFor(compiled: CompiledVersion, previous: Answers, earlier: Answers | undefined): { readonly [key: string]: string } {
  if (!earlier) return {};
  const cut = [...cutSince(compiled.version, compiled.toldBefore)].filter(([key, event]) => compiled.questions.has(key) && !previous[key] && event.from.some((from) => earlier[from]));
  return Object.fromEntries(cut.map(([key, event]) => [key, `non comparable (${event.note.replace(/\s*\.$/, '')})`]));
}

function applies(sheet: Sheet, { rule, reads, functions }: CompiledRule): boolean {
  const { compiled, context } = sheet;
  if (!rule.appliesTo.includes(context.structureKind)) return false;
  if (rule.serverOnly && context.serverRules === false) return false;
  if (functions.has('outlier') && !context.outlier) return false;
  const asked = compiled.askedIn.get(context.dataYear);
  return asked !== undefined && (asked === 'all' || reads.every((key) => asked.has(key)));
}

function judge(sheet: Sheet, rule: CompiledRule): readonly Finding[] {
  const each = rule.perQuestion && PER_QUESTION[rule.perQuestion];
  if (each) return sheet.visible().flatMap((q) => each(sheet, rule, q));
  // `has` and `nz` read an empty question as none: while a required one is still to come, the rule waits for it
  if (rule.waitsFor.some((key) => sheet.context.answers[key] === undefined && sheet.isVisible(key) && sheet.compiled.questions.get(key)!.required)) return [];
  sheet.params = rule.rule.params;
  if (rule.when && rule.when(sheet.frame) !== true) return [];
  if (rule.assert(sheet.frame) !== false) return [];
  return [finding(rule, '', rule.reads, valuesRead(sheet, rule))];
}

export type Verdict = 'not_applicable' | 'open' | 'holds' | 'broken';

/** What one rule says of one sheet: whether it applies, can be concluded, holds. `broken` is what raises a finding. */
export function verdictOf(compiled: CompiledVersion, context: EvaluationContext, ruleId: string): Verdict {
  const sheet = new Sheet(compiled, context);
  const rule = compiled.ruleById.get(ruleId)!;
  if (!applies(sheet, rule)) return 'not_applicable';
  if (judge(sheet, rule).length > 0) return 'broken';
  if (rule.perQuestion) return 'holds';
  sheet.params = rule.rule.params;
  const when = rule.when ? rule.when(sheet.frame) : true;
  if (when === false) return 'not_applicable';
  return when === true && rule.assert(sheet.frame) === true ? 'holds' : 'open';
}

const valuesRead = (sheet: Sheet, rule: CompiledRule): unknown =>
  rule.functions.has('share_equal_to_prev')
    ? [sheet.context.answers, sheet.context.previous ?? {}]
    : rule.reads.map((key) => [key, sheet.context.answers[key] ?? null, rule.readsPrevious ? (sheet.context.previous?.[key] ?? null) : null]);

function finding({ rule }: CompiledRule, subject: string, keys: readonly string[], read: unknown): Finding {
  return {
    ruleId: rule.id,
    subject,
    severity: rule.severity,
    category: rule.category,
    message: rule.message,
    keys,
    fingerprint: fingerprintOf(read),
    needsJustification: rule.justification,
  };
}

type PerQuestion = (sheet: Sheet, rule: CompiledRule, question: Question) => readonly Finding[];

/** What is missing, out of bounds, or ticked together: one finding per question or value. */
const PER_QUESTION: { readonly [name in PerQuestionFunction]: PerQuestion } = {
  all_required_filled: (sheet, rule, q) => {
    const answer = sheet.context.answers[q.key];
    return q.required && sheet.isVisible(q.key) && !isComplete(q, answer) ? [finding(rule, q.key, [q.key], answer ?? null)] : [];
  },
  all_within_bounds: (sheet, rule, q) => {
    if (!sheet.isVisible(q.key)) return [];
    const answer = sheet.context.answers[q.key];
    return boundFaults(q, answer).map((fault) => ({
      ...finding(rule, fault.row === undefined ? q.key : `${q.key}.${fault.row}.${fault.column}`, [q.key], [fault, answer]),
      ...(fault.form ? { message: fault.message } : { detail: fault.message }),
    }));
  },
  exclusive_options_alone: (sheet, rule, q) => {
    const answer = sheet.context.answers[q.key];
    return sheet.isVisible(q.key) && brokenExclusion(q, answer) ? [finding(rule, q.key, [q.key], answer)] : [];
  },
};

/** Every subject that a rule per question can give for `question`. */
const subjectsOf = (question: Question): readonly string[] => [
  question.key,
  ...(question.table?.rows.flatMap((r) => question.table!.columns.map((c) => `${question.key}.${r.code}.${c.code}`)) ?? []),
];

/** A bound with its own sentence (a negative budget) speaks instead of the general one on that question. */
function withoutRepeatedBounds(findings: readonly Finding[], compiled: CompiledVersion): Finding[] {
  const own = new Set(findings.filter((f) => f.category === 'bound' && f.severity === 'hard' && f.subject === '' && f.keys.length === 1).map((f) => f.keys[0]!));
  return findings.filter((f) => !(own.has(f.subject) && compiled.ruleById.get(f.ruleId)!.functions.has('all_within_bounds')));
}
