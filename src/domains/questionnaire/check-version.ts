/** What one question or rule alone cannot tell: names that meet, expressions, totals, data years, modules. */
import { checkExpression } from './expression/check.ts';
import type { ValueType } from './expression/functions.ts';
import { parseExpression } from './expression/parse.ts';
import { scopeOf } from './compiled-version.ts';
import { KNOWN_UNITS } from './labels.ts';
import type { LineageKind, Question, QuestionnaireVersion } from './model.ts';
import { duplicates, type Fault } from './parsing.ts';

/** Where an item was written. */
export interface Origin {
  readonly file: string;
  readonly place: string;
}
export interface Origins {
  readonly head: Origin;
  /** by question key */
  readonly questions: ReadonlyMap<string, Origin>;
  /** by rule id */
  readonly rules: ReadonlyMap<string, Origin>;
}

/** Faults of a whole version; empty when it may be stored and compiled. */
export function checkVersion(version: QuestionnaireVersion, origins: Origins): readonly Fault[] {
  const faults: Fault[] = [];
  const head = (place: string, message: string): void => void faults.push({ file: origins.head.file, place: `$.${place}`, message });
  const questions = new Map(version.questions.map((q) => [q.key, q]));
  const scope = scopeOf(version);
  const relevanceReads = new Map<string, readonly string[]>();

  const expression = (origin: Origin, field: string, text: string, expected: ValueType, params?: { readonly [name: string]: number }): readonly string[] => {
    const parsed = parseExpression(text);
    const checked = parsed.ok ? checkExpression(text, parsed.value, params ? { ...scope, params: new Set(Object.keys(params)) } : scope, expected) : undefined;
    for (const fault of parsed.ok ? checked!.faults : [parsed.error])
      faults.push({ file: origin.file, place: `${origin.place}.${field}`, line: fault.line, column: fault.column, message: fault.message, pointer: fault.pointer });
    return checked?.reads ?? [];
  };

  for (const key of duplicates(version.questions.map((q) => q.key))) head('questions', `la clé « ${key} » désigne deux questions.`);
  for (const code of duplicates(version.questions.map((q) => q.code))) head('questions', `le code « ${code} » désigne deux questions.`);
  for (const id of duplicates(version.rules.map((r) => r.id))) head('rules', `« ${id} » désigne deux contrôles.`);

  for (const question of version.questions) {
    const origin = origins.questions.get(question.key) ?? origins.head;
    const fault = (field: string, message: string): void => void faults.push({ file: origin.file, place: `${origin.place}.${field}`, message });
    if (!(question.rubric in version.rubrics)) fault('rubric', `la rubrique « ${question.rubric} » n’existe pas.`);
    if (!(question.dimension in version.dimensions)) fault('dimension', `la dimension « ${question.dimension} » n’existe pas.`);
    const module = version.modules.find((m) => m.code === question.module);
    if (question.module !== undefined && !module) fault('module', `le module « ${question.module} » n’existe pas.`);
    if (module && (question.level === 'local') !== (module.territory !== undefined)) fault('level', 'une question locale appartient au module d’un territoire, et elle seule.');
    for (const unit of [question.unit, ...(question.table?.columns.map((c) => c.unit) ?? [])]) if (unit && !KNOWN_UNITS.has(unit)) fault('unit', `l’unité « ${unit} » n’a pas de nom français.`);
    if (question.relevance) relevanceReads.set(question.key, expression(origin, 'relevance', question.relevance, 'truth'));
    if (question.computed) expression(origin, 'computed', question.computed, 'number');
    for (const [column, total] of Object.entries(question.table?.total ?? {})) {
      if (!question.table!.columns.some((c) => c.code === column)) fault(`table.total.${column}`, 'cette colonne n’existe pas.');
      if (total !== true && !isQuantity(questions, total)) fault(`table.total.${column}`, `« ${String(total)} » n’est ni un nombre du questionnaire ni « true ».`);
    }
    for (const row of groupedRows(question)) if (!question.table!.rows.some((r) => r.code === row)) fault('table.groups', `la ligne « ${row} » n’existe pas.`);
  }
  for (const loop of loops(relevanceReads)) {
    const origin = origins.questions.get(loop[0]!) ?? origins.head;
    faults.push({ file: origin.file, place: `${origin.place}.relevance`, message: `ces questions s’affichent l’une selon l’autre : ${loop.join(' → ')}.` });
  }
  for (const rule of version.rules) {
    const origin = origins.rules.get(rule.id) ?? origins.head;
    if (rule.when) expression(origin, 'when', rule.when, 'truth', rule.params);
    expression(origin, 'assert', rule.assert, 'truth', rule.params);
  }
  version.dataYears.forEach(({ year, keys }, i) => {
    if (i === 0 && keys !== 'all') head('dataYears[0].keys', 'la première année de données pose toutes les questions : « all ».');
    if (i > 0 && year >= version.dataYears[i - 1]!.year) head(`dataYears[${i}].year`, 'les années de données vont de la plus récente à la plus ancienne.');
    if (year >= version.year) head(`dataYears[${i}].year`, 'une campagne porte sur des années passées.');
    if (keys === 'all') return;
    for (const key of keys) {
      if (!questions.has(key)) head(`dataYears[${i}].keys`, `aucune question ne s’appelle « ${key} ».`);
      for (const read of relevanceReads.get(key) ?? []) if (!keys.includes(read)) head(`dataYears[${i}].keys`, `« ${key} » s’affiche selon « ${read} », qui n’est pas demandée pour ${year}.`);
    }
  });
  checkLineage(version, questions, head);
  return faults;
}

const LINEAGE_SHAPES: { readonly [kind in LineageKind]: { readonly fits: (from: number, to: number) => boolean; readonly wanted: string } } = {
  renamed: { fits: (from, to) => from === 1 && to === 1, wanted: 'une question renommée a une ancienne clé et une nouvelle.' },
  split: { fits: (from, to) => from === 1 && to > 1, wanted: 'une question scindée a une ancienne clé et plusieurs nouvelles.' },
  merged: { fits: (from, to) => from > 1 && to === 1, wanted: 'une fusion a plusieurs anciennes clés et une nouvelle.' },
  dropped: { fits: (from, to) => from === 1 && to === 0, wanted: 'une question abandonnée a une ancienne clé et aucune nouvelle.' },
  break: { fits: (from, to) => from === 1 && to === 1, wanted: 'une rupture nomme une ancienne clé et une nouvelle (la même, le plus souvent).' },
};

/** What a version alone can tell of its lineage; readiness.ts compares it with the version followed. */
function checkLineage(version: QuestionnaireVersion, questions: ReadonlyMap<string, Question>, head: (place: string, message: string) => void): void {
  const lineage = version.lineage ?? [];
  if (version.follows !== undefined && version.follows >= version.year) head('follows', 'une version suit celle d’une année passée.');
  lineage.forEach(({ kind, from, to }, i) => {
    const { fits, wanted } = LINEAGE_SHAPES[kind];
    if (!fits(from.length, to.length)) head(`lineage[${i}]`, wanted);
    for (const key of to) if (!questions.has(key)) head(`lineage[${i}].to`, `aucune question ne s’appelle « ${key} ».`);
    if (kind === 'renamed' || kind === 'dropped') for (const key of from) if (questions.has(key)) head(`lineage[${i}].from`, `« ${key} » est encore une question de cette version.`);
  });
  (version.becomes ?? []).forEach(({ kind, from, to }, i) => {
    if (kind !== 'break' && kind !== 'split') head(`becomes[${i}].kind`, 'une version venue après coup ne dit que ses ruptures et ses questions scindées.');
    else if (!LINEAGE_SHAPES[kind].fits(from.length, to.length)) head(`becomes[${i}]`, LINEAGE_SHAPES[kind].wanted);
    for (const key of from) if (!questions.has(key)) head(`becomes[${i}].from`, `aucune question ne s’appelle « ${key} ».`);
  });
  for (const key of duplicates(lineage.flatMap((l) => l.to))) head('lineage', `« ${key} » a deux origines.`);
}

function isQuantity(questions: ReadonlyMap<string, Question>, target: string | true): boolean {
  if (target === true) return true;
  const [key = '', row, column] = target.split('.');
  const question = questions.get(key);
  if (row === undefined) return question !== undefined && ['integer', 'decimal', 'money', 'percentage'].includes(question.kind);
  return question?.table?.rows.some((r) => r.code === row) === true && question.table.columns.some((c) => c.code === column && c.kind !== 'boolean');
}

const groupedRows = (question: Question): readonly string[] => Object.values(question.table?.groups ?? {}).flatMap((g) => (Array.isArray(g) ? (g as readonly string[]) : Object.values(g).flat()));

/** Questions whose relevance comes back to themselves, each loop once. */
function loops(reads: ReadonlyMap<string, readonly string[]>): readonly (readonly string[])[] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (key: string, path: readonly string[]): void => {
    const at = path.indexOf(key);
    if (at >= 0) return void found.push([...path.slice(at), key]);
    if (done.has(key)) return;
    for (const next of reads.get(key) ?? []) visit(next, [...path, key]);
    done.add(key);
  };
  for (const key of reads.keys()) visit(key, []);
  return found;
}

