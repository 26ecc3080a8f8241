/** Who names whom in a structure, and who recovers a lost mailbox (R37). Pure. */
import type { StructureId } from '../../kernel/identifier.ts';
import type { Actor, Mandate, StructurePlace } from './model.ts';
import { correspondentSide } from './rules.ts';

/** Names the person in charge and the substitute: the direction, or the person in charge; the substitute names nobody. */
export const mayNameHands = (actor: Actor, structureId: StructureId): boolean =>
  actor.mandates.some((m) => m.role === 'director' && m.structureId === structureId && m.duty !== 'substitute');

/**
 * Gives a new address to an account: a correspondent of every structure for which that account answers. An account that does anything else (a territory, the
 * nation, a structure elsewhere) is not his to move: with its mailbox he would hold those rights too. `places`: of the structures of its mandates.
 */
export function mayRecover(actor: Actor, mandates: readonly Pick<Mandate, 'structureId'>[], places: readonly StructurePlace[]): boolean {
  return mandates.length > 0 && mandates.every((m) => places.some((place) => place.structureId === m.structureId && correspondentSide(actor, place) !== undefined));
}

/** Names the agent of the managing body that runs a structure: either correspondent of that structure. */
export const mayNameAgent = (actor: Actor, place: StructurePlace): boolean => correspondentSide(actor, place) !== undefined;

/** Managing bodies for which the person gives facts (docs/guides/shared-facts.md). */
export const bodiesOf = (actor: Actor): string[] => actor.mandates.flatMap((m) => (m.role === 'managing_body_agent' && m.managingBodyId ? [m.managingBodyId] : []));

/** An address as it is kept, or undefined for what is none. */
export function readAddress(text: string): string | undefined {
  const address = text.trim().toLowerCase();
  return address.length <= 254 && /^[^\s@,;<>"']+@[^\s@,;<>"']+\.[^\s@.,;<>"']{2,}$/.test(address) ? address : undefined;
}
