/** The refusals that this domain can utter. */
import type { Refusal } from '../../kernel/result.ts';

export const malformedChoice: Refusal = { code: 'malformed_choice', message: 'Ce classement est illisible : rien n’a été gardé. Rechargez la page et recommencez.' };
export const notYourChoices: Refusal = { code: 'not_yours', message: 'Seules les personnes mandatées par cette structure gardent son classement.' };
