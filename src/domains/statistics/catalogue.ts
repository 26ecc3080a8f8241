/** The catalogue of one campaign and territory: general files, its particulars laid over them, lists opened into figures with the words of its questionnaire. */
import { type CompiledVersion, keysIn, type Question, type VersionNames } from '../questionnaire/index.ts';
import type { FigureFile, WrittenFigure, WrittenList } from './definition-parsing.ts';
import { asWritten, type Follow, translated } from './following.ts';
import type { Condition, FigureDefinition, ListDefinition, Measure, ValueRef } from './model.ts';

export interface Catalogue {
  readonly figures: readonly FigureDefinition[];
  readonly lists: readonly ListDefinition[];
}

/** Later entries with the same id change the fields that they give; new ones come after. */
function overlay<T extends { readonly id: string }>(layers: readonly (readonly T[])[]): T[] {
  const merged = new Map<string, T>();
  for (const layer of layers) for (const entry of layer) merged.set(entry.id, { ...merged.get(entry.id), ...entry });
  return [...merged.values()];
}

const itemsOf = (list: WrittenList, question: Question): readonly { readonly code: string; readonly label: string }[] =>
  (question.kind === 'table' ? question.table?.rows : question.options) ?? [];

/** An option ticked, an option chosen, or a row of boxes of which one at least is ticked. */
const itemCondition = (question: Question, code: string): Condition =>
  question.kind === 'table' ? { q: `${question.key}.${code}`, anyTicked: true } : question.kind === 'multiple' ? { q: question.key, has: code } : { q: question.key, is: code };

function openList(list: WrittenList, version: CompiledVersion, follow: Follow): { list: ListDefinition; figures: FigureDefinition[] } | undefined {
  const additive = list.kind === 'distribution';
  const shell = { id: list.id, title: list.title, kind: list.kind, section: list.section, additive };
  if (list.figures) return { list: { ...shell, figures: list.figures }, figures: [] };
  const common = {
    section: list.section, population: list.population, kinds: list.kinds, year: list.year, decimals: list.decimals, step: list.step, sensitivity: list.sensitivity, note: list.note,
  };
  const make = (code: string, label: string, measure: Measure, note?: string): FigureDefinition => ({
    ...common,
    id: list.figureId!.replace('{code}', list.codes?.[code] ?? code),
    label: list.prefix ? `${list.prefix}\u00a0: ${label}` : label,
    short: label,
    unit: list.unit ?? (measure.kind === 'share' || measure.kind === 'ratio' ? 'percent' : 'structures'),
    measure,
    ...(note ? { note } : {}),
  });
  const finish = (figures: FigureDefinition[]) => ({ list: { ...shell, figures: figures.map((figure) => figure.id) }, figures });
  const counted = (where: Condition): Measure => ({ kind: list.measure === 'share' ? 'share' : 'count', where });
  if (list.items) return finish(list.items.map((item) => make(item.code, item.label, item.measure ?? counted(item.where!), item.note)));

  const [written = '', column] = (list.rowsOf ?? list.optionsOf!).split('.');
  const names = version.questions.has(written) ? { keys: [written] } : follow([written]);
  const [key = '', ...more] = 'keys' in names ? names.keys : [];
  const question = more.length > 0 ? undefined : version.questions.get(key);
  if (!question) return undefined;
  const items = itemsOf(list, question).filter(({ code }) => !list.except?.includes(code));
  const label = (item: { code: string; label: string }): string => list.labels?.[item.code] ?? item.label;
  if (list.optionsOf) {
    return finish(items.map((item) => make(item.code, label(item), counted(itemCondition(question, item.code)))));
  }
  const whole: ValueRef = items.map((item) => `${key}.${item.code}.${column}`);
  return finish(items.map((item) => {
    const of = `${key}.${item.code}.${column}`;
    return make(item.code, label(item), list.measure === 'sum' ? { kind: 'sum', of } : { kind: 'ratio', of, to: whole });
  }));
}

export interface LostFigure {
  readonly id: string;
  readonly label: string;
  /** In a sentence. */
  readonly reason: string;
}

/**
 * Definitions in order, ready for the engine, under the names of this version: `history` is where names written for another version are followed (`following.ts`). A figure
 * whose questions have nothing in this version is left out, and told in `lost`: the same catalogue serves several years. Throws when the content speaks of a figure that does not exist (content is checked in tests).
 */
export function catalogueFor(files: readonly FigureFile[], version: CompiledVersion, campaignYear: number, territoryCode: string, history: readonly VersionNames[] = []): Catalogue & { readonly lost: readonly LostFigure[] } {
  const versions = [...history.filter((v) => v.year !== version.year), version.version];
  const follow: Follow = (keys) => keysIn(versions, keys, version.year);
  const applicable = files.filter((file) => file.campaignYear === undefined || (file.campaignYear === campaignYear && file.territory === territoryCode));
  const ordered = [...applicable.filter((file) => file.campaignYear === undefined), ...applicable.filter((file) => file.campaignYear !== undefined)];
  const lists = overlay(ordered.map((file) => file.lists)) as WrittenList[];
  const opened = lists.flatMap((list) => openList(list, version, follow) ?? []);
  const fromLists = opened.flatMap(({ figures }) => figures);
  const general = ordered.filter((file) => file.campaignYear === undefined).map((file) => file.figures);
  const particular = ordered.filter((file) => file.campaignYear !== undefined).map((file) => file.figures);
  const merged = overlay<WrittenFigure>([...general, fromLists, ...particular]);
  const byId = new Map(merged.map((figure) => [figure.id, figure]));
  const resolve = (figure: WrittenFigure): FigureDefinition => {
    if (!figure.like) return figure as FigureDefinition;
    const model = byId.get(figure.like);
    if (!model) throw new Error(`figure ${figure.id} is like ${figure.like}, which does not exist`);
    const { like: _, ...own } = figure;
    return { ...resolve(model), ...own };
  };
  const lost: LostFigure[] = [];
  const figures = merged.map(resolve).flatMap((figure) => {
    const there = asWritten(figure, (key) => version.questions.has(key)) ? { definition: figure } : translated(figure, follow);
    if ('definition' in there) return [there.definition];
    lost.push({ id: figure.id, label: figure.label, reason: there.lost });
    return [];
  });
  const known = new Set(figures.map((figure) => figure.id));
  return { figures, lost, lists: opened.map(({ list }) => ({ ...list, figures: list.figures.filter((id) => known.has(id)) })).filter((list) => list.figures.length > 0) };
}
