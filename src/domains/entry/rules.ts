/** Who may write when, and what stops a submission: pure decisions (domain file 4.3; arbitrations D1, D3 and « on behalf »). */
import { acceptsEntry, type PhaseState } from '../campaign/index.ts';
import { type Actor, correspondentSide, mayEnter, type StructurePlace } from '../access/index.ts';
import { type Answers, type CompiledVersion, evaluateAll, type EvaluationContext, type Finding, previousFor, requiredMissing, visibleQuestions } from '../questionnaire/index.ts';
import type { Refusal } from '../../kernel/result.ts';
import { entryClosed, notYours, stateRefusesEntry } from './errors.ts';
import type { KeptAnswer } from './conflict.ts';
import type { AnswerSource, Blocker, Completeness, FindingState, ResponseState, StoredFinding } from './model.ts';

/** For whom a person writes in a response; undefined: not at all. A person who is both writes for its structure. */
export function writesAs(actor: Actor, place: StructurePlace): 'structure' | 'caf' | 'federation' | undefined {
  return mayEnter(actor, place.structureId) ? 'structure' : correspondentSide(actor, place);
}

/** Nothing, or why answers cannot be written now. A correspondent writes on behalf only while the structure itself may begin. */
export function whyNoEntry(state: ResponseState, phase: PhaseState, as: AnswerSource | undefined): Refusal | undefined {
  if (!as) return notYours;
  const begun = state === 'not_started' || state === 'in_progress';
  if (as === 'structure' && state === 'correction_requested') return phase === 'open' || phase === 'closing' || phase === 'control' ? undefined : entryClosed;
  if (!begun) return stateRefusesEntry(state);
  // At the passage to control whoever had not sent became a non-respondent: what is in progress there is a late entry, agreed with a reason.
  if (as === 'structure' && state === 'in_progress' && phase === 'control') return undefined;
  return acceptsEntry(phase) ? undefined : entryClosed;
}

/** Whether the fields of the form can be changed. */
export const mayEdit = (state: ResponseState, phase: PhaseState, as: AnswerSource | undefined): boolean => whyNoEntry(state, phase, as) === undefined;

/** A sent response goes back to entry as long as entry is open. */
export const mayTakeBack = (state: ResponseState, phase: PhaseState): boolean =>
  (state === 'submitted' || state === 'submitted_by_third_party' || state === 'declined') && acceptsEntry(phase);

export const mayDecline = (state: ResponseState): boolean =>
  ['not_started', 'in_progress', 'submitted', 'submitted_by_third_party', 'under_review', 'correction_requested', 'resubmitted'].includes(state);

/** States of a finding that need nothing more: explained, confirmed or waived on these very values. */
export const SETTLED: readonly FindingState[] = ['justified', 'confirmed_by_structure', 'waived_by_correspondent'];

export interface ResponseFacts {
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly sheets: { readonly [dataYear: number]: { readonly answers: Answers } };
  /** Answers of earlier campaigns, by data year. */
  readonly earlier?: { readonly [dataYear: number]: Answers };
  /** N-1 by data year, when it is known already. */
  readonly previous?: { readonly [dataYear: number]: Answers };
}

/** What a rule sees of one data year of a response. */
export function contextOf(compiled: CompiledVersion, facts: ResponseFacts, dataYear: number, more: Partial<EvaluationContext> = {}): EvaluationContext {
  const sheets = Object.fromEntries(Object.entries(facts.sheets).map(([year, sheet]) => [year, sheet.answers]));
  const earlier = facts.earlier?.[dataYear - 1];
  return {
    structureKind: facts.structureKind,
    territory: facts.territoryCode,
    dataYear,
    answers: facts.sheets[dataYear]?.answers ?? {},
    previous: facts.previous?.[dataYear] ?? previousFor(compiled, dataYear, earlier ? { sheets, earlier } : { sheets }),
    ...more,
  };
}

/** Present findings, told what people already said of them: a decision holds while the values that the rule read are the same. */
export function settledIn(stored: readonly StoredFinding[], dataYear: number): (finding: Pick<Finding, 'ruleId' | 'subject' | 'fingerprint'>) => boolean {
  const kept = new Set(stored.filter((f) => f.dataYear === dataYear && SETTLED.includes(f.state)).map((f) => `${f.ruleId} ${f.subject} ${f.fingerprint}`));
  return (finding) => kept.has(`${finding.ruleId} ${finding.subject} ${finding.fingerprint}`);
}

/** All that stops submission, in the order of the questionnaire: blanks, impossibilities, unexplained doubts, choices not made on questions that are shown, values entered by others and not looked at. */
export function blockersOf(
  compiled: CompiledVersion,
  facts: ResponseFacts,
  stored: readonly StoredFinding[],
  unreviewed: readonly { readonly dataYear: number; readonly key: string; readonly source: AnswerSource }[],
  conflicts: readonly Pick<KeptAnswer, 'dataYear' | 'key'>[],
): Blocker[] {
  const rank = new Map([...compiled.questions.keys()].map((key, i) => [key, i]));
  const blockers = compiled.dataYears.flatMap((dataYear): Blocker[] => {
    const ctx = contextOf(compiled, facts, dataYear);
    const settled = settledIn(stored, dataYear);
    const shown = new Set(visibleQuestions(compiled, ctx).map((q) => q.key));
    const found = evaluateAll(compiled, ctx, { gates: false }).filter((f) => compiled.ruleById.get(f.ruleId)?.rule.stage === 'submit');
    const undecided = new Set(conflicts.flatMap((k) => (k.dataYear === dataYear && shown.has(k.key) ? [k.key] : [])));
    return [
      ...requiredMissing(compiled, ctx).filter((question) => !undecided.has(question.key)).map((question): Blocker => ({ kind: 'blank', dataYear, key: question.key })),
      ...found
        .filter((f) => f.severity === 'hard' || (f.severity === 'soft' && !settled(f)))
        .map(({ severity, ruleId, subject, message, keys }): Blocker => ({ kind: severity === 'hard' ? 'hard' : 'unexplained', dataYear, ruleId, subject, message, keys })),
      ...[...undecided].map((key): Blocker => ({ kind: 'undecided', dataYear, key })),
      ...unreviewed.filter((value) => value.dataYear === dataYear).map((value): Blocker => ({ kind: 'unreviewed', dataYear, key: value.key, source: value.source })),
    ];
  });
  const place = (b: Blocker): number => rank.get('key' in b ? b.key : (b.subject.split('.')[0] || b.keys[0]) ?? '') ?? Number.MAX_SAFE_INTEGER;
  return blockers.toSorted((a, b) => b.dataYear - a.dataYear || place(a) - place(b));
}

export const completenessFrom = (required: number, answered: number, anything: boolean): Completeness =>
  !anything ? 'none' : answered >= required ? 'complete' : 'partial';
