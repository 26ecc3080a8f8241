/** One sheet (a structure, a data year) as evaluation sees it: what is asked, what is shown, what is missing. */
import type { Answer, Answers } from './answer.ts';
import { boundFaults, brokenExclusion } from './bounds.ts';
import { isComplete, isNumeric, tableOf } from './cells.ts';
import type { CompiledVersion } from './compiled-version.ts';
import type { Frame, Value } from './expression/compile.ts';
import type { Question, StructureKind } from './model.ts';

export interface EvaluationContext {
  readonly structureKind: StructureKind;
  /** Code of the département, or codes of every territory that contains the structure: decides which local modules are asked. */
  readonly territory?: string | readonly string[];
  readonly dataYear: number;
  readonly answers: Answers;
  /** Answers of the year before, by key (`previousFor`). */
  readonly previous?: Answers;
  /** Whether a soft finding has its explanation; without it nothing has. */
  readonly isJustified?: (finding: { readonly ruleId: string; readonly subject: string; readonly fingerprint: string }) => boolean;
  /** Whether the structure has reviewed what others entered for it; true without it. */
  readonly onBehalfReviewed?: boolean;
  /** Whether a value is unlike those of comparable structures; without it the rules that ask are not judged. */
  readonly outlier?: (target: string, params: { readonly [name: string]: number }) => boolean | undefined;
  /** False in a browser: rules that need what only the server knows are not judged. True without it. */
  readonly serverRules?: boolean;
}

export class Sheet {
  readonly compiled: CompiledVersion;
  readonly context: EvaluationContext;
  readonly frame: Frame;
  /** Thresholds of the rule being judged, for `outlier`. */
  params: { readonly [name: string]: number } = {};
  readonly #visible = new Map<string, boolean>();

  constructor(compiled: CompiledVersion, context: EvaluationContext) {
    this.compiled = compiled;
    this.context = context;
    const { answers, previous } = context;
    this.frame = {
      dataYear: context.dataYear,
      question: (key) => compiled.questions.get(key)!,
      current: (key) => (this.isVisible(key) ? answers[key] : NOT_CONCERNED),
      given: (key) => (this.isVisible(key) ? answers[key] : undefined),
      previous: (key) => previous?.[key],
      outlier: (target) => context.outlier?.(target, this.params),
      rubricHasNonzero: (rubric) => this.#rubricHasNonzero(rubric),
      wide: (name) => this.#wide(name),
    };
  }

  /** Asked of this structure for this data year, whatever its other answers. */
  isAsked(question: Question): boolean {
    const { compiled, context } = this;
    const asked = compiled.askedIn.get(context.dataYear);
    if (!asked || (asked !== 'all' && !asked.has(question.key))) return false;
    if (!question.appliesTo.includes(context.structureKind)) return false;
    const local = question.module === undefined ? undefined : compiled.localTerritory.get(question.module);
    return local === undefined || (typeof context.territory === 'string' ? context.territory === local : (context.territory?.includes(local) ?? false));
  }

  /** Asked and relevant. A relevance that is false or not evaluable hides the question. */
  isVisible(key: string): boolean {
    const known = this.#visible.get(key);
    if (known !== undefined) return known;
    const question = this.compiled.questions.get(key);
    const relevance = this.compiled.relevance.get(key);
    const visible = question !== undefined && this.isAsked(question) && (relevance === undefined || relevance(this.frame) === true);
    this.#visible.set(key, visible);
    return visible;
  }

  visible(): readonly Question[] {
    return this.compiled.version.questions.filter((q) => this.isVisible(q.key));
  }

  missing(): readonly Question[] {
    return this.visible().filter((q) => q.required && !isComplete(q, this.context.answers[q.key]));
  }

  #rubricHasNonzero(rubric: string): boolean | undefined {
    let open = false;
    for (const question of this.compiled.version.questions) {
      if (question.rubric !== rubric || !this.isVisible(question.key)) continue;
      const answer = this.context.answers[question.key];
      if (isNonzero(question, answer)) return true;
      open ||= question.required && (!isComplete(question, answer) || answer?.state === 'unknown');
    }
    return open ? undefined : false;
  }

  #wide(name: string): Value {
    const { answers, previous, onBehalfReviewed } = this.context;
    switch (name) {
      case 'all_required_filled':
        return this.missing().length === 0;
      case 'all_within_bounds':
        return this.visible().every((q) => boundFaults(q, answers[q.key]).length === 0);
      case 'exclusive_options_alone':
        return this.visible().every((q) => !brokenExclusion(q, answers[q.key]));
      case 'on_behalf_reviewed':
        return onBehalfReviewed ?? true;
      case 'share_equal_to_prev':
        return this.#shareEqualToPrevious(previous ?? {});
      default:
        // all_soft_justified: evaluate.ts knows, once the other rules are judged
        return undefined;
    }
  }

  /** Share of the non-zero numbers, cell by cell, that stand as they did the year before, among those that both years have. */
  #shareEqualToPrevious(previous: Answers): number | undefined {
    let compared = 0;
    let equal = 0;
    for (const question of this.visible()) {
      for (const [now, before] of numberPairs(question, this.context.answers[question.key], previous[question.key])) {
        if (now === 0) continue;
        compared++;
        if (now === before) equal++;
      }
    }
    return compared === 0 ? undefined : equal / compared;
  }
}

const NOT_CONCERNED: Answer = { state: 'not_concerned' };
/** Choices that say "nothing here". */
const NOTHING = new Set(['no', 'none', 'unknown']);

function isNonzero(question: Question, answer: Answer | undefined): boolean {
  if (answer?.state !== 'value') return false;
  const { value } = answer;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '' && !NOTHING.has(value);
  if (Array.isArray(value)) return value.some((code) => !question.options?.find((o) => o.code === code)?.exclusive);
  return Object.values(tableOf(answer)).some((cells) => Object.values(cells).some((c) => c === true || (typeof c === 'number' && c !== 0)));
}

function* numberPairs(question: Question, now: Answer | undefined, before: Answer | undefined): Generator<readonly [number, number]> {
  if (now?.state !== 'value' || before?.state !== 'value') return;
  if (typeof now.value === 'number' && typeof before.value === 'number' && isNumeric(question.kind)) yield [now.value, before.value];
  const [a, b] = [tableOf(now), tableOf(before)];
  for (const [row, cells] of Object.entries(a))
    for (const [column, cell] of Object.entries(cells)) {
      const other = b[row]?.[column];
      if (typeof cell === 'number' && typeof other === 'number') yield [cell, other];
    }
}
