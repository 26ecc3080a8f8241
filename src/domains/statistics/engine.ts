/** One definition over one dataset: its value, its base, and what it reveals. Pure. */
import type { RevealedCell } from '../disclosure/index.ts';
import { type Column, type Dataset, NOT_CONCERNED, type Source, VALUE } from './dataset.ts';
import type { Condition, FigureDefinition, PastNames, PopulationName, ValueRef } from './model.ts';
import { quantile7 } from './quantile.ts';

export interface Computed {
  /** Unrounded; undefined when nobody answers. */
  readonly value: number | undefined;
  readonly base: number;
  readonly responses: number;
  readonly year: number;
  readonly kinds: readonly string[];
  readonly cells: readonly RevealedCell[];
  readonly questions: readonly string[];
  /** Keys really read, in the version of the year that each was read for. */
  readonly read: readonly string[];
  /** Keys of the year before that stand for others of this version. */
  readonly pastNames: readonly (readonly [key: string, past: readonly string[]])[];
  /** Why the year before cannot be read: a question whose meaning changed since. */
  readonly notComparable?: string;
}

/** Question whose amount weighs the structures in rates by volume: full-time equivalents of the year before (R59). */
export const VOLUME_KEY = 'staff_fte';

export const refs = (ref: ValueRef): readonly string[] => (typeof ref === 'string' ? [ref] : ref);
const keyOf = (ref: string): string => ref.split('.', 1)[0]!;

function conditionRefs(condition: Condition): readonly string[] {
  if ('not' in condition) return conditionRefs(condition.not);
  if ('all' in condition) return condition.all.flatMap(conditionRefs);
  if ('any' in condition) return condition.any.flatMap(conditionRefs);
  return refs(condition.q);
}

/** Question keys that a definition reads. */
export function questionsOf({ measure }: Pick<FigureDefinition, 'measure'>): readonly string[] {
  const all = (): readonly string[] => {
    switch (measure.kind) {
      case 'count': case 'share': return conditionRefs(measure.where);
      case 'sum': case 'mean': case 'quantile': case 'change': return refs(measure.of);
      case 'ratio': return [...refs(measure.of), ...refs(measure.to)];
      case 'population': case 'population_share': return refs(weightOf(measure) ?? []);
      default: return [];
    }
  };
  return [...new Set(all().map(keyOf))];
}

export const yearOf = (definition: Pick<FigureDefinition, 'year'>, mainYear: number): number =>
  definition.year === undefined || definition.year === 'main' ? mainYear : definition.year === 'previous' ? mainYear - 1 : definition.year;

const nameOf = (ref: ValueRef, year: number): string => `${refs(ref).join('+')}@${year}`;

interface Frame {
  readonly dataset: Dataset;
  readonly year: number;
  readonly source: Source;
  readonly units: readonly number[];
}

/** Units with a value, and their values; `positive`: above zero only. */
function valued(units: readonly number[], column: Column, positive: boolean): { units: number[]; values: number[] } {
  const kept: number[] = [];
  const values: number[] = [];
  for (const i of units) {
    if (column.state[i] !== VALUE || (positive && column.value[i]! <= 0)) continue;
    kept.push(i);
    values.push(column.value[i]!);
  }
  return { units: kept, values };
}

const total = (values: readonly number[]): number => {
  // Neumaier's sum: cents over four thousand budgets stay exact to the cent
  let sum = 0;
  let rest = 0;
  for (const value of values) {
    const next = sum + value;
    rest += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + rest;
};

/** A base limited to those above zero tells how many are at zero: that count is revealed too. */
function positiveBase(frame: Frame, ref: ValueRef, column: Column): RevealedCell {
  const inside: number[] = [];
  const outside: number[] = [];
  for (const i of frame.units) {
    if (column.state[i] === VALUE) (column.value[i]! > 0 ? inside : outside).push(i);
    else if (column.state[i] === NOT_CONCERNED) outside.push(i);
  }
  return { kind: 'count', variable: `${nameOf(ref, frame.year)}>0`, inside, outside };
}

type Part = Pick<Computed, 'value' | 'base' | 'cells'>;

function counting(frame: Frame, where: Condition, notConcerned: 'no' | 'out', share: boolean): Part {
  const truth = frame.dataset.truth(where, frame.year, frame.source, notConcerned);
  const inside: number[] = [];
  const outside: number[] = [];
  for (const i of frame.units) {
    if (truth[i] === 1) inside.push(i);
    else if (truth[i] === 0) outside.push(i);
  }
  const base = inside.length + outside.length;
  const value = base === 0 ? undefined : share ? (100 * inside.length) / base : inside.length;
  return { value, base, cells: [{ kind: 'count', variable: `${JSON.stringify(where)}@${frame.year}`, inside, outside }] };
}

/**
 * A total of another year stands beside that of the main year: over the same structures, their difference is given away as well, and with it the one or two
 * structures that made it.
 */
function differenceWithMain(frame: Frame, ref: ValueRef, units: readonly number[], values: readonly number[]): RevealedCell[] {
  const { dataset, year } = frame;
  const source = year === dataset.mainYear ? undefined : dataset.sourceOf(refs(ref).map(keyOf), dataset.mainYear);
  if (!source) return [];
  const main = dataset.column(ref, dataset.mainYear, source);
  const population = new Set(dataset.population('respondents', source));
  if (!units.every((i) => main.state[i] === VALUE && population.has(i))) return [];
  return [{ kind: 'sum', variable: `${nameOf(ref, dataset.mainYear)}-${nameOf(ref, year)}`, units, values: units.map((i, k) => main.value[i]! - values[k]!) }];
}

function overValues(frame: Frame, ref: ValueRef, over: 'answering' | 'positive' | undefined, take: (values: number[]) => number, p?: number): Part {
  const column = frame.dataset.column(ref, frame.year, frame.source);
  const { units, values } = valued(frame.units, column, over === 'positive');
  const variable = nameOf(ref, frame.year);
  const cells: RevealedCell[] = [p === undefined ? { kind: 'sum', variable, units, values } : { kind: 'position', variable, p, units }];
  if (over === 'positive') cells.push(positiveBase(frame, ref, column));
  else if (p === undefined) cells.push(...differenceWithMain(frame, ref, units, values));
  return { value: values.length === 0 ? undefined : take(values), base: values.length, cells };
}

function ratio(frame: Frame, of: ValueRef, to: ValueRef, scale: number): Part {
  const top = frame.dataset.column(of, frame.year, frame.source);
  const bottom = frame.dataset.column(to, frame.year, frame.source);
  const units = frame.units.filter((i) => bottom.state[i] === VALUE && (top.state[i] === VALUE || top.state[i] === NOT_CONCERNED));
  const tops = units.map((i) => top.value[i]!);
  const bottoms = units.map((i) => bottom.value[i]!);
  const denominator = total(bottoms);
  const cells: RevealedCell[] = [{ kind: 'sum', variable: nameOf(of, frame.year), units, values: tops }, { kind: 'sum', variable: nameOf(to, frame.year), units, values: bottoms }];
  // a part of a whole tells the rest of it as well: men beside women
  const rest = bottoms.map((bottom, i) => bottom - tops[i]!);
  if (rest.every((value) => value >= 0)) cells.push({ kind: 'sum', variable: `${nameOf(to, frame.year)}-${nameOf(of, frame.year)}`, units, values: rest });
  return { value: denominator === 0 ? undefined : (scale * total(tops)) / denominator, base: units.length, cells };
}

/** Constant panel: the structures that answer both years. */
function change(frame: Frame, of: ValueRef, before: Source): Part {
  const now = frame.dataset.column(of, frame.year, frame.source);
  const then = frame.dataset.column(of, frame.year - 1, before);
  const responded = new Set(frame.dataset.population('respondents', before));
  const units = frame.units.filter((i) => now.state[i] === VALUE && then.state[i] === VALUE && responded.has(i));
  const nows = units.map((i) => now.value[i]!);
  const thens = units.map((i) => then.value[i]!);
  const start = total(thens);
  return {
    value: units.length === 0 || start === 0 ? undefined : 100 * (total(nows) / start - 1),
    base: units.length,
    cells: [
      { kind: 'sum', variable: nameOf(of, frame.year), units, values: nows },
      { kind: 'sum', variable: nameOf(of, frame.year - 1), units, values: thens },
      { kind: 'sum', variable: `${nameOf(of, frame.year)}-${nameOf(of, frame.year - 1)}`, units, values: nows.map((now, k) => now - thens[k]!) },
    ],
  };
}

/** What weighs the structures in a rate by volume; undefined: they are counted. */
const weightOf = ({ by, weight }: { readonly by?: 'number' | 'volume'; readonly weight?: ValueRef }): ValueRef | undefined => (by === 'volume' ? (weight ?? VOLUME_KEY) : undefined);

/** Structures of a population, or what they weigh: their full-time equivalents of the year before, where known. */
function population(frame: Frame, name: PopulationName, kinds: readonly string[] | undefined, weight: ValueRef | undefined): { value: number; units: readonly number[]; cell: RevealedCell | undefined } {
  const units = frame.dataset.population(name, 'current', kinds);
  if (!weight) return { value: units.length, units, cell: undefined };
  const weighed = valued(units, frame.dataset.volumes(weight), false);
  return { value: total(weighed.values), units: weighed.units, cell: { kind: 'sum', variable: nameOf(weight, frame.dataset.mainYear - 1), ...weighed } };
}

/** Kinds of structure that a definition speaks of: those asked for, to which all its questions apply. */
export function kindsOf(definition: FigureDefinition, dataset: Dataset): readonly string[] {
  const questions = questionsOf(definition).flatMap((key) => dataset.question(key) ?? []);
  return (definition.kinds ?? dataset.kinds).filter((kind) => questions.every((question) => question.appliesTo.includes(kind)));
}

/** Computes a definition (administrative, calendar and not-computed ones are not for the engine). Value undefined: nothing to compute it from. */
export function compute(definition: FigureDefinition, dataset: Dataset): Computed {
  const { measure } = definition;
  const census = measure.kind === 'population' || measure.kind === 'population_share';
  // who was asked and answered is of the campaign, held the year after its data; who is approved is of the data year
  const ofCampaign = census && measure.of !== 'approved' && measure.of !== 'newly_approved';
  const year = ofCampaign ? dataset.campaignYear : yearOf(definition, dataset.mainYear);
  const questions = questionsOf(definition);
  const kinds = kindsOf(definition, dataset);
  const source = census ? 'current' : dataset.sourceOf(questions, year);
  // what stands for a question the year before, when that year is read from the release before
  const past = source === 'past' || (measure.kind === 'change' && dataset.sourceOf(questions, year - 1) === 'past') ? questions : [];
  const asked = past.flatMap((key): [string, PastNames][] => {
    const names = dataset.pastNames(key);
    return names ? [[key, names]] : [];
  });
  const pastNames = asked.flatMap(([key, names]) => ('keys' in names ? [[key, names.keys] as const] : []));
  const lost = asked.flatMap(([, names]) => ('lost' in names ? [names.lost] : []))[0];
  const read = [...new Set([...(source === 'past' ? [] : questions), ...past.flatMap((key) => pastNames.find(([name]) => name === key)?.[1] ?? [key])])];
  const nothing: Computed = { value: undefined, base: 0, responses: 0, year, kinds, cells: [], questions, read, pastNames, ...(lost ? { notComparable: lost } : {}) };
  if (lost) return nothing;
  if (!source || questions.some((key) => !dataset.question(key)) || (kinds.length === 0 && !census)) return nothing;
  const units = dataset.population(definition.population ?? 'respondents', source, kinds);
  const frame: Frame = { dataset, year, source, units };
  const part = ((): Part => {
    switch (measure.kind) {
      case 'count': case 'share': return counting(frame, measure.where, measure.notConcerned ?? 'no', measure.kind === 'share');
      case 'sum': return overValues(frame, measure.of, measure.over, total);
      case 'mean': return overValues(frame, measure.of, measure.over, (values) => total(values) / values.length);
      case 'quantile': return overValues(frame, measure.of, measure.over, (values) => quantile7(Float64Array.from(values).sort(), measure.p), measure.p);
      case 'ratio': return ratio(frame, measure.of, measure.to, measure.scale ?? 100);
      case 'change': {
        const before = dataset.sourceOf(questions, year - 1);
        return before ? change(frame, measure.of, before) : { value: undefined, base: 0, cells: [] };
      }
      case 'population': {
        const found = population(frame, measure.of, kinds, weightOf(measure));
        const known = measure.by !== 'volume' || found.units.length > 0;
        return { value: known ? found.value : undefined, base: found.units.length, cells: found.cell ? [found.cell] : [] };
      }
      case 'population_share': {
        const top = population(frame, measure.of, kinds, weightOf(measure));
        const bottom = population(frame, measure.among, kinds, weightOf(measure));
        return { value: bottom.value === 0 ? undefined : (100 * top.value) / bottom.value, base: bottom.units.length, cells: [top.cell, bottom.cell].flatMap((cell) => (cell?.kind === 'sum' ? [{ ...cell, blunt: !definition.decimals }] : [])) };
      }
      default: throw new Error(`${definition.id}: ${measure.kind} is not computed by the engine`);
    }
  })();
  const responses = dataset.population('respondents', source, kinds).length;
  return { ...nothing, ...part, responses, kinds: units.length > 0 && !census ? dataset.kindsIn(units, source) : kinds };
}
