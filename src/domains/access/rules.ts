/**
 * Who may do what, as pure decisions (domain file, section 3; charter articles 1.3, 2.2, 3.2). Phases are the affair of campaign and entry;
 * here it is only asked whether a person stands in the right place.
 */
import type { StructureId } from '../../kernel/identifier.ts';
import type { Actor, Mandate, Role, Side, StructurePlace } from './model.ts';

const ENTRY_ROLES: readonly Role[] = ['director', 'contributor'];
const CORRESPONDENT: { readonly [side in Side]: Role } = { caf: 'caf_correspondent', federation: 'federation_correspondent' };
const AGGREGATE_ROLES: readonly Role[] = ['caf_correspondent', 'federation_correspondent', 'data_steward', 'committee_member', 'regional_representative', 'statistician', 'project_office', 'technical_committee'];

const covers = (mandate: Mandate, ancestors: readonly string[]): boolean => mandate.territoryCode !== null && ancestors.includes(mandate.territoryCode);

/** The role by which a person answers for a structure; undefined when it does not. */
export const entryRole = (actor: Actor, structureId: StructureId): Role | undefined => actor.mandates.find((m) => ENTRY_ROLES.includes(m.role) && m.structureId === structureId)?.role;

/** Structures for which the person answers. */
export const ownStructures = (actor: Actor): StructureId[] =>
  actor.mandates.flatMap((m) => (ENTRY_ROLES.includes(m.role) && m.structureId ? [m.structureId] : []));

/** May type answers of its own structure. */
export const mayEnter = (actor: Actor, structureId: StructureId): boolean => entryRole(actor, structureId) !== undefined;

/** May submit, decline, accept what was entered on its behalf: the director; a contributor only types. */
export const maySubmit = (actor: Actor, structureId: StructureId): boolean =>
  actor.mandates.some((m) => m.role === 'director' && m.structureId === structureId);

/** The side for which the person is correspondent over a structure, or undefined (R55: one of each per département). */
export function correspondentSide(actor: Actor, place: StructurePlace): Side | undefined {
  const sides: readonly Side[] = ['caf', 'federation'];
  return sides.find((side) => actor.mandates.some((m) => m.role === CORRESPONDENT[side] && covers(m, place.ancestors)));
}

/** The side for which the person is correspondent of a territory (its ancestors given), or undefined. */
export const territorySide = (actor: Actor, ancestors: readonly string[]): Side | undefined =>
  correspondentSide(actor, { structureId: '' as StructureId, ancestors });

/** Territories that the person follows as correspondent. */
export const followedTerritories = (actor: Actor): string[] => [
  ...new Set(actor.mandates.flatMap((m) => ((m.role === 'caf_correspondent' || m.role === 'federation_correspondent') && m.territoryCode ? [m.territoryCode] : []))),
];

/** Bulk reading and working tables belong to the one data steward (charter 3.2), and to national statisticians. */
export const isDataSteward = (actor: Actor, ancestors: readonly string[]): boolean =>
  actor.mandates.some((m) => (m.role === 'data_steward' || m.role === 'statistician') && covers(m, ancestors));

/** May read publishable aggregates of a territory before publication. */
export const mayReadAggregates = (actor: Actor, ancestors: readonly string[]): boolean =>
  actor.mandates.some((m) => AGGREGATE_ROLES.includes(m.role) && covers(m, ancestors));

/** Sits in the committee of the territory: sees its room; a guest sees what is shown in a meeting. */
export const sitsInCommittee = (actor: Actor, ancestors: readonly string[]): boolean =>
  actor.mandates.some((m) => (AGGREGATE_ROLES.includes(m.role) || m.role === 'guest') && covers(m, ancestors));

/** Votes on the brochure: members, correspondents, steward and regional representatives of that very territory or above; never guests. */
export const votesOnBrochure = (actor: Actor, ancestors: readonly string[]): boolean =>
  actor.mandates.some((m) => ['caf_correspondent', 'federation_correspondent', 'committee_member', 'data_steward', 'regional_representative'].includes(m.role) && covers(m, ancestors));

/** Runs the national campaign: opens, closes, loads registers and questionnaires. */
export const runsTheCampaign = (actor: Actor): boolean => actor.mandates.some((m) => m.role === 'project_office');

