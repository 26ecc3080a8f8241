/** Filters of the list of structures, as they stand in the address: one word for the group, a search without accents, an order. */
import type { FollowedStructure } from '../../domains/control/index.server.ts';
import type { ResponseState } from '../../domains/entry/index.ts';

export interface Group {
  readonly word: string;
  readonly label: string;
  readonly holds: (s: FollowedStructure) => boolean;
}

const inStates = (...states: ResponseState[]) => (s: FollowedStructure): boolean => s.state !== null && states.includes(s.state);

export const GROUPS: readonly Group[] = [
  { word: 'toutes', label: 'Toutes', holds: () => true },
  { word: 'a-lire', label: 'À lire', holds: inStates('submitted', 'under_review', 'resubmitted') },
  { word: 'corrections', label: 'En correction', holds: inStates('correction_requested') },
  { word: 'saisie', label: 'En saisie', holds: inStates('not_started', 'in_progress', 'submitted_by_third_party') },
  { word: 'validees', label: 'Validées', holds: inStates('validated', 'frozen') },
  { word: 'signalees', label: 'Avec signalement', holds: (s) => s.openHard + s.openSoft + s.openInfo > 0 },
  { word: 'sans', label: 'Sans réponse', holds: inStates('declined', 'non_respondent', 'excluded') },
];

export const ORDERS: readonly { readonly word: string; readonly label: string }[] = [
  { word: 'nom', label: 'Nom' }, { word: 'signalements', label: 'Signalements' }, { word: 'activite', label: 'Dernière activité' }, { word: 'avancement', label: 'Avancement' },
];

/** Lower case, without accents: « Hénin » is found by « henin ». */
export const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const share = (s: FollowedStructure): number => (s.required > 0 ? s.answered / s.required : 0);

export function selectStructures(all: readonly FollowedStructure[], wanted: { readonly group: string; readonly search: string; readonly order: string }): FollowedStructure[] {
  const group = GROUPS.find((g) => g.word === wanted.group) ?? GROUPS[0]!;
  const search = plain(wanted.search.trim());
  const kept = all.filter((s) => group.holds(s) && (search === '' || plain(`${s.name} ${s.commune ?? ''}`).includes(search)));
  switch (wanted.order) {
    case 'signalements':
      return kept.toSorted((a, b) => b.openHard - a.openHard || b.openSoft - a.openSoft || b.openInfo - a.openInfo);
    case 'activite':
      return kept.toSorted((a, b) => (b.lastActivity ?? '').localeCompare(a.lastActivity ?? ''));
    case 'avancement':
      return kept.toSorted((a, b) => share(a) - share(b));
    default:
      return kept;
  }
}
