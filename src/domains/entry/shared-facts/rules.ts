/** What a managing body gives for its structures, and where it arrives (docs/guides/shared-facts.md). Pure. */
import { acceptsEntry, type PhaseState } from '../../campaign/index.ts';
import { type Answer, answerEquals, type Answers, askedKeys, type CompiledVersion, type Question } from '../../questionnaire/index.ts';
import type { ResponseId, StructureId } from '../../../kernel/identifier.ts';
import type { ResponseState } from '../model.ts';
import { whyNoEntry } from '../rules.ts';

/** A structure of the body in one campaign, as the rules of giving see it. */
export interface RunStructure {
  readonly responseId: ResponseId;
  readonly structureId: StructureId;
  readonly structureKind: string;
  readonly territoryCode: string;
  readonly state: ResponseState;
  readonly phase: PhaseState;
}

/** A fact that stands: the latest of its question. null: taken back. */
export interface StandingFact {
  readonly id: string;
  readonly key: string;
  readonly answer: Answer | null;
}

/** Whether facts arrive in a structure: while it could answer itself. */
export const receivesFacts = ({ state, phase }: Pick<RunStructure, 'state' | 'phase'>): boolean => whyNoEntry(state, phase, 'structure') === undefined;

/** Whether a structure of that territory could receive facts, whatever it has done itself: all that its managing body is told. */
export const mayReceive = ({ phase }: Pick<RunStructure, 'phase'>): boolean => acceptsEntry(phase) || phase === 'control';

const asks = (compiled: CompiledVersion, structure: Pick<RunStructure, 'structureKind' | 'territoryCode'>, dataYear: number): ReadonlySet<string> =>
  new Set(askedKeys(compiled, { structureKind: structure.structureKind, territory: structure.territoryCode, dataYear }));

/** Questions that the body may answer: those of its structures that are facts of a managing body, in the order of the questionnaire. */
export function sharedQuestions(compiled: CompiledVersion, structures: readonly Pick<RunStructure, 'structureKind' | 'territoryCode'>[], dataYear: number): Question[] {
  const asked = structures.map((structure) => asks(compiled, structure, dataYear));
  return compiled.version.questions.filter((q) => q.sharedFact && asked.some((keys) => keys.has(q.key)));
}

/** What a form gives that is new: an answer unlike the fact that stands; null takes it back. A question left empty that was never given says nothing. */
export function newFacts(standing: readonly StandingFact[], given: ReadonlyMap<string, Answer | undefined>): { readonly key: string; readonly answer: Answer | null }[] {
  const known = new Map(standing.map((fact) => [fact.key, fact.answer ?? undefined]));
  return [...given].flatMap(([key, answer]) => (answerEquals(known.get(key), answer) ? [] : [{ key, answer: answer ?? null }]));
}

/**
 * Facts to keep beside the answers of one structure: asked of it, unlike what stands there, not brought yet. `brought`: identifiers of the facts that were, looked at or not.
 */
export function factsToBring(
  compiled: CompiledVersion, structure: RunStructure, dataYear: number, facts: readonly StandingFact[], answers: Answers, brought: ReadonlySet<string>,
): StandingFact[] {
  if (!receivesFacts(structure)) return [];
  const asked = asks(compiled, structure, dataYear);
  return facts.filter((fact) => fact.answer !== null && asked.has(fact.key) && !brought.has(fact.id) && !answerEquals(answers[fact.key], fact.answer));
}
