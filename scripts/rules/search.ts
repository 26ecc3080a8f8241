/**
 * Sheets on both sides of a rule, found by search: each cell that the rule reads is moved to the value where a comparison turns (by a secant, as
 * comparisons are nearly all linear) and to its neighbours, each choice is made and unmade, each answer taken back, from several starts. Among them a
 * few are kept that together tell the rule from its mutants.
 */
import { type CompiledRule, type CompiledVersion, evaluateAll, type Question, type QuestionnaireVersion, type Rule } from '../../src/domains/questionnaire/index.ts';
import { contextOfCase, type Given, type RuleCase, standsAt } from '../../src/domains/questionnaire/fixtures/rule-cases.ts';
import { sampleAnswers } from '../../src/domains/questionnaire/fixtures/sample.ts';
import { compiledAlone, type Mutant } from './mutate.ts';

type Try = Omit<RuleCase, 'fires'>;

/** Whether a rule speaks. */
export const fires = (compiled: CompiledVersion, ruleId: string, one: Try): boolean => evaluateAll(compiled, contextOfCase({ ...one, fires: false })).some((f) => f.ruleId === ruleId);

/** Mutants that some case tells from the rule. */
export function caught(version: QuestionnaireVersion, mutants: readonly Mutant[], cases: readonly RuleCase[]): readonly Mutant[] {
  return mutants.filter(({ rule }) => {
    const compiled = compiledAlone(version, rule)!;
    return cases.some((one) => fires(compiled, rule.id, one) !== one.fires);
  });
}

interface Place {
  readonly name: string;
  readonly question: Question;
  readonly row?: string;
  readonly column?: string;
  readonly numeric: boolean;
  readonly step: number;
}

/** Cases that together catch what can be caught of `mutants`, few and small; those that none catches come back too. */
export function proposeCases(version: QuestionnaireVersion, rule: Rule, mutants: readonly Mutant[], starts: readonly RuleCase[], random: () => number): { readonly cases: readonly RuleCase[]; readonly survivors: readonly Mutant[] } {
  const own = compiledAlone(version, rule)!;
  const tries = candidates(version, own, rule, mutants, starts.map(withoutVerdict), random).toSorted((a, b) => sizeOf(a) - sizeOf(b));
  const outcome = tries.map((t) => fires(own, rule.id, t));
  const kept: RuleCase[] = [];
  const keep = (i: number): void => void kept.push({ fires: outcome[i]!, ...tries[i]! });
  // one on each side first
  for (const side of [true, false]) {
    const i = outcome.indexOf(side);
    if (i >= 0 && (side || sizeOf(tries[i]!) > 0)) keep(i);
  }
  const survivors: Mutant[] = [];
  for (const mutant of mutants) {
    const compiled = compiledAlone(version, mutant.rule)!;
    if (kept.some((one) => fires(compiled, rule.id, one) !== one.fires)) continue;
    const i = tries.findIndex((t, at) => fires(compiled, rule.id, t) !== outcome[at]);
    if (i < 0) survivors.push(mutant);
    else keep(i);
  }
  return { cases: withoutNeedless(version, mutants, kept), survivors };
}

const withoutVerdict = (one: RuleCase): Try => Object.fromEntries(Object.entries(one).filter(([name]) => name !== 'fires'));

/** Leaves out each case that the others make needless, the largest first; one that fires and one that does not always stay. */
function withoutNeedless(version: QuestionnaireVersion, mutants: readonly Mutant[], cases: readonly RuleCase[]): readonly RuleCase[] {
  const kills = new Map(cases.map((one) => [one, new Set(mutants.filter((m) => fires(compiledAlone(version, m.rule)!, m.rule.id, one) !== one.fires))]));
  let left = [...cases];
  for (const one of cases.toSorted((a, b) => sizeOf(b) - sizeOf(a))) {
    const others = left.filter((c) => c !== one);
    if (!others.some((c) => c.fires) || (!one.fires && !others.some((c) => !c.fires))) continue;
    if ([...kills.get(one)!].every((m) => others.some((c) => kills.get(c)!.has(m)))) left = others;
  }
  return left;
}

const ruleIn = (compiled: CompiledVersion, rule: Rule): CompiledRule => compiled.ruleById.get(rule.id)!;

const sizeOf = (one: Try): number => Object.keys(one.set ?? {}).length + Object.keys(one.before ?? {}).length + (one.kind ? 2 : 0) + (one.outlier ? 1 : 0);

function placesOf(version: QuestionnaireVersion, own: CompiledVersion, rule: Rule, mutants: readonly Mutant[]): Place[] {
  // what a mutant reads by mistake must be able to differ
  const keys = new Set([ruleIn(own, rule), ...mutants.map((m) => ruleIn(compiledAlone(version, m.rule)!, m.rule))].flatMap((r) => r.reads));
  // what shows or hides a question that is read
  for (const key of keys) for (const [k, affected] of own.affectedBy) if (affected.has(key)) keys.add(k);
  const named = new Set([...rule.assert.matchAll(/[a-z_]+\.([a-z0-9_]+)\.[a-z_]+/gu), ...(rule.when ?? '').matchAll(/[a-z_]+\.([a-z0-9_]+)\.[a-z_]+/gu)].map((m) => m[0]));
  return version.questions.filter((q) => keys.has(q.key)).flatMap((question): Place[] => {
    if (!question.table) return [{ name: question.key, question, numeric: ['integer', 'decimal', 'money', 'percentage'].includes(question.kind), step: 10 ** -(question.decimals ?? 0) }];
    // of a whole column, two rows are enough; of a named cell, itself and the next row (which a mutant reads)
    const rows = question.table.rows.map((r) => r.code);
    const wanted = new Set([0, 1, rows.length - 1]);
    for (const name of named) if (name.startsWith(`${question.key}.`)) for (const d of [0, 1]) wanted.add((rows.indexOf(name.split('.')[1]!) + d) % rows.length);
    return [...wanted].flatMap((r) => question.table!.columns.map((c) => ({
      name: `${question.key}.${rows[r]}.${c.code}`, question, row: rows[r]!, column: c.code, numeric: c.kind !== 'boolean', step: 10 ** -(c.decimals ?? 0),
    })));
  });
}

function candidates(version: QuestionnaireVersion, own: CompiledVersion, rule: Rule, mutants: readonly Mutant[], starts: readonly Try[], random: () => number): Try[] {
  const places = placesOf(version, own, rule, mutants);
  const previous = ruleIn(own, rule).readsPrevious;
  const found = new Map<string, Try>();
  const add = (one: Try): void => void found.set(JSON.stringify(one), one);
  if (ruleIn(own, rule).functions.has('outlier'))
    for (const z of [3.4, 3.5, 3.6, 4, 9]) for (const group of [8, 9, 10, 11, 40]) add({ outlier: { z, group } });
  if (ruleIn(own, rule).functions.has('on_behalf_reviewed')) for (const reviewed of [true, false]) add({ reviewed });
  const firstStarts: Try[] = [{}, ...starts, ...rule.appliesTo.filter((k) => k !== 'CS').flatMap((kind) => [{ kind }, ...starts.map((s) => ({ ...s, kind }))])];
  const single = firstStarts.flatMap((s) => [s, ...moves(own, rule, places, s, previous)]);
  for (const one of single) add(one);
  // a second move from each choice made differently, which opens another branch of the rule
  const turned = single.filter((one) => sizeOf(one) <= 3 && (one.before !== undefined || Object.values(one.set ?? {}).some((v) => typeof v !== 'number' && v !== null)));
  for (const one of turned) for (const two of moves(own, rule, places, one, previous)) add(two);
  // two numbers at a time
  const numeric = places.filter((p) => p.numeric);
  for (let n = 0; n < 500 && numeric.length > 0; n++) {
    const pick = (): Place => numeric[Math.floor(random() * numeric.length)]!;
    const base = firstStarts[Math.floor(random() * firstStarts.length)]!;
    const set: { [place: string]: Given } = { ...base.set };
    for (let i = 0; i < 3; i++) set[pick().name] = Math.floor(random() * 6) * (random() < 0.6 ? 1 : 20);
    const one = { ...base, set };
    add(one);
    if (n % 6 === 0) for (const more of moves(own, rule, numeric.slice(0, 4), one, false)) add(more);
  }
  return [...found.values()];
}

/** One answer moved. */
function moves(own: CompiledVersion, rule: Rule, places: readonly Place[], start: Try, previous: boolean): Try[] {
  const results: Try[] = [];
  const put = (place: Place, value: Given): void => void results.push({ ...start, set: { ...start.set, [place.name]: value } });
  const putBefore = (place: Place, value: Given): void => void results.push({ ...start, before: { ...start.before, [place.name]: value } });
  for (const place of places) {
    const { question, row, column } = place;
    const now = standsAt(contextOfCase({ fires: false, ...start }).answers, question, row, column);
    put(place, null);
    if (row === undefined) {
      if (question.unknownAllowed) put(place, { state: 'unknown' });
      if (question.notConcernedAllowed) put(place, { state: 'not_concerned' });
    }
    if (previous) putBefore(place, null);
    if (place.numeric) {
      for (const value of [-1, 0, 1, 2, ...turningPoints(own, rule.id, place, start, typeof now === 'number' ? now : 10)]) put(place, value);
      if (previous) for (const value of [0, 10, typeof now === 'number' ? now : 10, Math.round((typeof now === 'number' ? now : 10) / 10), 2 * (typeof now === 'number' ? now : 10) + 100, 10 * (typeof now === 'number' ? now : 10)]) putBefore(place, value);
    } else if (question.kind === 'single') {
      for (const option of question.options!) put(place, option.code);
      if (previous) putBefore(place, question.options!.find((o) => o.code !== now)!.code);
    } else if (question.kind === 'multiple') {
      const chosen = Array.isArray(now) ? (now as string[]) : [];
      for (const option of question.options!) put(place, chosen.includes(option.code) ? chosen.filter((c) => c !== option.code) : [...chosen, option.code]);
      put(place, [question.options!.at(-1)!.code]);
    } else if (question.kind === 'date') {
      for (const value of dates(own, rule)) put(place, value);
    } else if (question.kind === 'text') put(place, 'Un mot');
    else if (column !== undefined) for (const value of [true, false]) put(place, value);
  }
  return results;
}

/** Around each value of a cell where a comparison of the rule changes: itself, one step below, one above. */
function turningPoints(own: CompiledVersion, ruleId: string, place: Place, start: Try, now: number): number[] {
  const outcomeAt = (value: number): boolean => fires(own, ruleId, { ...start, set: { ...start.set, [place.name]: value } });
  const grid = [...new Set([0, 1, 2, 3, 5, 10, 25, 60, now / 10, now / 2, now, now * 1.05, now * 1.5, now * 2, now * 10, 1000, 20_000, 1e6].map((v) => rounded(v, place.step)))].toSorted((a, b) => a - b);
  const points: number[] = [];
  for (const [a, b] of grid.slice(1).map((high, i) => [grid[i]!, high] as const)) {
    let [low, high] = [a, b];
    const left = outcomeAt(low);
    if (left === outcomeAt(high)) continue;
    while (high - low > place.step * 1.5) {
      const middle = rounded((low + high) / 2, place.step);
      if (middle <= low || middle >= high) break;
      if (outcomeAt(middle) === left) low = middle;
      else high = middle;
    }
    points.push(low, high, rounded(low - place.step, place.step), rounded(high + place.step, place.step));
  }
  // an equality turns at one value only, which a grid misses: the value that the sample has, and its neighbours
  points.push(now, rounded(now - place.step, place.step), rounded(now + place.step, place.step), ...(place.step < 1 ? [rounded(now + 0.1, place.step), rounded(now - 0.1, place.step), rounded(now + 0.11, place.step)] : []), now + 2, now - 2, now + 3, now - 3, now + 10, now - 10, now + 11, now - 11);
  return points.filter((v) => v >= 0 || place.question.kind === 'money');
}

const rounded = (value: number, step: number): number => Number((Math.round(value / step) * step).toFixed(2));

/** Dates around those of the sample: each bound of the rule's own numbers is tried to the day. */
function dates(own: CompiledVersion, rule: Rule): string[] {
  const start = standsAt(sampleAnswers, own.questions.get('approval_start')!) as string;
  const day = (from: string, days: number): string => new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
  const lengths = Object.values(rule.params);
  return [...new Set(['2022-12-31', '2023-01-01', '2024-12-31', '2025-01-01', '2025-12-31', '2026-01-01', ...[0, 1, -1, ...lengths.flatMap((n) => [n - 1, n, n + 1])].map((n) => day(start, n))])];
}

