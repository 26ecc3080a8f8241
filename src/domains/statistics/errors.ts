/** Refusals of statistics. */
import type { Refusal } from '../../kernel/result.ts';

export const nothingFrozen = (campaignYear: number, territory: string): Refusal => ({
  code: 'nothing_frozen',
  message: `Aucune réponse validée n’est gelée pour ${territory} en ${campaignYear}. Une publication se fait après le gel du territoire, signé par la Caf et par la fédération.`,
});
export const notFrozenYet = (territories: readonly string[]): Refusal => ({
  code: 'territory_not_frozen',
  message: `Le gel n’est pas signé par les deux institutions pour${'\u00a0'}: ${territories.join(', ')}. Faites signer le gel, puis recommencez.`,
});
export const unknownCampaign = (campaignYear: number): Refusal => ({ code: 'unknown_campaign', message: `Il n’y a pas de campagne ${campaignYear}. Vérifiez l’année.` });
export const unknownTerritory = (code: string): Refusal => ({ code: 'unknown_territory', message: `Le territoire ${code} n’est pas connu. Vérifiez le code (62, R32, FR…).` });
