/** What changes from one version to another, in words. Pure. */
import { canonical } from '../fingerprint.ts';
import { KIND_LABELS, SEVERITY_LABELS, unitLabel } from '../labels.ts';
import type { Lineage, Question, QuestionnaireVersion, Rule, TableShape } from '../model.ts';
import { LEVEL_LABELS, LINEAGE_LABELS, PERIOD_LABELS, PREFILL_LABELS, QUESTION_FIELD_LABELS, RULE_FIELD_LABELS, SENSITIVITY_LABELS, STAGE_LABELS } from './field-labels.ts';

export interface Difference {
  readonly what: 'added' | 'dropped' | 'changed';
  readonly kind: 'version' | 'rubric' | 'module' | 'question' | 'rule';
  /** Key, id or code in the later version (in the earlier one when dropped). */
  readonly id: string;
  /** `C02 Nombre de salariés`, `Contrôle K014`. */
  readonly name: string;
  /** One sentence each; empty for what is simply added. */
  readonly sentences: readonly string[];
}

export const nameOfQuestion = (q: Question): string => `${q.code} ${q.label}`;

/** In the order of reading: head, rubrics, modules, questions, rules. */
export function differences(before: QuestionnaireVersion, after: QuestionnaireVersion): readonly Difference[] {
  return [...headDifferences(before, after), ...questionDifferences(before, after), ...ruleDifferences(before, after)];
}

function headDifferences(before: QuestionnaireVersion, after: QuestionnaireVersion): readonly Difference[] {
  const years = (v: QuestionnaireVersion): string => v.dataYears.map((d) => (d.keys === 'all' ? String(d.year) : `${d.year} (${d.keys.length} questions)`)).join(', ');
  const head = [...said('Titre', before.title, after.title), ...said('Années de données', years(before), years(after))];
  const dictionary = (kind: 'rubric' | 'module', word: string, a: { readonly [code: string]: string }, b: { readonly [code: string]: string }): Difference[] =>
    [...new Set([...Object.keys(a), ...Object.keys(b)])].toSorted().flatMap((code): Difference[] =>
      a[code] === b[code] ? [] : [{ what: a[code] === undefined ? 'added' : b[code] === undefined ? 'dropped' : 'changed', kind, id: code, name: `${word} ${code} ${b[code] ?? a[code]}`, sentences: a[code] !== undefined && b[code] !== undefined ? said('Intitulé', a[code], b[code]) : [] }],
    );
  const modules = (v: QuestionnaireVersion): { readonly [code: string]: string } => Object.fromEntries(v.modules.map((m) => [m.code, m.label]));
  return [
    ...(head.length > 0 ? [{ what: 'changed', kind: 'version', id: '', name: 'L’ensemble', sentences: head } as const] : []),
    ...dictionary('rubric', 'Rubrique', before.rubrics, after.rubrics),
    ...dictionary('module', 'Module', modules(before), modules(after)),
  ];
}

function questionDifferences(before: QuestionnaireVersion, after: QuestionnaireVersion): readonly Difference[] {
  const old = new Map(before.questions.map((q) => [q.key, q]));
  const present = new Set(after.questions.map((q) => q.key));
  const lineage = after.lineage ?? [];
  const renamedFrom = (key: string): Lineage | undefined => lineage.find((l) => l.to.includes(key));
  const gone = new Map(lineage.flatMap((l) => l.from.map((key) => [key, l] as const)));
  const found: Difference[] = [];
  for (const question of after.questions) {
    const event = renamedFrom(question.key);
    const earlier = event?.kind === 'renamed' || event?.kind === 'break' ? old.get(event.from[0]!) : old.get(question.key);
    const history = event ? [lineageSentence(event, before)] : [];
    if (!earlier) found.push({ what: 'added', kind: 'question', id: question.key, name: nameOfQuestion(question), sentences: [`${KIND_LABELS[question.kind]}, pour les ${question.appliesTo.join(' et ')}.`, ...history] });
    else {
      const sentences = [...history, ...questionSentences(earlier, question)];
      if (sentences.length > 0) found.push({ what: 'changed', kind: 'question', id: question.key, name: nameOfQuestion(question), sentences });
    }
  }
  for (const question of before.questions) {
    const event = gone.get(question.key);
    if (!present.has(question.key) && event?.kind !== 'renamed' && !(event?.kind === 'break'))
      found.push({ what: 'dropped', kind: 'question', id: question.key, name: nameOfQuestion(question), sentences: event ? [lineageSentence(event, before)] : [] });
  }
  return found;
}

/** `Renommée (avant : staff_total) : le mot prêtait à confusion.` */
export function lineageSentence({ kind, from, to, note }: Lineage, before?: QuestionnaireVersion): string {
  const name = (key: string): string => {
    const question = before?.questions.find((q) => q.key === key);
    return question ? `${question.code} ${key}` : key;
  };
  const how = kind === 'renamed' || kind === 'merged' || (kind === 'break' && from[0] !== to[0]) ? ` (avant : ${from.map(name).join(', ')})` : kind === 'split' ? ` (${name(from[0]!)} devient ${to.join(', ')})` : '';
  return `${LINEAGE_LABELS[kind]}${how} : ${note}`;
}

const said = (label: string, a: string, b: string): string[] => (a === b ? [] : [a === '' ? `${label} ajouté : « ${b} ».` : b === '' ? `${label} retiré : « ${a} ».` : `${label} : « ${a} » devient « ${b} ».`]);

const yesNo = (value: unknown): string => (value ? 'oui' : 'non');
const worded = (field: keyof Question | keyof Rule, value: unknown): string => {
  if (value === undefined || value === null || value === '') return '';
  const words: { readonly [name: string]: { readonly [code: string]: string } } = {
    kind: KIND_LABELS, level: LEVEL_LABELS, referencePeriod: PERIOD_LABELS, prefill: PREFILL_LABELS, sensitivity: SENSITIVITY_LABELS, severity: SEVERITY_LABELS, stage: STAGE_LABELS,
  };
  if (field === 'unit') return unitLabel(String(value));
  if (typeof value === 'boolean') return yesNo(value);
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'object') return Object.entries(value as object).map(([name, n]) => `${name} ${String(n)}`).join(', ');
  return words[field]?.[String(value)] ?? (typeof value === 'number' ? String(value).replace('.', ',') : String(value));
};

export function questionSentences(a: Question, b: Question): readonly string[] {
  const fields = (Object.keys(QUESTION_FIELD_LABELS) as (keyof Question)[]).filter((f) => !['key', 'options', 'table'].includes(f) && canonical(a[f] ?? null) !== canonical(b[f] ?? null));
  return [
    ...fields.flatMap((f) => said(QUESTION_FIELD_LABELS[f]!, worded(f, a[f]), worded(f, b[f]))),
    ...listSentences('Réponse possible', a.options ?? [], b.options ?? []),
    ...tableSentences(a.table, b.table),
  ];
}

interface Coded {
  readonly code: string;
  readonly label: string;
}
function listSentences(word: string, a: readonly Coded[], b: readonly Coded[]): readonly string[] {
  const old = new Map(a.map((i) => [i.code, i]));
  const now = new Map(b.map((i) => [i.code, i]));
  const kept = a.filter((i) => now.has(i.code)).map((i) => i.code);
  return [
    ...b.filter((i) => !old.has(i.code)).map((i) => `${word} ajoutée : « ${i.label} ».`),
    ...a.filter((i) => !now.has(i.code)).map((i) => `${word} retirée : « ${i.label} ».`),
    ...b.flatMap((i) => {
      const was = old.get(i.code);
      if (!was || canonical(was) === canonical(i)) return [];
      return was.label === i.label ? [`${word} « ${i.label} » : ses réglages changent.`] : [`${word} : « ${was.label} » devient « ${i.label} ».`];
    }),
    ...(kept.join() === b.filter((i) => old.has(i.code)).map((i) => i.code).join() ? [] : [`${word} : l’ordre change.`]),
  ];
}

function tableSentences(a: TableShape | undefined, b: TableShape | undefined): readonly string[] {
  if (!a || !b) return [];
  return [
    ...listSentences('Ligne', a.rows, b.rows),
    ...listSentences('Colonne', a.columns, b.columns),
    ...(canonical([a.total, a.rowsExclusive, a.groups]) === canonical([b.total, b.rowsExclusive, b.groups]) ? [] : ['Totaux et regroupements du tableau : ils changent.']),
  ];
}

function ruleDifferences(before: QuestionnaireVersion, after: QuestionnaireVersion): readonly Difference[] {
  const old = new Map(before.rules.map((r) => [r.id, r]));
  const now = new Set(after.rules.map((r) => r.id));
  return [
    ...after.rules.flatMap((rule): Difference[] => {
      const was = old.get(rule.id);
      if (!was) return [{ what: 'added', kind: 'rule', id: rule.id, name: `Contrôle ${rule.id}`, sentences: [rule.message] }];
      const sentences = ruleSentences(was, rule);
      return sentences.length > 0 ? [{ what: 'changed', kind: 'rule', id: rule.id, name: `Contrôle ${rule.id}`, sentences }] : [];
    }),
    ...before.rules.filter((r) => !now.has(r.id)).map((rule): Difference => ({ what: 'dropped', kind: 'rule', id: rule.id, name: `Contrôle ${rule.id}`, sentences: [rule.message] })),
  ];
}

export const ruleSentences = (a: Rule, b: Rule): readonly string[] =>
  (Object.keys(RULE_FIELD_LABELS) as (keyof Rule)[]).filter((f) => canonical(a[f] ?? null) !== canonical(b[f] ?? null)).flatMap((f) => said(RULE_FIELD_LABELS[f]!, worded(f, a[f]), worded(f, b[f])));
