/** The refusals that the register can utter, each with a sentence that says what to do. */
import type { Refusal } from '../../kernel/result.ts';

export const unknownStructure: Refusal = { code: 'structure_unknown', message: 'Cette structure n’est pas au répertoire. Vérifiez son identifiant, ou créez-la par un import.' };
export const succeedsItself: Refusal = { code: 'succession_of_itself', message: 'Une structure ne succède pas à elle-même : nommez celles d’avant et celles d’après.' };
export const unknownProposal: Refusal = { code: 'proposal_unknown', message: 'Cette proposition n’existe plus ou a déjà été traitée. Rechargez la page pour voir où en est le répertoire.' };
export const refusalNeedsReason: Refusal = { code: 'proposal_refusal_needs_reason', message: 'Indiquez en une phrase pourquoi la proposition est refusée : la structure la lira.' };
export const wrongDate: Refusal = { code: 'date_invalid', message: 'Indiquez la date d’effet sous la forme jj/mm/aaaa, par exemple 01/09/2026.' };
export const identifierTaken = (label: string, value: string): Refusal => ({
  code: 'identifier_taken',
  message: `${label} ${value} est déjà celui d’une autre structure. Vérifiez-le, ou déclarez d’abord la fusion des deux structures.`,
});
export const unknownTerritory = (code: string): Refusal => ({ code: 'territory_unknown', message: `Le territoire « ${code} » n’est pas connu. Vérifiez son code (62 pour un département, C62510 pour une commune).` });
export const notAFact: Refusal = { code: 'proposal_not_a_register_fact', message: 'Cette question ne porte pas sur le répertoire : la réponse reste dans le questionnaire.' };
