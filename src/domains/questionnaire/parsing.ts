/** Raw content -> questions, rules and version, or the faults with their place. Nothing here touches a file: see folder.server.ts. */
import type { DataYear, Lineage, Module, Option, Question, QuestionKind, Rule, TableColumn, TableRow, TableShape } from './model.ts';

/** A fault of content: the file, the place in it, and what to do. */
export interface Fault {
  readonly file: string;
  /** Path inside the file: `[3].relevance`. */
  readonly place: string;
  /** From 1, in the file when it is no JSON, else in the expression. */
  readonly line?: number;
  readonly column?: number;
  readonly message: string;
  /** The expression, and a `^` under the faulty character. */
  readonly pointer?: string;
}

export function formatFault({ file, place, line, column, message, pointer }: Fault): string {
  const at = pointer ? `, caractère ${column}` : line ? `, ligne ${line}, colonne ${column}` : '';
  return `${file}${place ? ` ${place}` : ''}${at} : ${message}${pointer ? `\n    ${pointer.replace('\n', '\n    ')}` : ''}`;
}

export type Raw = { readonly [name: string]: unknown };
export const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null && !Array.isArray(value);

const KINDS: readonly QuestionKind[] = ['integer', 'decimal', 'money', 'percentage', 'text', 'date', 'single', 'multiple', 'table'];
const COLUMN_KINDS: readonly TableColumn['kind'][] = ['integer', 'decimal', 'money', 'percentage', 'boolean'];
const LINEAGE_KINDS: readonly Lineage['kind'][] = ['renamed', 'split', 'merged', 'dropped', 'break'];
const KEY = /^[a-z][a-z0-9_]*$/;
const ITEM = /^[A-Za-z][A-Za-z0-9_]*$/;
/** Help stands beside its field: 240 characters at most. */
const MAX_HELP = 240;

/** Reads the fields of one object and notes what is wrong, where. */
class Fields {
  readonly #raw: Raw;
  readonly #file: string;
  readonly #place: string;
  readonly #faults: Fault[];
  readonly #seen = new Set<string>();

  constructor(raw: unknown, file: string, place: string, faults: Fault[]) {
    this.#file = file;
    this.#place = place;
    this.#faults = faults;
    if (!isRaw(raw)) this.fault('', 'un objet { … } est attendu.');
    this.#raw = isRaw(raw) ? raw : {};
  }

  fault(name: string, message: string): void {
    this.#faults.push({ file: this.#file, place: name ? `${this.#place}.${name}` : this.#place, message });
  }

  #value(name: string): unknown {
    this.#seen.add(name);
    return this.#raw[name];
  }

  has(name: string): boolean {
    return this.#raw[name] !== undefined;
  }

  #read<T>(name: string, is: (value: unknown) => boolean, wanted: string, fallback: T): T {
    const value = this.#value(name);
    if (value === undefined) return fallback;
    if (is(value)) return value as T;
    this.fault(name, `${wanted} est attendu.`);
    return fallback;
  }

  text(name: string, fallback?: string): string {
    if (fallback === undefined && !this.has(name)) this.fault(name, 'champ obligatoire absent.');
    return this.#read(name, (v) => typeof v === 'string' && v.trim() !== '', 'un texte non vide', fallback ?? '');
  }

  maybeText(name: string): string | undefined {
    return this.#read<string | undefined>(name, (v) => typeof v === 'string', 'un texte', undefined);
  }

  nullable(name: string): string | null {
    return this.#read<string | null>(name, (v) => v === null || typeof v === 'string', 'un texte ou null', null);
  }

  number(name: string): number | undefined {
    return this.#read<number | undefined>(name, (v) => typeof v === 'number' && Number.isFinite(v), 'un nombre', undefined);
  }

  whole(name: string, fallback: number): number {
    return this.#read(name, Number.isSafeInteger, 'un nombre entier', fallback);
  }

  flag(name: string, fallback: boolean): boolean {
    return this.#read(name, (v) => typeof v === 'boolean', 'true ou false', fallback);
  }

  oneOf<T extends string>(name: string, words: readonly T[], fallback?: T): T {
    const value = this.#value(name);
    if (value === undefined && fallback !== undefined) return fallback;
    if (words.includes(value as T)) return value as T;
    this.fault(name, `« ${String(value ?? 'rien')} » : choisissez parmi ${words.join(', ')}.`);
    return fallback ?? words[0]!;
  }

  texts(name: string, fallback: readonly string[]): readonly string[] {
    return this.#read(name, (v) => Array.isArray(v) && v.every((t) => typeof t === 'string'), 'une liste de textes', fallback);
  }

  list<T>(name: string, read: (fields: Fields) => T): readonly T[] {
    const value = this.#value(name);
    if (value === undefined) return [];
    if (Array.isArray(value)) return value.map((item, i) => read(new Fields(item, this.#file, `${this.#place}.${name}[${i}]`, this.#faults)));
    this.fault(name, 'une liste [ … ] est attendue.');
    return [];
  }

  allOr(name: string): 'all' | readonly string[] {
    return this.#value(name) === 'all' ? 'all' : this.texts(name, []);
  }

  raw(): Raw {
    return this.#raw;
  }

  object(name: string): Raw | undefined {
    return this.#read<Raw | undefined>(name, isRaw, 'un objet', undefined);
  }

  inner(name: string): Fields {
    return new Fields(this.#value(name), this.#file, `${this.#place}.${name}`, this.#faults);
  }

  /** Names that nobody read are slips of the pen. */
  end(): void {
    for (const name of Object.keys(this.#raw)) if (!this.#seen.has(name)) this.fault(name, 'champ inconnu.');
  }
}

const defined = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined)) as T;

export function parseQuestion(raw: unknown, rubric: string, file: string, place: string, faults: Fault[]): Question {
  const f = new Fields(raw, file, place, faults);
  const kind = f.oneOf('kind', KINDS);
  const question: Question = defined({
    code: f.text('code'),
    key: f.text('key'),
    rubric,
    dimension: f.text('dimension'),
    level: f.oneOf('level', ['core', 'optional', 'local'], 'core'),
    module: f.maybeText('module'),
    label: f.text('label'),
    help: f.text('help', ''),
    kind,
    unit: f.nullable('unit'),
    min: f.number('min'),
    max: f.number('max'),
    decimals: f.number('decimals'),
    step: f.number('step'),
    maxLength: f.number('maxLength'),
    pattern: f.maybeText('pattern'),
    options: f.has('options') ? f.list('options', parseOption) : undefined,
    maxChoices: f.number('maxChoices'),
    table: f.has('table') ? parseTable(f.inner('table')) : undefined,
    appliesTo: f.texts('appliesTo', ['CS', 'EVS']),
    relevance: f.nullable('relevance'),
    required: f.flag('required', true),
    zeroNotBlank: f.flag('zeroNotBlank', false),
    unknownAllowed: f.flag('unknownAllowed', false),
    notConcernedAllowed: f.flag('notConcernedAllowed', false),
    sharedFact: f.has('sharedFact') ? f.flag('sharedFact', false) : undefined,
    referencePeriod: f.oneOf('referencePeriod', ['N-1', 'snapshot', 'current']),
    prefill: f.oneOf('prefill', ['register', 'previous', 'computed', 'none'], 'none'),
    computed: f.maybeText('computed'),
    sensitivity: f.oneOf('sensitivity', ['public', 'visible', 'declared', 'financial']),
    internal: f.flag('internal', false),
    feeds: f.texts('feeds', []),
    note: f.maybeText('note'),
  });
  f.end();
  if (!KEY.test(question.key)) f.fault('key', `« ${question.key} » : lettres minuscules sans accent, chiffres et « _ » seulement.`);
  if (question.help.length > MAX_HELP) f.fault('help', `${question.help.length} caractères : ${MAX_HELP} au plus.`);
  if ((kind === 'single' || kind === 'multiple') !== (question.options !== undefined)) f.fault('options', kind === 'single' || kind === 'multiple' ? 'une question à choix a des options.' : 'seule une question à choix a des options.');
  if ((kind === 'table') !== (question.table !== undefined)) f.fault('table', kind === 'table' ? 'un tableau a des lignes et des colonnes.' : 'seule une question de nature « table » a un tableau.');
  if (question.level === 'core' && question.module !== undefined) f.fault('module', 'une question du socle n’appartient à aucun module.');
  if (question.level !== 'core' && question.module === undefined) f.fault('module', 'une question facultative ou locale appartient à un module.');
  if (question.min !== undefined && question.max !== undefined && question.min > question.max) f.fault('min', 'le minimum dépasse le maximum.');
  if (question.pattern !== undefined && !isPattern(question.pattern)) f.fault('pattern', 'cette expression régulière est illisible.');
  duplicates(question.options?.map((o) => o.code) ?? []).forEach((code) => f.fault('options', `le code « ${code} » est donné deux fois.`));
  return question;
}

function isPattern(pattern: string): boolean {
  try {
    new RegExp(pattern, 'u');
    return true;
  } catch {
    return false;
  }
}

export const duplicates = (values: readonly string[]): readonly string[] => [...new Set(values.filter((v, i) => values.indexOf(v) !== i))];

function code(f: Fields): string {
  const text = f.text('code');
  if (text && !/^[A-Za-z0-9_]+$/.test(text)) f.fault('code', `« ${text} » : lettres sans accent, chiffres et « _ » seulement.`);
  return text;
}

function parseOption(f: Fields): Option {
  const option = defined({ code: code(f), label: f.text('label'), exclusive: f.has('exclusive') ? f.flag('exclusive', false) : undefined });
  f.end();
  return option;
}

function parseTable(f: Fields): TableShape {
  const table: TableShape = defined({
    rows: f.list('rows', (row): TableRow => {
      const read = defined({ code: code(row), label: row.text('label'), unknown: row.has('unknown') ? row.flag('unknown', false) : undefined });
      row.end();
      return read;
    }),
    columns: f.list('columns', (column): TableColumn => {
      const read = defined({
        code: code(column),
        label: column.text('label'),
        kind: column.oneOf('kind', COLUMN_KINDS),
        unit: column.has('unit') ? column.nullable('unit') : undefined,
        min: column.number('min'),
        max: column.number('max'),
        decimals: column.number('decimals'),
      });
      column.end();
      return read;
    }),
    total: f.object('total') as TableShape['total'],
    rowsExclusive: f.has('rowsExclusive') ? f.flag('rowsExclusive', false) : undefined,
    groups: f.object('groups') as TableShape['groups'],
  });
  f.end();
  if (table.rows.length === 0) f.fault('rows', 'au moins une ligne.');
  if (table.columns.length === 0) f.fault('columns', 'au moins une colonne.');
  for (const item of [...table.rows, ...table.columns]) if (!ITEM.test(item.code)) f.fault('', `le code « ${item.code} » doit commencer par une lettre, pour les expressions.`);
  for (const [name, items] of [['rows', table.rows], ['columns', table.columns]] as const)
    for (const twice of duplicates(items.map((i) => i.code))) f.fault(name, `le code « ${twice} » est donné deux fois.`);
  return table;
}

export function parseRule(raw: unknown, file: string, place: string, faults: Fault[]): Rule {
  const f = new Fields(raw, file, place, faults);
  const params = f.object('params') ?? {};
  const rule: Rule = defined({
    id: f.text('id'),
    category: f.text('category'),
    severity: f.oneOf('severity', ['hard', 'soft', 'info']),
    stage: f.oneOf('stage', ['submit', 'review'], 'submit'),
    appliesTo: f.texts('appliesTo', ['CS', 'EVS']),
    when: f.nullable('when'),
    assert: f.text('assert'),
    params: params as { readonly [name: string]: number },
    message: f.text('message'),
    justification: f.flag('justification', false),
    serverOnly: f.flag('serverOnly', false),
    note: f.maybeText('note'),
  });
  f.end();
  for (const [name, value] of Object.entries(params)) if (typeof value !== 'number') f.fault(`params.${name}`, 'un seuil est un nombre.');
  if ((rule.severity === 'soft') !== rule.justification) f.fault('justification', 'un contrôle à expliquer (soft) demande une justification, les autres non.');
  return rule;
}

export interface VersionHead {
  readonly year: number;
  readonly title: string;
  readonly basedOn: number | undefined;
  readonly dataYears: readonly DataYear[];
  readonly dimensions: { readonly [code: string]: string } | undefined;
  readonly rubrics: { readonly [code: string]: string } | undefined;
  readonly modules: readonly Module[] | undefined;
  readonly follows: number | undefined;
  readonly lineage: readonly Lineage[] | undefined;
  readonly becomes: readonly Lineage[] | undefined;
  readonly changes: { readonly questions: Changes; readonly rules: Changes };
}
/** What a version alters in the one that it is based on: partial items by key (or id), and removals. */
export interface Changes {
  readonly change: readonly Raw[];
  readonly remove: readonly string[];
}

export function parseHead(raw: unknown, file: string, faults: Fault[]): VersionHead {
  const f = new Fields(raw, file, '$', faults);
  const words = (name: string): { readonly [code: string]: string } | undefined => {
    const object = f.object(name);
    for (const [key, value] of Object.entries(object ?? {})) if (typeof value !== 'string') f.fault(`${name}.${key}`, 'un texte est attendu.');
    return object as { readonly [code: string]: string } | undefined;
  };
  const head: VersionHead = {
    year: f.whole('year', 0),
    title: f.text('title'),
    basedOn: f.number('basedOn'),
    dataYears: f.list('dataYears', (d): DataYear => {
      const read: DataYear = { year: d.whole('year', 0), keys: d.allOr('keys') };
      d.end();
      return read;
    }),
    dimensions: words('dimensions'),
    rubrics: words('rubrics'),
    modules: f.has('modules')
      ? f.list('modules', (m): Module => {
          const read = defined({ code: m.text('code'), label: m.text('label'), territory: m.maybeText('territory') });
          m.end();
          return read;
        })
      : undefined,
    follows: f.number('follows'),
    lineage: f.has('lineage') ? f.list('lineage', lineageOf) : undefined,
    becomes: f.has('becomes') ? f.list('becomes', lineageOf) : undefined,
    changes: { questions: changesOf(f, 'questions', 'key'), rules: changesOf(f, 'rules', 'id') },
  };
  f.end();
  if (head.dataYears.length === 0) f.fault('dataYears', 'au moins une année de données.');
  return head;
}

function lineageOf(l: Fields): Lineage {
  const read: Lineage = { kind: l.oneOf('kind', LINEAGE_KINDS), from: l.texts('from', []), to: l.texts('to', []), note: l.text('note') };
  l.end();
  return read;
}

function changesOf(f: Fields, name: string, identifier: string): Changes {
  if (!f.has(name)) return { change: [], remove: [] };
  const inner = f.inner(name);
  const change = inner.list('change', (c) => c.raw());
  const remove = inner.texts('remove', []);
  inner.end();
  for (const raw of change) if (typeof raw[identifier] !== 'string') inner.fault('change', `chaque changement nomme sa question ou son contrôle par « ${identifier} ».`);
  return { change, remove };
}
