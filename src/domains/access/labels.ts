import type { Duty, Role, Side } from './model.ts';

export const ROLE_LABELS: { readonly [role in Role]: string } = {
  director: 'direction de structure',
  contributor: 'contributeur à la saisie',
  managing_body_agent: 'représentant du gestionnaire',
  caf_correspondent: 'correspondant Caf',
  federation_correspondent: 'correspondant fédéral',
  data_steward: 'personne en charge des documents de travail',
  committee_member: 'membre du comité de pilotage',
  guest: 'invité du comité de pilotage',
  regional_representative: 'représentant au niveau régional',
  technical_committee: 'comité technique national',
  statistician: 'statisticien national',
  project_office: 'chargé de mission SENACS',
};

export const DUTY_LABELS: { readonly [duty in Duty]: string } = { in_charge: 'personne en charge', substitute: 'personne suppléante' };

export const SIDE_LABELS: { readonly [side in Side]: string } = { caf: 'Caf', federation: 'fédération' };

const NAMES_ITS_SIDE: { readonly [side in Side]: RegExp } = { caf: /\bcaf\b/iu, federation: /fédéra/iu };

/** « Camille Petit (Caf) »; a name that already says its institution is left alone: « Correspondance Caf ». */
export const namedWithSide = (name: string, side: Side): string => (NAMES_ITS_SIDE[side].test(name) ? name : `${name} (${SIDE_LABELS[side]})`);
