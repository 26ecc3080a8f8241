/** How a role is named on the command line: one French word each; the code that the database keeps and the label of the pages are understood too. */
import { type Role, ROLE_LABELS } from '../domains/access/index.ts';

export const ROLE_WORDS: { readonly [role in Role]: string } = {
  director: 'direction',
  contributor: 'contribution',
  managing_body_agent: 'gestionnaire',
  caf_correspondent: 'correspondant-caf',
  federation_correspondent: 'correspondant-federation',
  data_steward: 'donnees',
  committee_member: 'comite',
  guest: 'invitation',
  regional_representative: 'region',
  technical_committee: 'comite-technique',
  statistician: 'statistique',
  project_office: 'mission',
};

/** « direction (direction de structure), contribution (…) ». */
export const roleList = (): string => (Object.keys(ROLE_WORDS) as Role[]).map((role) => `${ROLE_WORDS[role]} (${ROLE_LABELS[role]})`).join(', ');

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[\s_]+/g, '-');

/** Undefined when no role is called so. `directeur` and `directrice` name the head of a structure. */
export function roleNamed(text: string): Role | undefined {
  const wanted = plain(text);
  if (wanted === 'directeur' || wanted === 'directrice') return 'director';
  return (Object.keys(ROLE_WORDS) as Role[]).find((role) => [ROLE_WORDS[role], ROLE_LABELS[role], role].some((word) => plain(word) === wanted));
}
