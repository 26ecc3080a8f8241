/** All figures of a release: the data steward's working table, and what may leave it. Pure. */
import { formatDate } from '../../kernel/french-date.ts';
import { roundHalfUp } from '../../kernel/french-number.ts';
import {
  type AdditiveGroup, type FigureFacts, type FigureMaking, outwardReason, printedValue, protect, type PublishedSet, type RawFigure, type RawTable, type TerritoryPart, type Thresholds, type WithheldFigure,
} from '../disclosure/index.ts';
import type { CompiledVersion, Sensitivity } from '../questionnaire/index.ts';
import type { Catalogue } from './catalogue.ts';
import { Dataset } from './dataset.ts';
import { compute, type Computed, kindsOf, yearOf } from './engine.ts';
import type { PastRelease } from './following.ts';
import type { AdministrativeFigure, FigureDefinition, FrozenUnit, TableRow } from './model.ts';
import { baseWords, definitionWords, labelWords, pastWords, populationWords, roundingWords } from './wording.ts';

export interface FigureInput {
  readonly version: CompiledVersion;
  readonly units: readonly FrozenUnit[];
  /** Units of the release before, under the names of this version, for years that this campaign does not ask. */
  readonly previous?: PastRelease;
  readonly campaignYear: number;
  readonly territoryCode: string;
  readonly catalogue: Catalogue;
  readonly administrative?: readonly AdministrativeFigure[];
  readonly release?: { readonly id: string; readonly number: number; readonly contentHash: string };
  /** Fictional answers: the source of every figure says so. */
  readonly demonstration?: boolean;
  readonly thresholds?: Thresholds;
  /** What the territories inside withhold (`parts.ts`); for a région or the nation. */
  readonly parts?: readonly TerritoryPart[];
  /** Smaller than a département: nothing of the survey is publishable. */
  readonly closed?: boolean;
}

export interface FigureOutput {
  readonly rows: readonly TableRow[];
  readonly set: PublishedSet;
}

const RANK: Record<Sensitivity, number> = { public: 0, visible: 1, declared: 2, financial: 3 };

/** The most sensitive of the questions read, unless the definition says otherwise with a reason. Counts of the campaign itself are public; what they weigh is not. */
function sensitivityOf(definition: FigureDefinition, questions: readonly string[], version: CompiledVersion): { level: Sensitivity; reason?: string } {
  if (definition.sensitivity) return definition.sensitivity;
  let level: Sensitivity = 'public';
  for (const key of questions) {
    const own = version.questions.get(key)?.sensitivity ?? 'declared';
    if (RANK[own] > RANK[level]) level = own;
  }
  // whether a funder exists can be seen from outside, subsidies being public; how much cannot
  const { measure } = definition;
  if (level !== 'public' && measure.kind !== 'count' && measure.kind !== 'share' && RANK[level] < RANK.declared) level = 'declared';
  return { level };
}

export function roundedValue(definition: Pick<FigureDefinition, 'decimals' | 'step'>, exact: number): { rounded: number; decimals: number } {
  if (!definition.step) return { rounded: roundHalfUp(exact, definition.decimals ?? 0), decimals: definition.decimals ?? 0 };
  const decimals = definition.decimals ?? (String(definition.step).split('.')[1]?.length ?? 0);
  return { rounded: roundHalfUp(roundHalfUp(exact / definition.step) * definition.step, decimals), decimals };
}

const qualifierOf = (definition: FigureDefinition, exact: number, rounded: number): 'près de' | 'plus de' | null =>
  definition.qualifier !== 'near' || exact === rounded ? null : exact < rounded ? 'près de' : 'plus de';

function originOf(definition: FigureDefinition): FigureFacts['origin'] {
  const { measure } = definition;
  if (measure.kind === 'population' || measure.kind === 'population_share' || measure.kind === 'calendar') return 'campaign';
  if (measure.kind === 'administrative') return 'administrative';
  if (definition.population === 'approved') return 'register';
  return measure.kind === 'count' || measure.kind === 'sum' ? 'survey' : 'derived';
}

/** Structures are « centres » where only centres sociaux are meant. */
const unitOf = (unit: string, kinds: readonly string[]): string => (unit === 'structures' && kinds.length === 1 && kinds[0] === 'CS' ? 'centres' : unit);

const COMPUTED_KINDS = new Set(['count', 'share', 'sum', 'mean', 'quantile', 'ratio', 'change', 'population', 'population_share']);
const isAdditive = (definition: FigureDefinition): boolean => definition.measure.kind !== 'quantile';

/** A definition per kind of structure (`staff.fte@CS`), where a territory has several that are both asked. */
function variants(definition: FigureDefinition, dataset: Dataset): FigureDefinition[] {
  if (definition.kinds || !COMPUTED_KINDS.has(definition.measure.kind)) return [];
  const kinds = kindsOf(definition, dataset);
  return kinds.length < 2 ? [] : kinds.map((kind) => ({ ...definition, id: `${definition.id}@${kind}`, kinds: [kind] }));
}

interface Line {
  readonly definition: FigureDefinition;
  readonly computed?: Computed;
  readonly raw?: RawFigure;
  readonly row: Omit<TableRow, 'status'>;
}

/**
 * Computes every definition, guards the result, and gives both views: rows (all, unrounded values, for the one data steward) and the set that may be shown.
 * Cost: one pass over the units per column, then one per figure.
 */
export function computeFigures(input: FigureInput): FigureOutput {
  const { version, catalogue, campaignYear, territoryCode } = input;
  const dataset = new Dataset(version, input.units, input.previous);
  const administrative = new Map((input.administrative ?? []).map((figure) => [figure.figureId, figure]));
  const split = catalogue.figures.flatMap((definition) => variants(definition, dataset));
  const fictional = input.demonstration ? ' (données fictives)' : '';
  const source = `Observatoire SENACS, campagne ${campaignYear}${input.release ? `, publication n°\u00a0${input.release.number}` : ''}${fictional}`;
  const releaseOf = { releaseNumber: input.release?.number ?? null, releaseHash: input.release?.contentHash ?? null };

  const computedLine = (definition: FigureDefinition): Line => {
    const computed = compute(definition, dataset);
    const { level, reason } = sensitivityOf(definition, computed.questions, version);
    const { kinds, base, responses, year } = computed;
    const making: FigureMaking = {
      definition: definitionWords(definition, version, kinds) + pastWords(computed.pastNames, definition.measure.kind === 'change' ? year - 1 : year, version),
      population: populationWords(definition, kinds),
      baseText: baseWords(definition, base, kinds),
      rounding: roundingWords(definition),
      sensitivity: level,
      ...(reason ? { sensitivityReason: reason } : {}),
      questions: computed.read,
      source,
      ...releaseOf,
    };
    const common = { id: definition.id, label: labelWords(definition.label, kinds), section: definition.section, unit: unitOf(definition.unit, kinds), base, responses, year, kinds };
    const row = { ...common, value: null, rounded: null, text: '—', origin: originOf(definition), definition: making.definition, population: making.population, source, ...(definition.note ? { note: definition.note } : {}) };
    if (computed.value === undefined) return { definition, computed, row };
    const exact = computed.value;
    const { rounded, decimals } = roundedValue(definition, exact);
    const qualifier = qualifierOf(definition, exact, rounded);
    const facts: FigureFacts = { ...common, shortLabel: labelWords(definition.short ?? definition.label, kinds), exact, rounded, decimals, qualifier, territoryCode, origin: originOf(definition), making };
    return { definition, computed, raw: { facts, cells: computed.cells }, row: { ...row, value: exact, rounded, text: printedValue(rounded, definition.unit, decimals, qualifier) } };
  };

  const otherLine = (definition: FigureDefinition): Line => {
    const { measure } = definition;
    const year = measure.kind === 'not_computed' && measure.nature === 'metadata' ? campaignYear : yearOf(definition, dataset.mainYear);
    const common = { id: definition.id, label: definition.label, section: definition.section, unit: definition.unit, base: null, responses: null, kinds: [] as string[] };
    const words = { definition: definitionWords(definition, version, []), population: '', ...(definition.note ? { note: definition.note } : {}) };
    const given = administrative.get(definition.id);
    if (measure.kind === 'administrative' && given) {
      const from = `${given.institution} (${given.author}, ${formatDate(given.recordedOn)})\u00a0: ${given.source}${fictional}`;
      const { rounded, decimals } = roundedValue(definition, given.value);
      // an institution's count is set against those whom the definition names; its own definition decides, not our answers
      const base = definition.population ? dataset.population(definition.population, 'current').length : null;
      const facts: FigureFacts = {
        ...common, base, shortLabel: definition.short ?? definition.label, exact: given.value, rounded, decimals, qualifier: null, year: given.dataYear, territoryCode, origin: 'administrative',
        making: {
          ...words, baseText: base === null ? 'Donnée de l’institution' : `Donnée de l’institution, rapportée à ${baseWords(definition, base, dataset.kinds)}`, rounding: roundingWords(definition), sensitivity: 'public', sensitivityReason: 'Chiffre que l’institution donne et signe elle-même', questions: [], source: from, releaseNumber: null, releaseHash: null,
        },
      };
      return { definition, raw: { facts, cells: [] }, row: { ...common, ...words, base, value: given.value, rounded, text: printedValue(rounded, definition.unit, decimals, null), year: given.dataYear, origin: 'administrative', source: from } };
    }
    const bare = { ...common, ...words, year, source, rounded: null };
    if (measure.kind === 'calendar') {
      const years = [...version.dataYears].toSorted();
      const value = measure.of === 'campaign_year' ? campaignYear : years;
      return { definition, row: { ...bare, value, text: Array.isArray(value) ? value.join(' et ') : String(value), year: campaignYear, origin: 'metadata' } };
    }
    const value = measure.kind === 'not_computed' ? (measure.value ?? null) : null;
    const nature = measure.kind === 'not_computed' ? measure.nature : 'administrative';
    return { definition, row: { ...bare, value, text: value === null ? '—' : [value].flat().join('\u00a0; '), origin: nature } };
  };

  const lines = [...catalogue.figures, ...split].map((definition) => (COMPUTED_KINDS.has(definition.measure.kind) ? computedLine(definition) : otherLine(definition)));
  const out = protect(lines.flatMap((line) => line.raw ?? []), {
    contributors: dataset.contributors,
    groups: additiveGroups(catalogue, split, lines),
    tables: rawTables(catalogue, split, dataset.kinds),
    ...(input.parts ? { containing: { places: dataset.places, parts: input.parts } } : {}),
    ...(input.closed ? { closed: true } : {}),
    ...(input.thresholds ? { thresholds: input.thresholds } : {}),
  });

  const withheld: WithheldFigure[] = [];
  const rows = lines.map(({ row, raw, computed, definition }): TableRow => {
    const why = out.withheld.get(row.id);
    if (raw && !why) return { ...row, status: 'publishable' };
    const { measure } = definition;
    if (measure.kind === 'calendar') return { ...row, status: 'publishable' };
    if (measure.kind === 'not_computed') return { ...row, status: 'withheld', reasonCode: measure.nature, reason: measure.reason };
    if (measure.kind === 'administrative') return { ...row, status: 'withheld', reasonCode: 'no_data', reason: 'L’institution n’a pas fourni ce chiffre.' };
    const code = why?.code ?? (computed?.notComparable ? 'not_comparable' : 'no_data');
    withheld.push({ id: row.id, label: row.label, section: row.section, year: row.year, reason: outwardReason(code) });
    return { ...row, status: 'withheld', reasonCode: code, reason: why?.message ?? computed?.notComparable ?? outwardReason('no_data').message };
  });
  return {
    rows,
    set: {
      campaignYear, territoryCode, mainYear: dataset.mainYear,
      release: input.release ?? { id: '', number: 0, contentHash: '' },
      figures: new Map(out.publishable.map((figure) => [figure.id, figure])),
      tables: new Map(out.tables.map((table) => [table.id, table])),
      withheld,
    },
  };
}

/** Parts of one whole: rows of a distribution, and the kinds of structure beside all structures (a mean with its base is a sum). */
function additiveGroups(catalogue: Catalogue, split: readonly FigureDefinition[], lines: readonly Line[]): AdditiveGroup[] {
  const present = new Set(lines.flatMap((line) => (line.raw ? [line.row.id] : [])));
  const groups: AdditiveGroup[] = [];
  const kinds = [...new Set(split.map((definition) => definition.kinds![0]!))];
  for (const list of catalogue.lists) {
    if (!list.additive) continue;
    for (const suffix of ['', ...kinds.map((kind) => `@${kind}`)]) groups.push({ id: list.id + suffix, parts: list.figures.map((id) => id + suffix).filter((id) => present.has(id)) });
  }
  const byBase = new Map<string, string[]>();
  for (const definition of split) {
    if (!isAdditive(definition) || !present.has(definition.id)) continue;
    const [base = ''] = definition.id.split('@');
    byBase.set(base, [...(byBase.get(base) ?? []), definition.id]);
  }
  for (const [total, parts] of byBase) groups.push({ id: `${total} by kind`, parts, total });
  return groups;
}

function rawTables(catalogue: Catalogue, split: readonly FigureDefinition[], present: readonly string[]): RawTable[] {
  const known = new Set(split.map((definition) => definition.id));
  const kinds = [...new Set(split.map((definition) => definition.kinds![0]!))];
  return catalogue.lists.flatMap((list) => [
    { ...list, title: labelWords(list.title, present) },
    ...kinds.flatMap((kind) => {
      const figures = list.figures.map((id) => `${id}@${kind}`).filter((id) => known.has(id));
      return figures.length > 0 ? [{ ...list, id: `${list.id}@${kind}`, title: labelWords(list.title, [kind]), figures }] : [];
    }),
  ]);
}
