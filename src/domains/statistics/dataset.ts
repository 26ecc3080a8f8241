/**
 * A frozen dataset read by columns: each number or condition is taken once from the answers of all units, then every figure runs over flat arrays.
 * The units of the preceding release stand beside those of this one, so that a year can be compared with the year before when one campaign asks one year only.
 */
import { isSolicited } from '../campaign/index.ts';
import type { Answer, Answers, CompiledVersion, Question } from '../questionnaire/index.ts';
import { FACT_OF_QUESTION, factAsAnswer } from '../registry/index.ts';
import type { Condition, FrozenUnit, PastNames, Population, PopulationName, ValueRef } from './model.ts';

/** States of a cell: four of the answer, and disputed. Only VALUE enters a base. */
export const UNANSWERED = 0;
export const VALUE = 1;
export const NOT_CONCERNED = 2;
export const UNKNOWN = 3;
export const DISPUTED = 4;

export interface Column {
  readonly value: Float64Array;
  readonly state: Uint8Array;
}
/** 1 true, 0 false, −1 not evaluable. */
export type Truth = Int8Array;
export type Source = 'current' | 'past';

interface Slot {
  readonly current?: FrozenUnit;
  readonly past?: FrozenUnit;
}

/** What the register says of a question: it comes first (a differing answer is a proposal of change), the answer after. */
function registerFact(unit: FrozenUnit, key: string): unknown {
  const name = key === 'approvals_held' ? 'approvals' : FACT_OF_QUESTION[key];
  if (name === undefined) return undefined;
  return factAsAnswer(key, name === 'kind' ? unit.kind : unit.register[name as keyof FrozenUnit['register']]);
}

const responded = (unit: FrozenUnit): boolean => unit.responseState === 'frozen' || unit.responseState === 'validated';
const solicited = (unit: FrozenUnit): boolean => isSolicited(unit.participation, unit.responseState);

const IS_IN: Record<PopulationName | 'respondents', (unit: FrozenUnit) => boolean> = {
  approved: () => true,
  newly_approved: (unit) => unit.participation === 'newly_approved' || unit.participation === 'opted_in',
  solicited,
  answered: (unit) => solicited(unit) && responded(unit),
  respondents: (unit) => solicited(unit) && responded(unit),
  complete: (unit) => solicited(unit) && responded(unit) && unit.completeness === 'complete',
  listed: (unit) => solicited(unit) && responded(unit) && unit.register.listed !== false,
};

export class Dataset {
  readonly size: number;
  readonly mainYear: number;
  readonly campaignYear: number;
  readonly contributors: readonly string[];
  /** By unit: its département. */
  readonly places: readonly string[];
  readonly kinds: readonly string[];
  readonly #slots: readonly Slot[];
  readonly #version: CompiledVersion;
  readonly #pastMainYear: number | undefined;
  readonly #pastNames: ReadonlyMap<string, PastNames> | undefined;
  readonly #columns = new Map<string, Column>();
  readonly #truths = new Map<string, Truth>();
  readonly #populations = new Map<string, readonly number[]>();

  constructor(version: CompiledVersion, units: readonly FrozenUnit[], previous?: { readonly mainYear: number; readonly units: readonly FrozenUnit[]; readonly names?: ReadonlyMap<string, PastNames> }) {
    const pastById = new Map((previous?.units ?? []).map((unit) => [unit.structureId, unit]));
    const slots: Slot[] = units.map((current) => ({ current, past: pastById.get(current.structureId) }));
    const known = new Set(units.map((unit) => unit.structureId));
    for (const past of pastById.values()) if (!known.has(past.structureId)) slots.push({ past });
    this.#slots = slots;
    this.#version = version;
    this.#pastMainYear = previous?.mainYear;
    this.#pastNames = previous?.names;
    this.size = slots.length;
    this.mainYear = version.mainDataYear;
    this.campaignYear = version.year;
    this.contributors = slots.map((slot) => (slot.current ?? slot.past)!.register.contributor);
    this.places = slots.map((slot) => (slot.current ?? slot.past)!.territoryCode);
    this.kinds = [...new Set(units.map((unit) => unit.kind))].toSorted();
  }

  /** The question behind a reference `key`, `key.row`, `key.row.col`. */
  question(ref: string): Question | undefined {
    return this.#version.questions.get(ref.split('.', 1)[0]!);
  }

  /** Where the answers to these questions for this year are: this release, the preceding one, or nowhere. */
  sourceOf(keys: readonly string[], year: number): Source | undefined {
    const asked = this.#version.version.dataYears.find((entry) => entry.year === year);
    if (asked && (asked.keys === 'all' || keys.every((key) => asked.keys.includes(key)))) return 'current';
    return this.#pastMainYear === year ? 'past' : undefined;
  }

  /** How a question of this version was asked in the preceding release; undefined: under its own name. */
  pastNames(key: string): PastNames | undefined {
    return this.#pastNames?.get(key);
  }

  #unit(index: number, source: Source): FrozenUnit | undefined {
    return this.#slots[index]![source];
  }

  /** Indices of the units of a population and of these kinds (all kinds when undefined). */
  population(name: Population | PopulationName, source: Source, kinds?: readonly string[]): readonly number[] {
    const mark = `${name}|${source}|${kinds?.join() ?? ''}`;
    const known = this.#populations.get(mark);
    if (known) return known;
    const found: number[] = [];
    for (let i = 0; i < this.size; i++) {
      const unit = this.#unit(i, source);
      if (unit && IS_IN[name](unit) && (!kinds || kinds.includes(unit.kind))) found.push(i);
    }
    this.#populations.set(mark, found);
    return found;
  }

  /** Like {@link population}, in words for a result. */
  kindsIn(indices: readonly number[], source: Source): string[] {
    return [...new Set(indices.map((i) => this.#unit(i, source)!.kind))].toSorted();
  }

  #answer(index: number, key: string, year: number, source: Source): Answer | undefined {
    const unit = this.#unit(index, source);
    if (!unit) return undefined;
    if (year === (source === 'current' ? this.mainYear : this.#pastMainYear)) {
      const fact = registerFact(unit, key);
      if (fact !== undefined) return { state: 'value', value: fact as never };
    }
    const answers: Answers | undefined = unit.answers[year];
    return answers?.[key];
  }

  #isDisputed(index: number, key: string, year: number, source: Source): boolean {
    return this.#unit(index, source)?.disputed?.[year]?.includes(key) ?? false;
  }

  /** What each structure weighs in rates by volume: as counted at the opening of the campaign, else its answer for the year before. */
  volumes(ref: ValueRef): Column {
    const before = this.sourceOf(typeof ref === 'string' ? [ref] : ref, this.mainYear - 1);
    const answered = before ? this.column(ref, this.mainYear - 1, before) : undefined;
    const value = new Float64Array(this.size);
    const state = new Uint8Array(this.size);
    for (let i = 0; i < this.size; i++) {
      const known = this.#slots[i]!.current?.register.volumeFte;
      state[i] = typeof known === 'number' ? VALUE : (answered?.state[i] ?? UNANSWERED);
      value[i] = typeof known === 'number' ? known : (answered?.value[i] ?? 0);
    }
    return { value, state };
  }

  /** Numbers of one reference, or the sum of several: not concerned counts 0 there, any other gap makes the sum a gap. */
  column(ref: ValueRef, year: number, source: Source): Column {
    const mark = `${typeof ref === 'string' ? ref : ref.join('+')}|${year}|${source}`;
    let column = this.#columns.get(mark);
    if (!column) {
      column = typeof ref === 'string' ? this.#single(ref, year, source) : this.#sum(ref.map((part) => this.column(part, year, source)));
      this.#columns.set(mark, column);
    }
    return column;
  }

  #single(ref: string, year: number, source: Source): Column {
    const [key = '', row, col] = ref.split('.');
    const value = new Float64Array(this.size);
    const state = new Uint8Array(this.size);
    for (let i = 0; i < this.size; i++) {
      const answer = this.#answer(i, key, year, source);
      if (!answer) continue;
      if (this.#isDisputed(i, key, year, source)) state[i] = DISPUTED;
      else if (answer.state === 'not_concerned') state[i] = NOT_CONCERNED;
      else if (answer.state === 'unknown') state[i] = UNKNOWN;
      else {
        const cell = row === undefined ? answer.value : (answer.value as { [r: string]: { [c: string]: unknown } })[row]?.[col!];
        if (typeof cell === 'number') {
          state[i] = VALUE;
          value[i] = cell;
        } else if (typeof cell === 'boolean') {
          state[i] = VALUE;
          value[i] = cell ? 1 : 0;
        } else if (cell === 'unknown') state[i] = UNKNOWN;
        else if (cell === 'not_concerned') state[i] = NOT_CONCERNED;
      }
    }
    return { value, state };
  }

  #sum(parts: readonly Column[]): Column {
    const value = new Float64Array(this.size);
    const state = new Uint8Array(this.size);
    for (let i = 0; i < this.size; i++) {
      let worst = NOT_CONCERNED;
      let total = 0;
      for (const part of parts) {
        const s = part.state[i]!;
        if (s === VALUE) {
          total += part.value[i]!;
          if (worst === NOT_CONCERNED) worst = VALUE;
        } else if (s !== NOT_CONCERNED) {
          worst = s;
          break;
        }
      }
      state[i] = worst;
      value[i] = worst === VALUE ? total : 0;
    }
    return { value, state };
  }

  /** Truth of a condition for every unit. Not concerned is false, or out of the base. */
  truth(condition: Condition, year: number, source: Source, notConcerned: 'no' | 'out'): Truth {
    const mark = `${JSON.stringify(condition)}|${year}|${source}|${notConcerned}`;
    let truth = this.#truths.get(mark);
    if (!truth) {
      truth = this.#evaluate(condition, year, source, notConcerned);
      this.#truths.set(mark, truth);
    }
    return truth;
  }

  #evaluate(condition: Condition, year: number, source: Source, notConcerned: 'no' | 'out'): Truth {
    const out = new Int8Array(this.size);
    if ('not' in condition) {
      const inner = this.truth(condition.not, year, source, notConcerned);
      for (let i = 0; i < this.size; i++) out[i] = inner[i] === -1 ? -1 : 1 - inner[i]!;
      return out;
    }
    if ('all' in condition || 'any' in condition) {
      // Kleene: a false decides "all", a true decides "any", whatever is not evaluable beside it
      const decisive = 'all' in condition ? 0 : 1;
      const parts = ('all' in condition ? condition.all : condition.any).map((part) => this.truth(part, year, source, notConcerned));
      for (let i = 0; i < this.size; i++) {
        let verdict = 1 - decisive;
        for (const part of parts) {
          if (part[i] === decisive) {
            verdict = decisive;
            break;
          }
          if (part[i] === -1) verdict = -1;
        }
        out[i] = verdict;
      }
      return out;
    }
    const outside = notConcerned === 'no' ? 0 : -1;
    if ('positive' in condition) {
      const { value, state } = this.column(condition.q, year, source);
      for (let i = 0; i < this.size; i++) out[i] = state[i] === VALUE ? Number(value[i]! > 0) : state[i] === NOT_CONCERNED ? outside : -1;
      return out;
    }
    const [key = '', row] = condition.q.split('.');
    for (let i = 0; i < this.size; i++) {
      const answer = this.#answer(i, key, year, source);
      if (!answer || answer.state === 'unknown' || this.#isDisputed(i, key, year, source)) out[i] = -1;
      else if (answer.state === 'not_concerned') out[i] = outside;
      else if ('is' in condition) out[i] = Number(answer.value === condition.is);
      else if ('in' in condition) out[i] = Number(condition.in.includes(answer.value as string));
      else if ('has' in condition) out[i] = Number(Array.isArray(answer.value) && answer.value.includes(condition.has));
      else out[i] = Number(Object.values((answer.value as { [r: string]: { [c: string]: unknown } })[row!] ?? {}).includes(true));
    }
    return out;
  }
}
