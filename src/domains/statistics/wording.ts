/** « Fabrication du chiffre »: definition, population, base and rounding in French words, made from the definition itself. */
import { formatNumber } from '../../kernel/french-number.ts';
import type { CompiledVersion, Question } from '../questionnaire/index.ts';
import type { Condition, FigureDefinition, PopulationName, ValueRef } from './model.ts';

const KIND_WORDS: { readonly [kind: string]: readonly [string, string] } = {
  CS: ['centre social', 'centres sociaux'],
  EVS: ['espace de vie sociale', 'espaces de vie sociale'],
};

/** `centres sociaux`, `espaces de vie sociale`, `structures`; singular when n < 2. */
export function structureNoun(kinds: readonly string[], n = 2): string {
  const words = kinds.length === 1 ? KIND_WORDS[kinds[0]!] : undefined;
  return (words ?? ['structure', 'structures'])[n < 2 ? 0 : 1];
}

/**
 * Words of a label for the kinds that it counts: `{S}` and `{s}` are the structures with and without capital, `{1}` one of them,
 * `{agréées|agréés}` the agreement with « structures » or with a masculine name.
 */
export function labelWords(label: string, kinds: readonly string[]): string {
  const noun = structureNoun(kinds);
  const masculine = noun !== 'structures';
  return label
    .replace(/\{([^{}|]+)\|([^{}|]+)\}/g, (_, feminine: string, other: string) => (masculine ? other : feminine))
    .replaceAll('{S}', noun[0]!.toUpperCase() + noun.slice(1)).replaceAll('{s}', noun).replaceAll('{1}', structureNoun(kinds, 1));
}

const quote = (text: string): string => `«\u00a0${text.replace(/[\s\u00a0]*\?$/, '')}\u00a0»`;

/** ` En 2025, « … » se lit dans a + b.`: under which keys the year before is read, when they are others. */
export const pastWords = (names: readonly (readonly [key: string, past: readonly string[]])[], year: number, version: CompiledVersion): string =>
  names.map(([key, past]) => ` En ${year}, ${quote(version.questions.get(key)?.label ?? key)} se lit dans ${past.join(' + ')}.`).join('');

function place(ref: string, version: CompiledVersion): string {
  const [key = '', row, col] = ref.split('.');
  const question = version.questions.get(key);
  if (!question) return quote(key);
  const rowLabel = row ? question.table?.rows.find((r) => r.code === row)?.label : undefined;
  const column = col ? question.table?.columns.find((c) => c.code === col) : undefined;
  const several = (question.table?.columns.length ?? 0) > 1;
  return rowLabel ? `${quote(question.label)}, ligne ${quote(rowLabel)}${column && several ? `, colonne ${quote(column.label)}` : ''}` : quote(question.label);
}

/** Rows of one table are named once: « question », lignes « a », « b ». */
function valueWords(ref: ValueRef, version: CompiledVersion): string {
  const list = typeof ref === 'string' ? [ref] : ref;
  const keys = new Set(list.map((r) => r.split('.', 1)[0]!));
  if (list.length > 1 && keys.size === 1) {
    const question = version.questions.get([...keys][0]!);
    const rows = list.map((r) => question?.table?.rows.find((row) => row.code === r.split('.')[1])?.label ?? r);
    if (question) return `${quote(question.label)}, lignes ${rows.map(quote).join(', ')}`;
  }
  return list.map((r) => place(r, version)).join(' et ');
}

const optionWords = (question: Question | undefined, code: string): string => quote(question?.options?.find((option) => option.code === code)?.label ?? code);

function conditionWords(condition: Condition, version: CompiledVersion, register = false): string {
  if ('not' in condition) return `sans être ${conditionWords(condition.not, version, register)}`;
  if ('all' in condition) return condition.all.map((part) => conditionWords(part, version, register)).join(', et ');
  if ('any' in condition) return condition.any.map((part) => conditionWords(part, version, register)).join(', ou ');
  if ('positive' in condition) return `déclarant plus de zéro à ${valueWords(condition.q, version)}`;
  const question = version.questions.get(condition.q.split('.', 1)[0]!);
  const where = place(condition.q, version);
  if (register && 'is' in condition) return `dont le répertoire indique ${optionWords(question, condition.is)} à ${where}`;
  if (register && 'in' in condition) return `dont le répertoire indique ${condition.in.map((code) => optionWords(question, code)).join(' ou ')} à ${where}`;
  if ('is' in condition) return `répondant ${optionWords(question, condition.is)} à ${where}`;
  if ('in' in condition) return `répondant ${condition.in.map((code) => optionWords(question, code)).join(' ou ')} à ${where}`;
  if ('has' in condition) return `ayant coché ${optionWords(question, condition.has)} à ${where}`;
  const row = question?.table?.rows.find((r) => r.code === condition.q.split('.')[1])?.label;
  return `ayant coché au moins une case de la ligne ${quote(row ?? condition.q)} à ${quote(question?.label ?? condition.q)}`;
}

const POPULATION_WORDS: Record<PopulationName, string> = {
  approved: 'agréés dans l’année', newly_approved: 'nouvellement agréés', solicited: 'sollicités', answered: 'ayant répondu', complete: 'ayant répondu à toutes les questions attendues', listed: 'ayant répondu et nommés parmi les répondants',
};
const agree = (words: string, kinds: readonly string[]): string => (kinds.length === 1 ? words : words.replace('agréés', 'agréées').replace('sollicités', 'sollicitées').replace('nommés', 'nommées'));

/** What the figure is. */
export function definitionWords(definition: FigureDefinition, version: CompiledVersion, kinds: readonly string[]): string {
  if (definition.definition) return definition.definition;
  const { measure } = definition;
  const noun = structureNoun(kinds);
  switch (measure.kind) {
    case 'count': return `Nombre de ${noun} ${conditionWords(measure.where, version, definition.population === 'approved')}.`;
    case 'share': return `Part des ${noun} ${conditionWords(measure.where, version, definition.population === 'approved')}.`;
    case 'sum': return `Somme des réponses à ${valueWords(measure.of, version)}.`;
    case 'mean': return `Moyenne des réponses à ${valueWords(measure.of, version)}${measure.over === 'positive' ? ', sur les réponses au-dessus de zéro' : ''}.`;
    case 'quantile': return `${measure.p === 0.5 ? 'Médiane' : measure.p === 0 ? 'Minimum' : measure.p === 1 ? 'Maximum' : `Quantile à ${formatNumber(measure.p * 100)}\u00a0%`} des réponses à ${valueWords(measure.of, version)}${measure.p > 0 && measure.p < 1 ? ' (définition de type 7)' : ''}.`;
    case 'ratio': return `Somme de ${valueWords(measure.of, version)}, rapportée à la somme de ${valueWords(measure.to, version)}.`;
    case 'change': return `Évolution sur un an de la somme des réponses à ${valueWords(measure.of, version)}, sur les ${noun} ayant répondu les deux années (panel constant).`;
    case 'population': return measure.by === 'volume'
      ? `Équivalents temps plein de l’année précédente des ${noun} ${agree(POPULATION_WORDS[measure.of], kinds)}, quand ils sont connus.`
      : `Nombre de ${noun} ${agree(POPULATION_WORDS[measure.of], kinds)}.`;
    case 'population_share': return `Part des ${noun} ${agree(POPULATION_WORDS[measure.of], kinds)} parmi les ${noun} ${agree(POPULATION_WORDS[measure.among], kinds)}${measure.by === 'volume' ? ', en équivalents temps plein de l’année précédente' : ''}.`;
    case 'administrative': return 'Chiffre fourni par l’institution, hors des réponses.';
    case 'calendar': return measure.of === 'campaign_year' ? 'Année de la campagne.' : 'Années décrites par les réponses.';
    case 'not_computed': return measure.reason;
  }
}

export function populationWords(definition: FigureDefinition, kinds: readonly string[]): string {
  const noun = structureNoun(kinds);
  const capital = noun[0]!.toUpperCase() + noun.slice(1);
  if (definition.measure.kind === 'population_share') return `${capital} ${agree(POPULATION_WORDS[definition.measure.among], kinds)}`;
  if (definition.measure.kind === 'population') return `${capital} ${agree(POPULATION_WORDS[definition.measure.of], kinds)}`;
  switch (definition.population) {
    case 'approved': return `${capital} ${agree(POPULATION_WORDS.approved, kinds)}`;
    case 'solicited': return `${capital} ${agree(POPULATION_WORDS.solicited, kinds)}`;
    default: return `${capital} ayant répondu`;
  }
}

/** `36 centres sociaux ayant répondu à la question`. */
export function baseWords(definition: FigureDefinition, base: number, kinds: readonly string[]): string {
  const noun = `${formatNumber(base)} ${structureNoun(kinds, base)}`;
  const { measure } = definition;
  if (measure.kind === 'population' || measure.kind === 'population_share') return noun;
  if (definition.population === 'solicited') return `${noun} ${base < 2 && kinds.length === 1 ? 'sollicité' : agree('sollicités', kinds)}`;
  if (definition.population === 'approved') return `${noun} ${base < 2 && kinds.length === 1 ? 'agréé' : agree('agréés', kinds)}`;
  if ((measure.kind === 'sum' || measure.kind === 'mean' || measure.kind === 'quantile') && measure.over === 'positive') return `${noun} ayant déclaré plus de zéro`;
  if (measure.kind === 'change') return `${noun} ayant répondu les deux années`;
  return `${noun} ayant répondu à la question`;
}

export function roundingWords(definition: Pick<FigureDefinition, 'decimals' | 'step'>): string {
  const how = 'demi vers le haut';
  if (definition.step) return `Au multiple de ${formatNumber(definition.step, 2)} le plus proche, ${how}`;
  return definition.decimals ? `À ${definition.decimals} décimale${definition.decimals > 1 ? 's' : ''}, ${how}` : `À l’unité, ${how}`;
}
