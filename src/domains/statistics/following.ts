/**
 * Figures follow the questions that they read: a definition written with the keys of one version is read with those of another, and answers of the release before
 * stand under the names of this one. What becomes of a name is the questionnaire's to say (`lineage.ts` there); here it is only applied. Pure.
 */
import { type Answer, type Answers, followKeys, type Followed, lineageSentence, summedAnswer, type VersionNames } from '../questionnaire/index.ts';
import { REGISTER_QUESTIONS } from '../registry/index.ts';
import { questionsOf, refs, VOLUME_KEY } from './engine.ts';
import type { Condition, FigureDefinition, FrozenUnit, Measure, PastNames, ValueRef } from './model.ts';

type Lost = Extract<Followed, { readonly lost: true }>;
/** The definition, or why it cannot follow, in a sentence. */
export type Translated = { readonly definition: FigureDefinition } | { readonly lost: string };

/** How keys whose sum is meant are asked in the version wanted. */
export type Follow = (keys: readonly string[]) => Followed;

const lossWords = ({ year, event }: Lost): string => (event ? `${lineageSentence(event).replace(/\s*\.$/, '')} (questionnaire ${year}).` : `Le questionnaire ${year} ne pose pas cette question.`);

/** The definition under the names of another version: renamed keys take their other name, merged ones are added up. Lost as soon as one of its questions is. */
export function translated(definition: FigureDefinition, follow: Follow): Translated {
  let lost: string | undefined;
  const followed = (keys: readonly string[]): readonly string[] => {
    const found = follow(keys);
    if ('keys' in found) return found.keys;
    lost ??= lossWords(found);
    return keys;
  };
  /** A cell, a choice: nothing to add up; and a fact of the register is known there under one name only. */
  const single = (key: string): string => {
    const [found = key, ...more] = followed([key]);
    if (more.length > 0) lost ??= `Plusieurs questions ont pris la place de ${key}\u00a0: une case ou un choix ne s’additionne pas.`;
    else if (found !== key && REGISTER_QUESTIONS.includes(key)) lost ??= `Le répertoire ne connaît ${found} que sous le nom de ${key}.`;
    return found;
  };
  const place = (ref: string): string => {
    const [key = '', ...cell] = ref.split('.');
    return [single(key), ...cell].join('.');
  };
  const value = (ref: ValueRef): ValueRef => {
    const whole = refs(ref).filter((r) => !r.includes('.'));
    const found = [...(whole.length > 0 ? followed(whole) : []), ...refs(ref).filter((r) => r.includes('.')).map(place)];
    return found.length === 1 ? found[0]! : found;
  };
  const condition = (c: Condition): Condition => {
    if ('not' in c) return { not: condition(c.not) };
    if ('all' in c) return { all: c.all.map(condition) };
    if ('any' in c) return { any: c.any.map(condition) };
    return 'positive' in c ? { ...c, q: value(c.q) } : { ...c, q: place(c.q) };
  };
  const measure = ((m: Measure): Measure => {
    switch (m.kind) {
      case 'count': case 'share': return { ...m, where: condition(m.where) };
      case 'sum': case 'mean': case 'quantile': case 'change': return { ...m, of: value(m.of) };
      case 'ratio': return { ...m, of: value(m.of), to: value(m.to) };
      case 'population': case 'population_share': return m.by === 'volume' ? { ...m, weight: value(m.weight ?? VOLUME_KEY) } : m;
      default: return m;
    }
  })(definition.measure);
  return lost ? { lost } : { definition: { ...definition, measure } };
}

/** A definition whose names are all asked as they are needs no following. */
export const asWritten = (definition: FigureDefinition, asked: (key: string) => boolean): boolean => questionsOf(definition).every(asked);

export interface PastRelease {
  readonly mainYear: number;
  readonly units: readonly FrozenUnit[];
  readonly names: ReadonlyMap<string, PastNames>;
}

/** How each key of version `year` was asked in version `earlier`, when it was under another name or is not comparable. A key that was not asked there is left as it is. */
export function pastNames(versions: readonly VersionNames[], keys: Iterable<string>, year: number, earlier: number): ReadonlyMap<string, PastNames> {
  const names = new Map<string, PastNames>();
  for (const key of keys) {
    if (!versions.find((v) => v.year === year)!.questions.some((q) => q.key === key)) continue;
    const found = followKeys(versions, [key], year, earlier);
    if ('keys' in found) {
      if (found.keys.length > 1 || found.keys[0] !== key) names.set(key, { keys: found.keys });
    } else if (found.event) names.set(key, { lost: lossWords(found) });
  }
  return names;
}

/** Units of the release before, their answers under the names of this version; an answer that is not comparable is left out, a sum with a disputed part is disputed. */
export function underNames(units: readonly FrozenUnit[], names: ReadonlyMap<string, PastNames>): readonly FrozenUnit[] {
  if (names.size === 0) return units;
  const away = new Set([...names].flatMap(([key, past]) => ('keys' in past ? [key, ...past.keys] : [key])));
  const renamed = (answers: Answers): Answers => {
    const out: { [key: string]: Answer } = Object.fromEntries(Object.entries(answers).filter(([key]) => !away.has(key)));
    for (const [key, past] of names) {
      const answer = 'keys' in past ? summedAnswer(past.keys.map((k) => answers[k])) : undefined;
      if (answer) out[key] = answer;
    }
    return out;
  };
  const disputed = (keys: readonly string[]): readonly string[] =>
    [...keys.filter((key) => !away.has(key)), ...[...names].flatMap(([key, past]) => ('keys' in past && past.keys.some((k) => keys.includes(k)) ? [key] : []))];
  const byYear = <T>(of: { readonly [year: string]: T }, change: (value: T) => T): { readonly [year: string]: T } => Object.fromEntries(Object.entries(of).map(([year, value]) => [year, change(value)]));
  return units.map((unit) => ({ ...unit, answers: byYear(unit.answers, renamed), ...(unit.disputed ? { disputed: byYear(unit.disputed, disputed) } : {}) }));
}
