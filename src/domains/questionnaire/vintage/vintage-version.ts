/** The questionnaire of an earlier survey, made from its mapping and the version whose keys it uses. Pure. */
import type { Lineage, Question, QuestionnaireVersion } from '../model.ts';
import type { MappedColumn, VintageMapping } from './mapping.ts';

/**
 * Each question as it was asked then, all optional, without condition, calculation, prefilling nor check: those answers were checked in their time.
 * In the order of today's questions. `base`: the version that the mapping looks towards.
 */
export function vintageContent(mapping: VintageMapping, base: QuestionnaireVersion): Omit<QuestionnaireVersion, 'contentHash'> {
  const byQuestion = Map.groupBy(mapping.columns, (c) => c.question);
  const order = new Map(base.questions.map((q, i) => [q.key, i]));
  const today = (entries: readonly MappedColumn[]): Question => base.questions.find((q) => q.key === (entries[0]!.split?.into[0] ?? entries[0]!.question))!;
  const asked = [...byQuestion].toSorted(([, a], [, b]) => order.get(today(a).key)! - order.get(today(b).key)!);
  const questions = asked.map(([key, entries]) => questionThen(key, entries, today(entries), mapping));
  const used = (of: (q: Question) => string | undefined): ReadonlySet<string | undefined> => new Set(questions.map(of));
  const kept = (words: { readonly [code: string]: string }, codes: ReadonlySet<string | undefined>): { readonly [code: string]: string } => Object.fromEntries(Object.entries(words).filter(([code]) => codes.has(code)));
  const becomes = asked.flatMap(([key, entries]): Lineage[] => {
    const [split, broken] = [entries.find((e) => e.split)?.split, entries.find((e) => e.break)?.break];
    return split ? [{ kind: 'split', from: [key], to: split.into, note: split.note }] : broken ? [{ kind: 'break', from: [key], to: [key], note: broken }] : [];
  });
  return {
    year: mapping.year, title: mapping.title, dataYears: [{ year: mapping.dataYear, keys: 'all' }],
    dimensions: kept(base.dimensions, used((q) => q.dimension)), rubrics: kept(base.rubrics, used((q) => q.rubric)), modules: base.modules.filter((m) => used((q) => q.module).has(m.code)),
    questions, rules: [], ...(becomes.length > 0 ? { becomes } : {}),
  };
}

function questionThen(key: string, entries: readonly MappedColumn[], today: Question, mapping: VintageMapping): Question {
  const told = <K extends 'label' | 'code' | 'options'>(field: K): MappedColumn[K] => entries.find((e) => e[field] !== undefined)?.[field];
  const { computed: _, note: __, table, options, ...rest } = today;
  const were = told('options');
  return {
    ...rest, key, code: told('code') ?? today.code, label: told('label') ?? today.label, help: '', appliesTo: mapping.appliesTo ?? today.appliesTo,
    relevance: null, required: false, zeroNotBlank: false, unknownAllowed: true, notConcernedAllowed: true, prefill: 'none', feeds: [],
    ...(options ? { options: were ? options.filter((o) => were[o.code] !== undefined).map((o) => ({ ...o, label: were[o.code]! })) : options } : {}),
    // a total may be of a question that was not asked then
    ...(table ? { table: { rows: table.rows, columns: table.columns, ...(table.rowsExclusive === undefined ? {} : { rowsExclusive: table.rowsExclusive }), ...(table.groups ? { groups: table.groups } : {}) } } : {}),
  };
}
