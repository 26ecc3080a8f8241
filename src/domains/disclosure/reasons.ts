/** Why a figure is withheld, in French, without giving away the value, the side or the structure. */
import type { WithheldCode, WithheldReason } from './model.ts';

const MESSAGES: Record<WithheldCode, string> = {
  frequency: 'Trop peu de gestionnaires différents derrière ce chiffre, ou derrière ce qui le sépare de sa base.',
  dominance: 'Un gestionnaire pèse trop lourd dans ce total : on pourrait estimer sa réponse.',
  p_percent: 'Un contributeur pourrait estimer de trop près la réponse d’un autre.',
  position_floor: 'Trop peu de gestionnaires différents pour situer une médiane, un quartile ou un décile.',
  extreme: 'Un minimum ou un maximum est la réponse d’une seule structure : une médiane et des quartiles le remplacent.',
  base_difference: 'Comparé à un chiffre voisin dont la base ne diffère que d’une ou deux structures, il dévoilerait leurs réponses.',
  complement: 'Retenu avec une autre part du même ensemble, que l’on retrouverait sinon par différence.',
  territory_difference: 'Comparé aux territoires qu’il contient, ce chiffre dévoilerait celui que l’un d’eux retient.',
  territory_level: 'En dessous du département, aucun chiffre de l’enquête ne sort : soustrait du chiffre du département, il isolerait des structures.',
  not_comparable: 'La question a changé de sens entre ces années : leurs réponses ne se comparent pas.',
  no_data: 'Aucune réponse pour cette question, cette année et cette population.',
};

export const reason = (code: WithheldCode): WithheldReason => ({ code, message: MESSAGES[code] });

/** What readers outside the working table are told: that a rule applies, not which one (the rule itself says something of the value). */
export const outwardReason = (code: WithheldCode): WithheldReason =>
  code === 'no_data' || code === 'not_comparable' || code === 'extreme' ? reason(code) : { code, message: 'Non diffusé : secret statistique.' };
