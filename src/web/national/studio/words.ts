/** Words of the studio that more than one of its pages says. */
import type { StudioFault, VersionState } from '../../../domains/questionnaire/index.ts';
import type { Tone } from '../../ui/page.tsx';

export const VERSION_STATES: readonly VersionState[] = ['draft', 'proposed', 'validated', 'in_use', 'closed'];
export const VERSION_STATE_LABELS: { readonly [state in VersionState]: string } = { draft: 'En préparation', proposed: 'Proposé', validated: 'Validé', in_use: 'En usage', closed: 'Clos' };
export const VERSION_STATE_TONES: { readonly [state in VersionState]: Tone | undefined } = { draft: 'warn', proposed: 'accent', validated: 'good', in_use: 'good', closed: undefined };

const ACTS: { readonly [act: string]: string } = {
  start: 'a commencé ce questionnaire', import: 'a chargé ce questionnaire depuis le dossier', propose: 'a proposé le questionnaire', validate: 'a enregistré la validation', reopen: 'a remis le questionnaire en préparation',
  set_title: 'a changé le titre', set_rubric: 'a changé la rubrique', add_question: 'a ajouté la question', change_question: 'a changé la question', move_question: 'a déplacé la question', rename_question: 'a renommé la question',
  drop_question: 'a abandonné la question', split_question: 'a déclaré la scission qui donne', merge_questions: 'a déclaré la fusion qui donne', mark_break: 'a déclaré une rupture de comparabilité pour', unmark_break: 'a retiré la rupture de comparabilité de',
  add_rule: 'a ajouté le contrôle', change_rule: 'a changé le contrôle', drop_rule: 'a retiré le contrôle', add_module: 'a ajouté le module', change_module: 'a changé le module', drop_module: 'a retiré le module',
  propose_module: 'a proposé au comité le module', validate_module: 'a validé le module', return_module: 'a rendu à ses auteurs le module',
};
export const actWords = (act: string): string => ACTS[act] ?? act;

export const versionPath = (year: number): string => `/national/questionnaires/${year}`;
export const questionPath = (year: number, key: string): string => `${versionPath(year)}/question/${key}`;
export const rulePath = (year: number, id: string): string => `${versionPath(year)}/controle/${encodeURIComponent(id)}`;

/** Sentence of the fault at a field, when there is one; `options.0.code` belongs to the field `options`. */
export const faultAt = (faults: readonly StudioFault[] | undefined, field: string): StudioFault | undefined => faults?.find((f) => f.elsewhere === undefined && (f.field === field || f.field.startsWith(`${field}.`) || f.field.startsWith(`${field}[`)));
/** Faults of a refusal, when it names some. */
export const faultsOf = (error: object): readonly StudioFault[] => ('faults' in error ? (error.faults as readonly StudioFault[]) : []);
