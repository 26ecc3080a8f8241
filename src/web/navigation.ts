/** What a person finds in the head of each page: the rooms that its mandates open. */
import { type Actor, bodiesOf, followedTerritories, ownStructures, readsStudio, runsTheCampaign } from '../domains/access/index.ts';

export interface NavigationItem {
  readonly to: string;
  readonly label: string;
}

const COMMITTEE_ROLES: readonly string[] = ['data_steward', 'committee_member', 'guest', 'regional_representative', 'technical_committee', 'statistician', 'caf_correspondent', 'federation_correspondent', 'project_office'];

export function navigationOf(actor: Actor | undefined): NavigationItem[] {
  const items: NavigationItem[] = [{ to: '/territoires', label: 'Territoires' }];
  if (!actor) return items;
  // A guest by link has one room and receives no letter.
  if (actor.part) return [...items, { to: '/ma-part', label: 'Ma part' }];
  if (ownStructures(actor).length > 0) items.push({ to: '/centre', label: 'Mes réponses' });
  if (bodiesOf(actor).length > 0) items.push({ to: '/gestionnaire', label: 'Gestionnaire' });
  if (followedTerritories(actor).length > 0) items.push({ to: '/suivi', label: 'Suivi' });
  const [followed] = followedTerritories(actor);
  if (followed && !runsTheCampaign(actor)) items.push({ to: `/repertoire/${followed}`, label: 'Répertoire' });
  if (actor.mandates.some((m) => COMMITTEE_ROLES.includes(m.role))) items.push({ to: '/comite', label: 'Comité' });
  if (runsTheCampaign(actor)) items.push({ to: '/national/campagnes', label: 'Campagnes' }, { to: '/national/repertoire', label: 'Répertoire' });
  if (readsStudio(actor)) items.push({ to: '/national/questionnaires', label: 'Questionnaire' });
  items.push({ to: '/messages', label: 'Messages' });
  return items;
}

/** Where a person lands after signing in. */
export function homeOf(actor: Actor): string {
  const first = navigationOf(actor)[1]?.to;
  return first && first !== '/messages' ? first : '/mon-espace';
}
