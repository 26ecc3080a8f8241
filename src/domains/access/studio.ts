/**
 * Who may do what to the questionnaire (R22, R25, R26, R27): the technical committee writes and proposes; the national committee validates; the correspondents
 * of a territory write its local module, and another person of its committee validates it.
 */
import type { Author, StudioAct } from '../questionnaire/index.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Actor } from './model.ts';
import { followedTerritories, isDataSteward, ownStructures, runsTheCampaign } from './rules.ts';

const nationally = (actor: Actor, ...roles: readonly string[]): boolean => actor.mandates.some((m) => m.territoryCode === 'FR' && roles.includes(m.role));

/** Writes the core and the themes, proposes, answers the field. */
export const writesQuestionnaire = (actor: Actor): boolean => nationally(actor, 'technical_committee') || runsTheCampaign(actor);
/** Validates for the national committee; the project office records its decision. */
export const validatesQuestionnaire = (actor: Actor): boolean => nationally(actor, 'committee_member') || runsTheCampaign(actor);
/** Reads the studio: everyone with a mandate over a territory, guests apart. */
export const readsStudio = (actor: Actor): boolean => actor.mandates.some((m) => m.territoryCode !== null && m.role !== 'guest');
/** Proposes changes from the field. */
export const proposesChanges = (actor: Actor): boolean => ownStructures(actor).length > 0 || actor.mandates.some((m) => m.territoryCode !== null && m.role !== 'guest');
/** Writes the local module of that very territory. */
export const writesLocalModule = (actor: Actor, territory: string): boolean => followedTerritories(actor).includes(territory);
const COMMITTEE: readonly string[] = ['caf_correspondent', 'federation_correspondent', 'committee_member', 'data_steward', 'regional_representative'];
/** Sits in the committee of that very territory with a voice. */
export const judgesLocalModule = (actor: Actor, territory: string): boolean => actor.mandates.some((m) => m.territoryCode === territory && COMMITTEE.includes(m.role));

/**
 * How the person may try a check on past responses: `exact` for those who read them one by one; `rounded` for those who write or validate, who see how
 * many without being able to aim at one (charter 3.2); undefined for the others.
 */
export const triesChecks = (actor: Actor): 'exact' | 'rounded' | undefined =>
  isDataSteward(actor, ['FR']) ? 'exact' : writesQuestionnaire(actor) || validatesQuestionnaire(actor) || followedTerritories(actor).length > 0 ? 'rounded' : undefined;

const no = (message: string): Refusal => ({ code: 'studio_not_allowed', message });

export function studioRefusal(actor: Actor, act: StudioAct): Refusal | undefined {
  switch (act.kind) {
    case 'write': {
      if (writesQuestionnaire(actor) && (act.withdraw || act.territories.every((t) => t === null))) return undefined;
      if (act.territories.length > 0 && act.territories.every((t) => t !== null && writesLocalModule(actor, t))) return undefined;
      return act.territories.some((t) => t !== null)
        ? no('Un module local est écrit par les correspondants de son territoire : proposez-leur votre changement.')
        : no('Le socle et les thèmes sont écrits par le comité technique national : faites-lui une proposition.');
    }
    case 'start':
    case 'propose':
    case 'answer_proposals':
    case 'publish_interpretation':
      return writesQuestionnaire(actor) ? undefined : no('Cet acte revient au comité technique national.');
    case 'reopen':
      return writesQuestionnaire(actor) || validatesQuestionnaire(actor) ? undefined : no('Cet acte revient au comité technique national ou au comité de pilotage national.');
    case 'validate':
      return validatesQuestionnaire(actor) ? undefined : no('La validation revient au comité de pilotage national.');
    case 'propose_module':
      return writesLocalModule(actor, act.territory) ? undefined : no('Ce module est proposé par les correspondants de son territoire.');
    case 'return_module':
      return judgesLocalModule(actor, act.territory) ? undefined : no('Cet acte revient au comité de ce territoire.');
    case 'validate_module':
      if (!judgesLocalModule(actor, act.territory)) return no('La validation d’un module local revient au comité de son territoire.');
      return act.writers.includes(actor.accountId) ? no('Vous avez écrit dans ce module : une autre personne de votre comité le valide.') : undefined;
  }
}

export const studioAuthor = (actor: Actor): Author => ({ accountId: actor.accountId, refusal: (act) => studioRefusal(actor, act) });
