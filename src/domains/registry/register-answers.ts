/**
 * What the register already knows of the questions of rubric A and of B01, and how an answer that differs is recognised.
 * The register comes before the questionnaire in the order of domains: the shape below is that of an answer with a value.
 */
import { firstApprovalYear, lastDayOf, mainApprovalOn, approvalsOn } from './rules.ts';
import type { StructureFacts, StructureRecord } from './model.ts';
import { normaliseName } from './normalised-name.ts';

export type RegisterValue = string | number | readonly string[];
export interface RegisterAnswer {
  readonly state: 'value';
  readonly value: RegisterValue;
}
export type RegisterAnswers = { readonly [questionKey: string]: RegisterAnswer };

/** Question key -> fact of the structure that it asks. */
export const FACT_OF_QUESTION: { readonly [key: string]: keyof StructureFacts } = {
  structure_name: 'name',
  structure_type: 'kind',
  address: 'address',
  commune: 'communeCode',
  legal_status: 'legalStatus',
  first_approval_year: 'firstApprovalYear',
  networks_membership: 'networks',
  territory_character: 'territoryCharacter',
  qpv_status: 'qpvStatus',
  rural_zoning: 'ruralZoning',
  urban_renewal: 'urbanRenewal',
  urban_renewal_stage: 'urbanRenewalStage',
  management_mode: 'managementMode',
};

/** Questions that the register answers and that a differing answer would change. */
export const REGISTER_QUESTIONS: readonly string[] = [...Object.keys(FACT_OF_QUESTION), 'siret', 'approval_start', 'approval_end', 'approvals_held'];

/** Answers that the register gives for a data year; a question that it cannot answer is absent. */
export function registerAnswers(record: StructureRecord, dataYear: number): RegisterAnswers {
  const day = lastDayOf(dataYear);
  const main = mainApprovalOn(record.kind, record.approvals, day);
  const held = approvalsOn(record.approvals, day).map((a) => a.kind);
  const facts: { readonly [fact: string]: unknown } = { ...record, firstApprovalYear: firstApprovalYear(record, record.approvals) };
  const known: { readonly [key: string]: unknown } = {
    ...Object.fromEntries(Object.entries(FACT_OF_QUESTION).map(([key, fact]) => [key, facts[fact]])),
    siret: record.identifiers.find((i) => i.scheme === 'siret')?.value,
    approval_start: main?.startsOn,
    approval_end: main?.endsOn,
    approvals_held: record.approvals.length === 0 ? null : held.length > 0 ? [...new Set(held)].toSorted() : ['none'],
  };
  return Object.fromEntries(
    Object.entries(known).flatMap(([key, fact]) => {
      const value = factAsAnswer(key, fact);
      return value === undefined ? [] : [[key, { state: 'value' as const, value }]];
    }),
  );
}

/** A fact of the register as the answer to its question; undefined when the register does not know. */
export function factAsAnswer(questionKey: string, fact: unknown): RegisterValue | undefined {
  if (fact === null || fact === undefined || fact === '' || (Array.isArray(fact) && fact.length === 0)) return undefined;
  // the questionnaire writes a commune by its Insee code alone
  return questionKey === 'commune' ? String(fact).replace(/^C/, '') : (fact as RegisterValue);
}

/** Two values say the same: sets whatever their order, words whatever their case, accents and punctuation. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) return JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
  if (typeof a === 'string' && typeof b === 'string') return a === b || (normaliseName(a) === normaliseName(b) && normaliseName(a) !== '');
  return a === b;
}

export interface Difference {
  readonly questionKey: string;
  readonly registerValue: RegisterValue | null;
  readonly proposedValue: RegisterValue;
}

/** Answers of a structure that say other than the register: each is a proposal of change. "Unknown" and "not concerned" propose nothing. */
export function registerDifferences(record: StructureRecord, answers: { readonly [key: string]: { readonly state: string; readonly value?: unknown } }, dataYear: number): Difference[] {
  const known = registerAnswers(record, dataYear);
  return REGISTER_QUESTIONS.flatMap((questionKey) => {
    const answer = answers[questionKey];
    if (answer?.state !== 'value' || answer.value === 'unknown') return [];
    const registerValue = known[questionKey]?.value ?? null;
    return sameValue(registerValue, answer.value) ? [] : [{ questionKey, registerValue, proposedValue: answer.value as RegisterValue }];
  });
}
