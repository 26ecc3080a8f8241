/** What a guest by link may write and read: the only two questions that a door asks (docs/guides/hands.md). Pure. */
import type { StructureId } from '../../kernel/identifier.ts';
import type { Actor, Part } from './model.ts';

/** The part that a person holds of a response by a link, or undefined. Who has a mandate there acts by it: a link adds nothing. */
export function partOver(actor: Actor, response: { readonly structureId: StructureId; readonly campaignYear: number }): Part | undefined {
  const { part } = actor;
  return part && actor.mandates.length === 0 && part.structureId === response.structureId && part.campaignYear === response.campaignYear ? part : undefined;
}

/** Whether a question of a data year belongs to the part. */
export const inPart = (part: Part, dataYear: number, key: string): boolean => part.dataYears.includes(dataYear) && part.keys.includes(key);

/** Longest life of a link, in days; the database holds it too (`link_ends_within_six_months`). */
export const LONGEST_LINK_DAYS = 184;
