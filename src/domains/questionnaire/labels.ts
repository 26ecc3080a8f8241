/** Codes -> French words. */
import type { CellState } from './answer.ts';
import type { Question, QuestionKind, Severity, VersionState } from './model.ts';

/** singular, plural */
const UNITS: { readonly [unit: string]: readonly [string, string] } = {
  persons: ['personne', 'personnes'], EUR: ['€', '€'], fte: ['ETP', 'ETP'], percent: ['%', '%'], children: ['enfant', 'enfants'], meetings: ['réunion', 'réunions'],
  hours: ['heure', 'heures'], days: ['jour', 'jours'], activities: ['activité', 'activités'], trainings: ['formation', 'formations'], projects: ['projet', 'projets'],
  year: ['', ''], groups: ['groupe', 'groupes'], years: ['an', 'ans'], weeks: ['semaine', 'semaines'], visits: ['passage', 'passages'],
  associations: ['association', 'associations'], places: ['place', 'places'], sessions: ['séance', 'séances'], families: ['famille', 'familles'],
  bodies: ['instance', 'instances'], partners: ['partenaire', 'partenaires'], agreements: ['convention', 'conventions'], minutes: ['minute', 'minutes'],
};
export const KNOWN_UNITS: ReadonlySet<string> = new Set(Object.keys(UNITS));

/** `personnes`, `€`, `ETP`; singular below 2 in absolute value when the number is given. '' for what has no unit. */
export function unitLabel(unit: string | null | undefined, value?: number): string {
  const words = unit ? UNITS[unit] : undefined;
  if (!words) return '';
  return value !== undefined && Math.abs(value) < 2 ? words[0] : words[1];
}

export const optionLabel = (question: Question, code: string): string => question.options?.find((o) => o.code === code)?.label ?? code;

export const STATE_LABELS: { readonly [state in CellState | 'unanswered']: string } = {
  unknown: 'Ne sait pas',
  not_concerned: 'Non concerné',
  unanswered: 'Sans réponse',
};
export const SEVERITY_LABELS: { readonly [severity in Severity]: string } = { hard: 'Bloquant', soft: 'À expliquer', info: 'À vérifier' };
/** Inside a sentence: « Le questionnaire 2027 est proposé ». */
export const VERSION_STATE_WORDS: { readonly [state in VersionState]: string } = { draft: 'en préparation', proposed: 'proposé', validated: 'validé', in_use: 'en usage', closed: 'clos' };
export const KIND_LABELS: { readonly [kind in QuestionKind]: string } = {
  integer: 'Nombre entier', decimal: 'Nombre', money: 'Montant', percentage: 'Pourcentage', text: 'Texte', date: 'Date', single: 'Un choix', multiple: 'Plusieurs choix', table: 'Tableau',
};
export const CATEGORY_LABELS: { readonly [category: string]: string } = {
  missing: 'Manque', bound: 'Borne', sum: 'Total', staff: 'Emplois', finance: 'Finances', identity: 'Identité', territory: 'Territoire', governance: 'Gouvernance',
  volunteers: 'Bénévoles', choice: 'Choix', users: 'Publics', capacity: 'Capacité', activity: 'Activités', partnership: 'Partenariats', variation: 'Évolution',
  outlier: 'Valeur atypique', process: 'Procédure',
};
