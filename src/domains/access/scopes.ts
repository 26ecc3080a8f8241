/** Over what each role may hold: a mandate of another scope would be a right that nobody decided (domain file, section 3). Pure; the database holds the same (`role_has_its_scope`). */
import { NATION } from '../../kernel/territory-code.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Role } from './model.ts';

export type MandateScope =
  /** One structure, for which it answers. */
  | 'structure'
  | 'managing_body'
  /** The whole observatory and nothing less. */
  | 'nation'
  /** Any territory, the whole included: committees stand at every level. */
  | 'territory'
  /** Part of the whole: correspondents follow the structures of their départements (R55). */
  | 'part_of_the_nation';

export const ROLE_SCOPES: { readonly [role in Role]: MandateScope } = {
  director: 'structure',
  contributor: 'structure',
  managing_body_agent: 'managing_body',
  caf_correspondent: 'part_of_the_nation',
  federation_correspondent: 'part_of_the_nation',
  data_steward: 'territory',
  committee_member: 'territory',
  guest: 'territory',
  regional_representative: 'part_of_the_nation',
  technical_committee: 'nation',
  statistician: 'nation',
  project_office: 'nation',
};

const REMEDIES: { readonly [scope in MandateScope]: string } = {
  structure: 'Ce rôle se donne pour une structure : indiquez la sienne, et aucun territoire.',
  managing_body: 'Le représentant d’un gestionnaire est nommé par un correspondant, sur la page « Personnes de la structure ».',
  nation: 'Ce rôle se donne pour la France entière : indiquez le territoire FR.',
  territory: 'Ce rôle se donne pour un territoire : indiquez le sien, et aucune structure.',
  part_of_the_nation: 'Ce rôle se donne pour un département ou une région : indiquez le sien, et non la France entière.',
};

/** Why a role cannot be given over this scope; undefined when it can. */
export function scopeFault(role: Role, given: { readonly structureId?: string | null; readonly territoryCode?: string | null; readonly managingBodyId?: string | null }): Refusal | undefined {
  const scope = ROLE_SCOPES[role];
  const { structureId, territoryCode, managingBodyId } = given;
  const one = [structureId, territoryCode, managingBodyId].filter((one) => one !== undefined && one !== null).length === 1;
  const held =
    scope === 'structure' ? Boolean(structureId)
    : scope === 'managing_body' ? Boolean(managingBodyId)
    : scope === 'nation' ? territoryCode === NATION
    : scope === 'territory' ? Boolean(territoryCode)
    : Boolean(territoryCode) && territoryCode !== NATION;
  return one && held ? undefined : { code: 'wrong_scope', message: REMEDIES[scope] };
}
