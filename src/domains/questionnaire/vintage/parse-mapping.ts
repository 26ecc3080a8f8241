/** Raw content -> a mapping, or its faults with place and reason. Names of questions are checked with the version that it looks towards. Pure. */
import { refuse, ok, type Result } from '../../../kernel/result.ts';
import { isNumeric } from '../cells.ts';
import type { Question, QuestionnaireVersion } from '../model.ts';
import { type Fault, isRaw, type Raw } from '../parsing.ts';
import { type MappedColumn, plainName, type VintageMapping } from './mapping.ts';

type Say = (place: string, message: string) => void;

const HEAD_FIELDS = ['year', 'title', 'dataYear', 'towards', 'appliesTo', 'file', 'columns'];
const FILE_FIELDS = { wide: ['layout', 'structure', 'dataYear'], long: ['layout', 'structure', 'dataYear', 'question', 'value'] } as const;
const COLUMN_FIELDS = ['column', 'columns', 'question', 'none', 'choice', 'values', 'times', 'over', 'label', 'code', 'options', 'break', 'split'];

/** The year of the version that a mapping looks towards, when it can be read. */
export const towardsOf = (raw: unknown): number | undefined => (isRaw(raw) && Number.isInteger(raw['towards']) ? (raw['towards'] as number) : undefined);

/** `file`: its name, for the faults. */
export function parseMapping(raw: unknown, base: QuestionnaireVersion, file: string): Result<VintageMapping, readonly Fault[]> {
  const faults: Fault[] = [];
  const say: Say = (place, message) => void faults.push({ file, place, message });
  if (!isRaw(raw)) return refuse([{ file, place: '$', message: 'un objet { … } est attendu.' }]);
  onlyKnown(raw, HEAD_FIELDS, '$', say);
  const year = yearAt(raw, 'year', say);
  const dataYear = yearAt(raw, 'dataYear', say);
  if (year <= dataYear && dataYear > 0) say('$.dataYear', 'une enquête porte sur une année passée.');
  if (yearAt(raw, 'towards', say) !== base.year) say('$.towards', `le questionnaire ${base.year} est attendu.`);
  if (year >= base.year) say('$.year', `une enquête d’avant le questionnaire ${base.year} est attendue.`);
  const questions = new Map(base.questions.map((q) => [q.key, q]));
  const list = Array.isArray(raw['columns']) ? (raw['columns'] as unknown[]) : [];
  if (list.length === 0) say('$.columns', 'une liste [ … ] d’au moins une colonne est attendue.');
  const left = new Map<string, string>();
  const columns = list.flatMap((item, i) => {
    const place = `$.columns[${i}]`;
    if (!isRaw(item)) {
      say(place, 'un objet { … } est attendu.');
      return [];
    }
    onlyKnown(item, COLUMN_FIELDS, place, say);
    const names = namesOf(item, place, say);
    if (item['none'] === undefined) return columnOf(item, names, questions, place, say);
    if (typeof item['none'] !== 'string' || item['none'].trim() === '') say(`${place}.none`, 'dites pourquoi cette colonne est laissée.');
    if (item['question'] !== undefined) say(`${place}.none`, 'une colonne laissée ne nomme pas de question.');
    for (const name of names) left.set(plainName(name), String(item['none']));
    return [];
  });
  checkTogether(columns, [...left.keys()], say);
  const mapping: VintageMapping = {
    year, title: textAt(raw, 'title', '$', say), dataYear, towards: base.year, file: fileOf(raw['file'], say), columns, left,
    ...(raw['appliesTo'] === undefined ? {} : { appliesTo: kindsOf(raw['appliesTo'], base, say) }),
  };
  return faults.length > 0 ? refuse(faults) : ok(mapping);
}

function onlyKnown(raw: Raw, known: readonly string[], place: string, say: Say): void {
  for (const name of Object.keys(raw)) if (!known.includes(name)) say(`${place}.${name}`, 'champ inconnu.');
}

function yearAt(raw: Raw, name: string, say: Say): number {
  const value = raw[name];
  if (typeof value === 'number' && Number.isInteger(value) && value > 1900 && value < 2200) return value;
  say(`$.${name}`, 'une année en quatre chiffres est attendue.');
  return 0;
}

function textAt(raw: Raw, name: string, place: string, say: Say): string {
  const value = raw[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  say(`${place}.${name}`, 'un texte est attendu.');
  return '';
}

function fileOf(raw: unknown, say: Say): VintageMapping['file'] {
  const file = isRaw(raw) ? raw : {};
  const layout = file['layout'] === 'long' ? 'long' : 'wide';
  if (file['layout'] !== layout) say('$.file.layout', '« wide » (une colonne par question) ou « long » (une ligne par valeur) est attendu.');
  onlyKnown(file, FILE_FIELDS[layout], '$.file', say);
  const head = { structure: textAt(file, 'structure', '$.file', say), ...(file['dataYear'] === undefined ? {} : { dataYear: textAt(file, 'dataYear', '$.file', say) }) };
  return layout === 'wide' ? { layout, ...head } : { layout, ...head, question: textAt(file, 'question', '$.file', say), value: textAt(file, 'value', '$.file', say) };
}

function kindsOf(raw: unknown, base: QuestionnaireVersion, say: Say): readonly string[] {
  const known = new Set(base.questions.flatMap((q) => q.appliesTo));
  if (Array.isArray(raw) && raw.length > 0 && raw.every((kind) => known.has(kind as string))) return raw as string[];
  say('$.appliesTo', `une liste de types de structure est attendue, parmi ${[...known].join(', ')}.`);
  return [];
}

function namesOf(item: Raw, place: string, say: Say): readonly string[] {
  const names = item['columns'] ?? (item['column'] === undefined ? [] : [item['column']]);
  if (Array.isArray(names) && names.length > 0 && names.every((name) => typeof name === 'string' && plainName(name) !== '')) return names as string[];
  say(`${place}.column`, 'nommez la colonne (ou les colonnes, à additionner) du fichier.');
  return [];
}

/** A number above zero, or nothing. */
function factorAt(item: Raw, name: 'times' | 'over', place: string, say: Say): number | undefined {
  const value = item[name];
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value) && value > 0)) return value;
  say(`${place}.${name}`, 'un nombre plus grand que 0 est attendu.');
  return undefined;
}

/** An object of texts, empty when absent. */
function textsAt(item: Raw, name: 'values' | 'options', place: string, say: Say): { readonly [name: string]: string } {
  const value = item[name] ?? {};
  if (isRaw(value) && Object.values(value).every((v) => typeof v === 'string')) return value as { readonly [name: string]: string };
  say(`${place}.${name}`, 'un objet { "ancien": "nouveau" } de textes est attendu.');
  return {};
}

function columnOf(item: Raw, columns: readonly string[], questions: ReadonlyMap<string, Question>, place: string, say: Say): MappedColumn[] {
  const [key = '', row, column] = textAt(item, 'question', place, say).split('.');
  const split = splitOf(item['split'], questions, place, say);
  // what was split has its own key, and the nature of its parts
  const question = questions.get(split ? (split.into[0] ?? '') : key);
  if (split && questions.has(key)) say(`${place}.question`, `« ${key} » est une question d’aujourd’hui : une question scindée depuis garde une clé à elle.`);
  if (split && !/^[a-z][a-z0-9_]*$/.test(key)) say(`${place}.question`, 'une clé est faite de minuscules, de chiffres et de _.');
  if (!question) {
    if (!split && key) say(`${place}.question`, `aucune question ne s’appelle « ${key} » : prenez une clé du questionnaire d’aujourd’hui, ou « none » avec un motif.`);
    return [];
  }
  const quantity = checkPlace(question, row, column, place, say);
  const values = Object.entries(textsAt(item, 'values', place, say));
  const options = textsAt(item, 'options', place, say);
  const codes = question.options?.map((o) => o.code) ?? [];
  const choice = item['choice'];
  if (question.kind === 'multiple' ? choice !== undefined && !codes.includes(choice as string) : choice !== undefined) say(`${place}.choice`, question.kind === 'multiple' ? `« ${String(choice)} » n’est pas un choix de ${question.code} : ${codes.join(', ')}.` : `${question.code} n’a pas plusieurs choix.`);
  for (const code of Object.keys(options)) if (!codes.includes(code)) say(`${place}.options.${code}`, `« ${code} » n’est pas une réponse de ${question.code} : ${codes.join(', ')}.`);
  for (const [was, is] of values) if (codes.length > 0 && choice === undefined && is !== '' && !codes.includes(is) && !['ne sait pas', 'non concerné'].includes(is)) say(`${place}.values.${was}`, `« ${is} » n’est pas une réponse de ${question.code} : ${codes.join(', ')}, « ne sait pas », « non concerné » ou rien.`);
  const [times, over] = [factorAt(item, 'times', place, say), factorAt(item, 'over', place, say)];
  if (!quantity && (times !== undefined || over !== undefined || columns.length > 1)) say(place, `${question.code} n’est pas un nombre : ni somme, ni unité.`);
  if (times !== undefined && over !== undefined) say(place, '« times » ou « over », pas les deux.');
  if (split && item['break'] !== undefined) say(`${place}.break`, 'une question scindée rompt déjà la série.');
  return [{
    columns, question: key, values: new Map(values.map(([was, is]) => [plainName(was), is])),
    ...(row === undefined ? {} : { cell: { row, column: column ?? '' } }), ...(choice === undefined ? {} : { choice: String(choice) }),
    ...(times === undefined ? {} : { times }), ...(over === undefined ? {} : { over }), ...(split ? { split } : {}), ...(item['options'] === undefined ? {} : { options }),
    ...(item['label'] === undefined ? {} : { label: textAt(item, 'label', place, say) }), ...(item['code'] === undefined ? {} : { code: textAt(item, 'code', place, say) }),
    ...(item['break'] === undefined ? {} : { break: textAt(item, 'break', place, say) }),
  }];
}

/** Whether the place holds a number; a table is mapped cell by cell. */
function checkPlace(question: Question, row: string | undefined, column: string | undefined, place: string, say: Say): boolean {
  if (!question.table) {
    if (row !== undefined) say(`${place}.question`, `${question.code} n’est pas un tableau.`);
    return isNumeric(question.kind);
  }
  const found = question.table.columns.find((c) => c.code === column);
  if (!question.table.rows.some((r) => r.code === row) || !found) say(`${place}.question`, `nommez une case du tableau ${question.code}, comme ${question.key}.${question.table.rows[0]!.code}.${question.table.columns[0]!.code}.`);
  return found !== undefined && found.kind !== 'boolean';
}

function splitOf(raw: unknown, questions: ReadonlyMap<string, Question>, place: string, say: Say): MappedColumn['split'] {
  if (raw === undefined) return undefined;
  const into = isRaw(raw) && Array.isArray(raw['into']) ? (raw['into'] as string[]) : [];
  const note = isRaw(raw) && typeof raw['note'] === 'string' ? raw['note'] : '';
  if (into.length < 2 || note.trim() === '') say(`${place}.split`, 'nommez au moins deux questions d’aujourd’hui (« into ») et dites pourquoi (« note »).');
  for (const key of into) if (!questions.has(key)) say(`${place}.split.into`, `aucune question ne s’appelle « ${key} ».`);
  return { into, note };
}

/** A column serves once, a place is filled once, a question is told in one way. */
function checkTogether(columns: readonly MappedColumn[], left: readonly string[], say: Say): void {
  const twice = (names: readonly string[], what: (name: string) => string): void => {
    for (const name of new Set(names.filter((n, i) => names.indexOf(n) !== i))) say('$.columns', what(name));
  };
  twice([...columns.flatMap((c) => c.columns.map(plainName)), ...left], (name) => `la colonne « ${name} » est nommée deux fois.`);
  twice(columns.map((c) => [c.question, c.cell?.row, c.cell?.column, c.choice].filter(Boolean).join('.')), (name) => `« ${name} » est rempli par deux entrées : additionnez leurs colonnes dans une seule (« columns »).`);
  const told = (field: 'break' | 'label' | 'code' | 'options'): void => {
    for (const [key, group] of Map.groupBy(columns, (c) => c.question)) if (group.filter((c) => c[field] !== undefined).length > 1) say('$.columns', `« ${field} » de « ${key} » est dit deux fois : gardez-le sur une de ses entrées.`);
  };
  for (const field of ['break', 'label', 'code', 'options'] as const) told(field);
}
