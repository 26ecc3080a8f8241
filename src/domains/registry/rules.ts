/** Decisions of the register, from values to values: who is approved, who is surveyed, who is one contributor. */
import { MAIN_APPROVAL } from './labels.ts';
import type { Approval, ManagingBody, Participation, StructureFacts, StructureStatus } from './model.ts';
import { normaliseName } from './normalised-name.ts';

/** The day on which a data year is read: facts and approvals "in force on 31 December" (questions A02 to A17). */
export const lastDayOf = (year: number): string => `${year}-12-31`;

export const inForce = (approval: Approval, day: string): boolean => approval.startsOn <= day && (approval.endsOn === null || approval.endsOn >= day);

/** Approvals in force on a day. An approval without a known end is held to last. */
export const approvalsOn = (approvals: readonly Approval[], day: string): Approval[] => approvals.filter((a) => inForce(a, day));

/** The approval that makes the structure what it is, in force on the day: AGC for a centre social, AL for an EVS, any for another kind. */
export function mainApprovalOn(kind: string, approvals: readonly Approval[], day: string): Approval | undefined {
  const held = approvalsOn(approvals, day).toSorted((a, b) => b.startsOn.localeCompare(a.startsOn));
  const main = MAIN_APPROVAL[kind];
  return held.find((a) => a.kind === main) ?? (main ? undefined : held[0]);
}

/** Year of the very first approval: as the register says, else the earliest approval that it knows. */
export function firstApprovalYear(facts: Pick<StructureFacts, 'firstApprovalYear'>, approvals: readonly Approval[]): number | null {
  if (facts.firstApprovalYear !== null) return facts.firstApprovalYear;
  const starts = approvals.map((a) => a.startsOn).toSorted();
  return starts[0] ? Number(starts[0].slice(0, 4)) : null;
}

const CLOSED: readonly StructureStatus[] = ['closed', 'merged'];

/**
 * Whether a structure belongs to the campaign on a data year. Approved on its last day and open: counted. Approved for the first time in that
 * very year: counted and greeted, not asked (R16; a structure is surveyed from the year after its first approval, see docs/decisions).
 * A register that holds no approval at all for a structure but its first year is believed.
 */
export function participationIn(facts: Pick<StructureFacts, 'kind' | 'status' | 'firstApprovalYear'>, approvals: readonly Approval[], dataYear: number): Participation {
  if (CLOSED.includes(facts.status)) return 'not_approved';
  const first = firstApprovalYear(facts, approvals);
  if (first === null || first > dataYear) return 'not_approved';
  if (approvals.length > 0 && !mainApprovalOn(facts.kind, approvals, lastDayOf(dataYear))) return 'not_approved';
  return first === dataYear ? 'newly_approved' : 'surveyed';
}

/**
 * Who is one contributor for disclosure control (methods, section 1): one managing body by its SIREN; without one, the same normalised name in
 * the same commune; a structure whose managing body is not known counts as its own.
 */
export function contributorKey(body: Pick<ManagingBody, 'siren' | 'name' | 'communeCode'> | null, structureId: string): string {
  if (body?.siren) return `siren:${body.siren}`;
  const name = body ? normaliseName(body.name) : '';
  return name ? `name:${name}|${body?.communeCode ?? ''}` : `structure:${structureId}`;
}
