/**
 * An XLSForm as a version: ours comes back whole (what its columns say, and ours for the rest), another's as far as our questions go, with the list of what was left and why.
 * A column of ours counts only while the column of XLSForm beside it still says the same: what a person changed in the form wins. Pure.
 */
import { checkVersion } from '../check-version.ts';
import type { Module, Question, QuestionKind, QuestionnaireVersion, Rule, TableColumn, TableShape } from '../model.ts';
import { type Fault, parseHead, parseQuestion, parseRule, type Raw } from '../parsing.ts';
import { FormNames } from './form-names.ts';
import { boundsOf } from './form-bounds.ts';
import { leftColumns, leftSettings, leftTypeReason } from './form-leftovers.ts';
import { constraintOf, type FormRow, type FormSheet, fromCell, type Item, ITEM, type NotCarried, OWN, OWN_FIELDS, RULE_FIELDS, typeOf, YES_NO } from './xlsform.ts';
import { formScope, ruleName } from './xlsform-write.ts';
import { failureXPath, toXPath } from './xpath-write.ts';
import { fromXPath, type Named } from './xpath-read.ts';

export interface ReadForm {
  /** Without its hash: the caller seals it. */
  readonly content: Omit<QuestionnaireVersion, 'contentHash'>;
  readonly faults: readonly Fault[];
  readonly notCarried: readonly NotCarried[];
}

/** Rows offered for a repeat whose number of turns is free. */
const FREE_ROWS = 10;
const MOST_ROWS = 50;
const MAX_HELP = 240;
const TABLE_KINDS: { readonly [type: string]: TableColumn['kind'] } = { integer: 'integer', decimal: 'decimal' };

interface Draft {
  readonly row: FormRow;
  readonly line: number;
  readonly key: string;
  readonly rubric: string;
  readonly groups: readonly string[];
  readonly kind: QuestionKind;
  readonly list?: string;
  readonly more: Raw;
  /** Columns of a repeat. */
  readonly table?: TableShape;
}

interface Frame {
  readonly what: 'group' | 'repeat' | 'table' | 'row';
  readonly row: FormRow;
  readonly line: number;
  readonly columns: { readonly row: FormRow; readonly code: string; readonly kind: TableColumn['kind'] }[];
  readonly cells: Map<string, FormRow>;
  readonly rowLabels: Map<string, string>;
}

/** `year` is needed for a form that is not ours. */
export function readXlsForm(sheets: readonly FormSheet[], options: { readonly year?: number; readonly file: string }): ReadForm {
  return new FormReader(sheets, options).read();
}

class FormReader {
  readonly #file: string;
  readonly #sheets: ReadonlyMap<string, FormSheet>;
  readonly #left: NotCarried[] = [];
  readonly #faults: Fault[] = [];
  readonly #drafts: Draft[] = [];
  readonly #frames: Frame[] = [];
  readonly #rubrics: [string, string][] = [];
  readonly #names = new FormNames();
  readonly #lists = new Map<string, FormRow[]>();
  readonly #ruleRows = new Map<string, FormRow>();
  readonly #year: number;
  readonly #language: string | undefined;
  readonly #own: boolean;

  constructor(sheets: readonly FormSheet[], { year, file }: { readonly year?: number; readonly file: string }) {
    this.#file = file;
    this.#sheets = new Map(sheets.map((s) => [s.name, s]));
    this.#own = this.#sheets.has(`${OWN}version`);
    this.#year = year ?? Number(this.#rows(`${OWN}version`).find((r) => r['field'] === 'year')?.['value'] ?? Number.NaN);
    if (!Number.isInteger(this.#year)) this.#fault('', 'ce formulaire ne dit pas son année : ajoutez --year.');
    this.#language = this.#chooseLanguage();
    for (const row of this.#rows('choices')) {
      const list = row['list_name'] ?? row['list name'];
      if (list) this.#lists.set(list, [...(this.#lists.get(list) ?? []), row]);
    }
  }

  #rows(sheet: string): readonly FormRow[] {
    return this.#sheets.get(sheet)?.rows ?? [];
  }

  #fault(place: string, message: string): void {
    this.#faults.push({ file: this.#file, place, message });
  }

  #leave(subject: string, reason: string): void {
    this.#left.push({ subject, reason });
  }

  /** French when the form has it, else its own, else the first; the others are told. */
  #chooseLanguage(): string | undefined {
    const columns = this.#sheets.get('survey')?.columns ?? [];
    const languages = [...new Set(columns.flatMap((c) => /^label::?\s*(.+)$/.exec(c)?.[1] ?? []))];
    const preferred = this.#rows('settings')[0]?.['default_language'];
    const chosen = languages.find((l) => /fran[cç]ais|french|\(fr\)/i.test(l)) ?? languages.find((l) => l === preferred) ?? languages[0];
    const others = languages.filter((l) => l !== chosen);
    if (others.length > 0) this.#leave(`Langues : ${others.join(', ')}`, `une question n’a qu’une langue ici : « ${chosen} » est reprise.`);
    return chosen;
  }

  #words(row: FormRow, column: string): string {
    const found = (this.#language !== undefined && (row[`${column}::${this.#language}`] ?? row[`${column}:${this.#language}`])) || row[column];
    return found ?? '';
  }

  read(): ReadForm {
    if (!this.#sheets.has('survey')) this.#fault('', 'il n’y a pas de feuille « survey » : ce n’est pas un XLSForm.');
    this.#rows('survey').forEach((row, i) => this.#row(row, i + 2));
    for (const frame of this.#frames) this.#fault(`survey, ligne ${frame.line}`, 'ce groupe n’est pas refermé.');
    this.#left.push(...leftSettings(this.#rows('settings')[0] ?? {}, [...this.#sheets.keys()].filter((n) => !n.startsWith(OWN))));
    const head = this.#head();
    const pending: Rule[] = [];
    const questions = this.#drafts.map((draft, i) => this.#question(draft, i, pending));
    const content: ReadForm['content'] = { ...head, questions, rules: [] };
    const rules = this.#rules(content, pending);
    const whole: ReadForm['content'] = { ...content, rules, questions: this.#settled(content) };
    if (this.#faults.length === 0) {
      const origin = (place: string) => ({ file: this.#file, place });
      this.#faults.push(...checkVersion({ ...whole, contentHash: '' }, { head: origin('formulaire'), questions: new Map(questions.map((q) => [q.key, origin(`question ${q.key}`)])), rules: new Map(rules.map((r) => [r.id, origin(`contrôle ${r.id}`)])) }));
    }
    return { content: whole, faults: this.#faults, notCarried: this.#left };
  }

  #head(): Omit<ReadForm['content'], 'questions' | 'rules'> {
    const title = this.#rows('settings')[0]?.['form_title'] ?? `Questionnaire ${this.#year}`;
    const rows = this.#rows(`${OWN}version`);
    const listed = (field: string): unknown[] => rows.filter((r) => r['field'] === field).map((r) => fromCell(r['value'] ?? ''));
    const named = (field: string): [string, unknown][] => rows.filter((r) => r['field'] === field).map((r) => [r['name'] ?? '', fromCell(r['value'] ?? '')]);
    const labels = new Map(this.#rubrics);
    const rubrics = { ...Object.fromEntries(named('rubrics')), ...Object.fromEntries(labels) };
    const has = (field: string): boolean => rows.some((r) => r['field'] === field);
    const head = parseHead(
      {
        year: this.#year, title, rubrics,
        dataYears: this.#own ? listed('dataYears') : [{ year: this.#year - 1, keys: 'all' }],
        dimensions: this.#own ? Object.fromEntries(named('dimensions')) : { generalites: 'Généralités' },
        modules: listed('modules'),
        ...(has('follows') ? { follows: listed('follows')[0] } : {}),
        ...(has('hasLineage') ? { lineage: listed('lineage') } : {}),
      },
      this.#file, this.#faults,
    );
    return {
      year: head.year, title: head.title, dataYears: head.dataYears, dimensions: head.dimensions ?? {}, rubrics: head.rubrics ?? {}, modules: (head.modules ?? []) as readonly Module[],
      ...(head.follows === undefined ? {} : { follows: head.follows }), ...(head.lineage === undefined ? {} : { lineage: head.lineage }),
    };
  }

  #row(row: FormRow, line: number): void {
    const type = (row['type'] ?? '').trim().replace(/\s+/g, ' ').replace(/^(begin|end) (group|repeat)$/, '$1_$2');
    const item = row[ITEM] as Item | undefined;
    const name = row['name'] ?? '';
    const top = this.#frames.at(-1);
    if (type === '' || row['disabled'] === 'yes') {
      if (name || row['disabled']) this.#leave(`Ligne ${line}`, row['disabled'] ? 'elle est désactivée.' : 'elle n’a pas de type.');
      return;
    }
    if (type === 'begin_group' || type === 'begin_repeat') return this.#begin(type, row, line, item);
    if (type === 'end_group' || type === 'end_repeat') return this.#end(line);
    if (item === 'rule') return void this.#ruleRows.set(name, row);
    if (top?.what === 'row' && item === 'cell') {
      this.#frames.at(-2)!.cells.set(name, row);
      return;
    }
    if (top?.what === 'row' || top?.what === 'table') return this.#leave(`Question « ${name} », ligne ${line}`, 'elle a été ajoutée dans un tableau : ses lignes et colonnes se changent dans l’atelier.');
    this.#left.push(...leftColumns(row, line));
    const [word = '', list] = type.split(' ');
    const repeat = this.#frames.find((f) => f.what === 'repeat');
    if (repeat) return this.#column(repeat, row, line, type, list);
    const found = this.#kindOf(word, type, row, line);
    if (!found) return;
    const key = this.#names.add(name, this.#own && item === 'question', (was, now) => this.#leave(`Nom « ${was} »`, `il devient « ${now} » : une clé s’écrit en minuscules sans accent.`));
    this.#names.set(name, { kind: 'question', key, ...(found.kind === 'single' || found.kind === 'multiple' ? { choice: found.kind } : {}) });
    this.#drafts.push({ row, line, key, rubric: this.#rubric(), groups: this.#conditions(), kind: found.kind, ...(list ? { list } : {}), more: found.more });
  }

  #begin(type: string, row: FormRow, line: number, item: Item | undefined): void {
    const frame = (what: Frame['what']): Frame => ({ what, row, line, columns: [], cells: new Map(), rowLabels: new Map() });
    const name = row['name'] ?? '';
    if (item === 'question') {
      this.#frames.push(frame('table'));
      return;
    }
    if (item === 'row') {
      this.#frames.at(-1)?.rowLabels.set(name, this.#words(row, 'label'));
      this.#frames.push(frame('row'));
      return;
    }
    this.#left.push(...leftColumns(row, line));
    if (type === 'begin_repeat') {
      if (this.#frames.some((f) => f.what === 'repeat')) this.#leave(`Groupe répété « ${name} »`, 'un groupe répété dans un autre n’est pas repris comme tel : ses questions sont des colonnes du premier.');
      this.#frames.push(frame('repeat'));
      return;
    }
    if (item !== 'rules' && this.#frames.length === 0) {
      const code = row[`${OWN}rubric`] ?? this.#freeRubric();
      if (!this.#rubrics.some(([c]) => c === code)) this.#rubrics.push([code, this.#words(row, 'label') || name]);
    }
    this.#frames.push(frame('group'));
  }

  #freeRubric(): string {
    const known = new Set(this.#rubrics.map(([c]) => c));
    for (let i = 0; ; i++) {
      const code = i < 26 ? String.fromCodePoint(65 + i) : `R${i}`;
      if (!known.has(code)) return code;
    }
  }

  #end(line: number): void {
    const frame = this.#frames.at(-1);
    if (!frame) return this.#fault(`survey, ligne ${line}`, 'ce groupe se referme sans s’être ouvert.');
    const name = frame.row['name'] ?? '';
    if (frame.what === 'repeat' && this.#frames.filter((f) => f.what === 'repeat').length === 1) this.#repeat(frame);
    this.#frames.pop();
    if (frame.what !== 'table') return;
    const shape = fromCell(frame.row[`${OWN}table`] ?? '{}') as TableShape;
    const rows = shape.rows.filter((r) => frame.rowLabels.has(`${name}.${r.code}`)).map((r) => ({ ...r, label: frame.rowLabels.get(`${name}.${r.code}`)! }));
    const columns = shape.columns.map((c) => {
      const cell = [...frame.cells].find(([place]) => place.endsWith(`.${c.code}`))?.[1];
      return { ...c, label: (cell && this.#words(cell, 'label')) || c.label };
    });
    this.#names.add(name, true, () => undefined);
    for (const row of rows) for (const c of columns) this.#names.set(`${name}.${row.code}.${c.code}`, { kind: 'cell', key: name, row: row.code, column: c.code, box: c.kind === 'boolean' });
    this.#drafts.push({ row: frame.row, line: frame.line, key: name, rubric: this.#rubric(), groups: this.#conditions(), kind: 'table', more: {}, table: { ...shape, rows, columns } });
  }

  /** The rubric of the group that holds the row: the outermost. */
  #rubric(): string {
    const outer = this.#frames.find((f) => f.what === 'group');
    if (outer) {
      const code = outer.row[`${OWN}rubric`];
      if (code) return code;
      const label = this.#words(outer.row, 'label') || (outer.row['name'] ?? '');
      return this.#rubrics.findLast(([, l]) => l === label)![0];
    }
    const own = this.#rubrics.find(([, label]) => label === 'Questions');
    if (own) return own[0];
    const code = this.#freeRubric();
    this.#rubrics.push([code, 'Questions']);
    return code;
  }

  /** Conditions of the groups that hold the row. */
  #conditions(): readonly string[] {
    return this.#frames.flatMap((f) => (f.what === 'group' || f.what === 'repeat') && f.row['relevant'] ? [f.row['relevant']] : []);
  }

  #kindOf(word: string, type: string, row: FormRow, line: number): { readonly kind: QuestionKind; readonly more: Raw } | undefined {
    const name = row['name'] ?? '';
    const own = row[`${OWN}kind`] as QuestionKind | undefined;
    if (own && own !== 'table' && typeOf(own, name) === type) return { kind: own, more: {} };
    const subject = `Question « ${name || type} », ligne ${line}`;
    switch (word) {
      case 'integer':
      case 'decimal':
      case 'text':
      case 'date':
        return { kind: word, more: {} };
      case 'string':
        return { kind: 'text', more: {} };
      case 'int':
        return { kind: 'integer', more: {} };
      case 'range': {
        const given = Object.fromEntries([...(row['parameters'] ?? '').matchAll(/(start|end|step)\s*=\s*(-?\d+(?:\.\d+)?)/g)].map((m) => [m[1], Number(m[2])])) as { start?: number; end?: number; step?: number };
        const { start = 1, end = 10, step = 1 } = given;
        const whole = [start, end, step].every((n) => Number.isInteger(n));
        this.#leave(subject, 'un curseur (range) devient un nombre avec les mêmes bornes.');
        return { kind: whole ? 'integer' : 'decimal', more: { min: Math.min(start, end), max: Math.max(start, end), step } };
      }
      case 'select_one':
      case 'select1':
      case 'select_multiple':
      case 'select': {
        const options = this.#options(type.split(' ')[1], type.endsWith(' or_other'), subject);
        return options ? { kind: word.endsWith('multiple') || word === 'select' ? 'multiple' : 'single', more: { options } } : undefined;
      }
      case 'acknowledge':
      case 'trigger':
        this.#leave(subject, 'une case à confirmer (acknowledge) devient un choix unique « OK ».');
        return { kind: 'single', more: { options: [{ code: 'OK', label: 'OK' }] } };
      case 'barcode':
        this.#leave(subject, 'le code-barres se tape comme un texte.');
        return { kind: 'text', more: {} };
      case 'time':
        this.#leave(subject, 'l’heure devient un texte de la forme 14:30.');
        return { kind: 'text', more: { pattern: String.raw`^([01]\d|2[0-3]):[0-5]\d$` } };
      case 'dateTime':
      case 'datetime':
        this.#leave(subject, 'de la date et de l’heure, seule la date est reprise.');
        return { kind: 'date', more: {} };
      case 'calculate':
        if (row['calculation'] && this.#translate(row['calculation']).ok) return { kind: 'decimal', more: { required: false } };
        this.#leave(subject, `ce calcul n’est pas repris : ${row['calculation'] ? this.#why(row['calculation']) : 'il est vide.'}`);
        return undefined;
      default:
        this.#leave(subject, leftTypeReason(word));
        return undefined;
    }
  }

  #translate(xpath: string, self?: string) {
    return fromXPath(xpath, { named: (n) => this.#names.get(n), ...(self === undefined ? {} : { self }) });
  }

  #why(xpath: string): string {
    const read = this.#translate(xpath);
    return read.ok ? '' : `« ${xpath} », ${read.error}`;
  }

  #options(list: string | undefined, other: boolean, subject: string): Raw[] | undefined {
    const rows = list === undefined ? undefined : this.#lists.get(list);
    if (!rows) return void this.#leave(subject, `la liste de choix « ${list ?? ''} » n’est pas dans la feuille « choices ».`);
    const seen = new Set<string>();
    const options = rows.flatMap((row): Raw[] => {
      const name = row['name'] ?? '';
      const code = name.replace(/[^A-Za-z0-9_]/g, '_');
      if (code !== name) this.#leave(`Choix « ${name} » de la liste « ${list} »`, `son code devient « ${code} ».`);
      if (seen.has(code)) {
        this.#leave(`Choix « ${name} » de la liste « ${list} »`, 'son code est donné deux fois : le premier est repris.');
        return [];
      }
      seen.add(code);
      for (const column of Object.keys(row)) if (/^(media|image|audio|video|big-image)/.test(column)) this.#leave(`Choix « ${name} » de la liste « ${list} », colonne ${column}`, 'un choix n’a ni image ni son ici.');
      return [{ code, label: this.#words(row, 'label') || name, ...(row[`${OWN}exclusive`] ? { exclusive: fromCell(row[`${OWN}exclusive`]!) } : {}) }];
    });
    if (other && !seen.has('other')) {
      options.push({ code: 'other', label: 'Autre' });
      this.#leave(subject, '« or_other » ajoute le choix « Autre » ; la précision en toutes lettres n’est pas demandée.');
    }
    return options;
  }

  /** A question of a repeat is a column of its table. */
  #column(repeat: Frame, row: FormRow, line: number, type: string, list: string | undefined): void {
    const name = row['name'] ?? '';
    const codes = this.#lists.get(list ?? '')?.map((r) => r['name']).toSorted().join() ?? '';
    const kind = TABLE_KINDS[type] ?? (list === YES_NO || codes === 'no,yes' || codes === 'non,oui' ? 'boolean' : undefined);
    if (!kind) return this.#leave(`Question « ${name || type} », ligne ${line}`, 'dans un groupe répété, seuls les nombres et les oui/non deviennent des colonnes du tableau.');
    const code = `${/^[A-Za-z]/.test(name) ? '' : 'c_'}${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
    repeat.columns.push({ row, code, kind });
    if (row['relevant']) this.#leave(`Question « ${name} », ligne ${line}, condition`, 'une colonne de tableau s’affiche toujours.');
    if (row['calculation']) this.#leave(`Question « ${name} », ligne ${line}, calcul`, 'une case de tableau ne se calcule pas.');
    this.#names.set(name, { kind: 'column', key: this.#names.preview(repeat.row['name'] ?? ''), column: code } satisfies Named);
  }

  #repeat(frame: Frame): void {
    const name = frame.row['name'] ?? '';
    if (frame.columns.length === 0) return this.#leave(`Groupe répété « ${name} »`, 'aucune de ses questions ne devient une colonne.');
    const count = Number(frame.row['repeat_count'] ?? Number.NaN);
    const rows = Number.isInteger(count) && count > 0 ? Math.min(count, MOST_ROWS) : FREE_ROWS;
    if (rows !== count) this.#leave(`Groupe répété « ${name} »`, `un tableau a des lignes connues d’avance : ${rows} lignes sont offertes.`);
    const table: TableShape = {
      rows: Array.from({ length: rows }, (_, i) => ({ code: `r${i + 1}`, label: `Ligne ${i + 1}` })),
      columns: frame.columns.map(({ row, code, kind }) => {
        const { bounds, rest } = boundsOf(row['constraint'] ?? '');
        if (rest.length > 0) this.#leave(`Question « ${row['name']} », contrainte`, `« ${rest.join(' and ')} » : une colonne de tableau n’a qu’un minimum et un maximum.`);
        return { code, label: this.#words(row, 'label') || code, kind, ...(kind === 'boolean' ? {} : { ...(bounds.min === undefined ? {} : { min: bounds.min }), ...(bounds.max === undefined ? {} : { max: bounds.max }) }) };
      }),
    };
    const key = this.#names.add(name, false, (was, now) => this.#leave(`Nom « ${was} »`, `il devient « ${now} ».`));
    const groups = this.#conditions();
    this.#drafts.push({ row: { ...frame.row, relevant: '' }, line: frame.line, key, rubric: this.#rubric(), groups, kind: 'table', more: {}, table });
  }

  #question(draft: Draft, index: number, pending: Rule[]): Question {
    const { row, key, kind } = draft;
    const own: { [field: string]: unknown } = {};
    if (row[ITEM] === 'question') for (const field of OWN_FIELDS) if (row[OWN + field]) own[field] = fromCell(row[OWN + field]!);
    let help = this.#words(row, 'hint');
    const guidance = this.#words(row, 'guidance_hint');
    if (guidance) help = help ? `${help} ${guidance}` : guidance;
    if (help.length > MAX_HELP) {
      this.#leave(`Question « ${row['name']} », aide`, `elle a ${help.length} caractères : les ${MAX_HELP} premiers sont repris.`);
      help = `${help.slice(0, MAX_HELP - 1)}…`;
    }
    const label = this.#words(row, 'label');
    if (!label) this.#leave(`Question « ${row['name']} »`, 'elle n’a pas d’intitulé : son nom en tient lieu.');
    const { relevance: _, computed: __, table: ___, required: ownRequired, ...kept } = own;
    const raw: { [field: string]: unknown } = {
      code: `${draft.rubric}${String(index + 1).padStart(3, '0')}`, dimension: 'generalites', referencePeriod: 'current', sensitivity: 'declared',
      ...kept, ...draft.more, key, kind, label: label || (row['name'] ?? ''), ...(help ? { help } : {}),
      required: kind === 'table' ? (ownRequired ?? false) : this.#required(row),
    };
    if ((kind === 'single' || kind === 'multiple') && !raw['options']) raw['options'] = this.#options(draft.list, false, `Question « ${row['name']} »`);
    if (kind === 'table') raw['table'] = draft.table;
    if (kind !== 'table') this.#constrain(draft, raw, pending);
    return parseQuestion(raw, draft.rubric, this.#file, `survey, ligne ${draft.line}`, this.#faults);
  }

  #required(row: FormRow): boolean {
    const text = (row['required'] ?? '').trim();
    if (/^(yes|true|true\(\)|oui)$/i.test(text)) return true;
    if (text !== '' && !/^(no|false|false\(\)|non)$/i.test(text)) this.#leave(`Question « ${row['name']} », « required »`, `« ${text} » : une question est nécessaire ou non, sans condition ; elle est reprise comme non nécessaire.`);
    return false;
  }

  /** Bounds from the constraint when a person changed it; what is no bound becomes a check. */
  #constrain(draft: Draft, raw: { [field: string]: unknown }, pending: Rule[]): void {
    const { row, key, kind } = draft;
    const constraint = row['constraint'] ?? '';
    if (constraintOf(raw as unknown as Question).constraint === constraint) return;
    const own = draft.row[ITEM] === 'question';
    if (own) for (const field of ['min', 'max', 'maxLength', 'pattern', 'maxChoices']) delete raw[field];
    const { bounds, rest } = boundsOf(constraint);
    const numeric = kind === 'integer' || kind === 'decimal' || kind === 'money' || kind === 'percentage';
    for (const [field, value] of Object.entries(bounds)) {
      const fits = field === 'min' || field === 'max' ? numeric : field === 'maxChoices' ? kind === 'multiple' : kind === 'text';
      if (fits) raw[field] = value;
      else this.#leave(`Question « ${row['name']} », contrainte`, `« ${constraint} » ne convient pas à une question de cette nature.`);
    }
    const exclusive = ((raw['options'] ?? []) as Raw[]).filter((o) => o['exclusive']).map((o) => `(not(selected(., '${String(o['code'])}')) or count-selected(.) = 1)`);
    const others = rest.filter((part) => !exclusive.includes(part));
    if (others.length === 0) return;
    const read = this.#translate(others.join(' and '), row['name'] ?? '');
    if (!read.ok) return this.#leave(`Question « ${row['name']} », contrainte`, `« ${others.join(' and ')} » : ${read.error}`);
    pending.push({
      id: `F${String(pending.length + 1).padStart(3, '0')}`, category: 'bound', severity: 'hard', stage: 'submit', appliesTo: ['CS', 'EVS'], when: null, assert: read.value, params: {},
      message: this.#words(row, 'constraint_message') || `La réponse à « ${this.#words(row, 'label') || key} » n’est pas dans ce qui est attendu.`, justification: false, serverOnly: false,
    });
  }

  /** Conditions and calculations, once every question has its place. */
  #settled(content: ReadForm['content']): readonly Question[] {
    const scope = formScope(content);
    return content.questions.map((question, i) => {
      const { row, groups } = this.#drafts[i]!;
      const translated = (theirs: string, ours: string | undefined, what: string): string | null => {
        if (ours !== undefined) {
          const again = toXPath(ours, scope);
          if (theirs === (again.ok ? again.value : '')) return ours;
        }
        if (!theirs) return null;
        const read = this.#translate(theirs, row['name'] ?? '');
        if (read.ok) return read.value;
        this.#leave(`Question « ${row['name']} », ${what}`, `« ${theirs} » : ${read.error}`);
        return null;
      };
      const cell = (field: string): string | undefined => (row[ITEM] === 'question' && row[OWN + field] ? String(fromCell(row[OWN + field]!)) : undefined);
      const own = translated(row['relevant'] ?? '', cell('relevance'), 'condition d’affichage');
      const around = groups.map((g) => translated(g, undefined, 'condition du groupe')).filter((g) => g !== null);
      const all = [...around, ...(own === null ? [] : [own])];
      const relevance = all.length === 0 ? null : all.length === 1 ? all[0]! : all.map((part) => `(${part})`).join(' && ');
      const numeric = ['integer', 'decimal', 'money', 'percentage'].includes(question.kind);
      if (row['calculation'] && !numeric) this.#leave(`Question « ${row['name']} », calcul`, 'seul un nombre se calcule.');
      const computed = numeric ? translated(row['calculation'] ?? '', cell('computed'), 'calcul') : null;
      const { computed: _, ...rest } = question;
      return { ...rest, relevance, ...(computed === null ? {} : { computed, prefill: 'computed' as const }) };
    });
  }

  #rules(content: ReadForm['content'], pending: readonly Rule[]): readonly Rule[] {
    const own = this.#rows(`${OWN}rules`).map((row, i) => {
      const raw: { [field: string]: unknown } = {};
      for (const field of RULE_FIELDS) if (row[field]) raw[field] = fromCell(row[field]!);
      const rule = parseRule(raw, this.#file, `feuille ${OWN}rules, ligne ${i + 2}`, this.#faults);
      const shown = this.#ruleRows.get(ruleName(rule));
      if (!shown) return rule;
      const expected = failureXPath(rule, formScope(content, rule.params));
      if (expected.ok && expected.value !== (shown['relevant'] ?? '')) this.#leave(`Contrôle ${rule.id}`, `sa condition a été changée dans le formulaire : changez-la dans la feuille « ${OWN}rules » ou dans l’atelier.`);
      return { ...rule, message: this.#words(shown, 'label') || rule.message };
    });
    const ids = new Set(own.map((r) => r.id));
    return [...own, ...pending.map((r) => (ids.has(r.id) ? { ...r, id: `${r.id}X` } : r))];
  }
}
