/** The rows of the sheet « survey »: groups become rubrics, repeats and our own blocks become tables, the rest become drafts of questions. */
import type { QuestionKind, TableColumn, TableShape } from '../model.ts';
import type { Raw } from '../parsing.ts';
import { boundsOf } from './form-bounds.ts';
import { kindOf } from './form-kinds.ts';
import { leftColumns } from './form-leftovers.ts';
import type { OpenForm } from './open-form.ts';
import { type FormRow, fromCell, type Item, ITEM, OWN, YES_NO } from './xlsform.ts';
import type { Named } from './xpath-read.ts';

/** Rows offered for a repeat whose number of turns is free. */
const FREE_ROWS = 10;
const MOST_ROWS = 50;
const TABLE_KINDS: { readonly [type: string]: TableColumn['kind'] } = { integer: 'integer', decimal: 'decimal' };

/** A question as the rows say it, before its conditions can be read: they may name questions further down. */
export interface Draft {
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

export interface Survey {
  readonly drafts: readonly Draft[];
  /** Code and label of each rubric, in the order of the form. */
  readonly rubrics: readonly (readonly [string, string])[];
  /** Rows that show a check of ours, by name. */
  readonly ruleRows: ReadonlyMap<string, FormRow>;
}

export function readSurvey(form: OpenForm): Survey {
  return new SurveyReader(form).read();
}

class SurveyReader {
  readonly #form: OpenForm;
  readonly #drafts: Draft[] = [];
  readonly #frames: Frame[] = [];
  readonly #rubrics: [string, string][] = [];
  readonly #ruleRows = new Map<string, FormRow>();

  constructor(form: OpenForm) {
    this.#form = form;
  }

  read(): Survey {
    this.#form.rows('survey').forEach((row, i) => this.#row(row, i + 2));
    for (const frame of this.#frames) this.#form.fault(`survey, ligne ${frame.line}`, 'ce groupe n’est pas refermé.');
    return { drafts: this.#drafts, rubrics: this.#rubrics, ruleRows: this.#ruleRows };
  }

  #row(row: FormRow, line: number): void {
    const type = (row['type'] ?? '').trim().replace(/\s+/g, ' ').replace(/^(begin|end) (group|repeat)$/, '$1_$2');
    const item = row[ITEM] as Item | undefined;
    const name = row['name'] ?? '';
    const top = this.#frames.at(-1);
    if (type === '' || row['disabled'] === 'yes') {
      if (name || row['disabled']) this.#form.leave(`Ligne ${line}`, row['disabled'] ? 'elle est désactivée.' : 'elle n’a pas de type.');
      return;
    }
    if (type === 'begin_group' || type === 'begin_repeat') return this.#begin(type, row, line, item);
    if (type === 'end_group' || type === 'end_repeat') return this.#end(line);
    if (item === 'rule') return void this.#ruleRows.set(name, row);
    if (top?.what === 'row' && item === 'cell') {
      this.#frames.at(-2)!.cells.set(name, row);
      return;
    }
    if (top?.what === 'row' || top?.what === 'table') return this.#form.leave(`Question « ${name} », ligne ${line}`, 'elle a été ajoutée dans un tableau : ses lignes et colonnes se changent dans l’atelier.');
    this.#form.left.push(...leftColumns(row, line));
    const [word = '', list] = type.split(' ');
    const repeat = this.#frames.find((f) => f.what === 'repeat');
    if (repeat) return this.#column(repeat, row, line, type, list);
    const found = kindOf(this.#form, word, type, row, line);
    if (!found) return;
    const key = this.#form.names.add(name, this.#form.own && item === 'question', (was, now) => this.#form.leave(`Nom « ${was} »`, `il devient « ${now} » : une clé s’écrit en minuscules sans accent.`));
    this.#form.names.set(name, { kind: 'question', key, ...(found.kind === 'single' || found.kind === 'multiple' ? { choice: found.kind } : {}) });
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
      this.#frames.at(-1)?.rowLabels.set(name, this.#form.words(row, 'label'));
      this.#frames.push(frame('row'));
      return;
    }
    this.#form.left.push(...leftColumns(row, line));
    if (type === 'begin_repeat') {
      if (this.#frames.some((f) => f.what === 'repeat')) this.#form.leave(`Groupe répété « ${name} »`, 'un groupe répété dans un autre n’est pas repris comme tel : ses questions sont des colonnes du premier.');
      this.#frames.push(frame('repeat'));
      return;
    }
    if (item !== 'rules' && this.#frames.length === 0) {
      const code = row[`${OWN}rubric`] ?? this.#freeRubric();
      if (!this.#rubrics.some(([c]) => c === code)) this.#rubrics.push([code, this.#form.words(row, 'label') || name]);
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
    if (!frame) return this.#form.fault(`survey, ligne ${line}`, 'ce groupe se referme sans s’être ouvert.');
    const name = frame.row['name'] ?? '';
    if (frame.what === 'repeat' && this.#frames.filter((f) => f.what === 'repeat').length === 1) this.#repeat(frame);
    this.#frames.pop();
    if (frame.what !== 'table') return;
    const shape = fromCell(frame.row[`${OWN}table`] ?? '{}') as TableShape;
    const rows = shape.rows.filter((r) => frame.rowLabels.has(`${name}.${r.code}`)).map((r) => ({ ...r, label: frame.rowLabels.get(`${name}.${r.code}`)! }));
    const columns = shape.columns.map((c) => {
      const cell = [...frame.cells].find(([place]) => place.endsWith(`.${c.code}`))?.[1];
      return { ...c, label: (cell && this.#form.words(cell, 'label')) || c.label };
    });
    this.#form.names.add(name, true, () => undefined);
    for (const row of rows) for (const c of columns) this.#form.names.set(`${name}.${row.code}.${c.code}`, { kind: 'cell', key: name, row: row.code, column: c.code, box: c.kind === 'boolean' });
    this.#drafts.push({ row: frame.row, line: frame.line, key: name, rubric: this.#rubric(), groups: this.#conditions(), kind: 'table', more: {}, table: { ...shape, rows, columns } });
  }

  /** The rubric of the group that holds the row: the outermost. */
  #rubric(): string {
    const outer = this.#frames.find((f) => f.what === 'group');
    if (outer) {
      const code = outer.row[`${OWN}rubric`];
      if (code) return code;
      const label = this.#form.words(outer.row, 'label') || (outer.row['name'] ?? '');
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

  /** A question of a repeat is a column of its table. */
  #column(repeat: Frame, row: FormRow, line: number, type: string, list: string | undefined): void {
    const name = row['name'] ?? '';
    const codes = this.#form.lists.get(list ?? '')?.map((r) => r['name']).toSorted().join() ?? '';
    const kind = TABLE_KINDS[type] ?? (list === YES_NO || codes === 'no,yes' || codes === 'non,oui' ? 'boolean' : undefined);
    if (!kind) return this.#form.leave(`Question « ${name || type} », ligne ${line}`, 'dans un groupe répété, seuls les nombres et les oui/non deviennent des colonnes du tableau.');
    const code = `${/^[A-Za-z]/.test(name) ? '' : 'c_'}${name.replace(/[^A-Za-z0-9_]/g, '_')}`;
    repeat.columns.push({ row, code, kind });
    if (row['relevant']) this.#form.leave(`Question « ${name} », ligne ${line}, condition`, 'une colonne de tableau s’affiche toujours.');
    if (row['calculation']) this.#form.leave(`Question « ${name} », ligne ${line}, calcul`, 'une case de tableau ne se calcule pas.');
    this.#form.names.set(name, { kind: 'column', key: this.#form.names.preview(repeat.row['name'] ?? ''), column: code } satisfies Named);
  }

  #repeat(frame: Frame): void {
    const name = frame.row['name'] ?? '';
    if (frame.columns.length === 0) return this.#form.leave(`Groupe répété « ${name} »`, 'aucune de ses questions ne devient une colonne.');
    const count = Number(frame.row['repeat_count'] ?? Number.NaN);
    const rows = Number.isInteger(count) && count > 0 ? Math.min(count, MOST_ROWS) : FREE_ROWS;
    if (rows !== count) this.#form.leave(`Groupe répété « ${name} »`, `un tableau a des lignes connues d’avance : ${rows} lignes sont offertes.`);
    const table: TableShape = {
      rows: Array.from({ length: rows }, (_, i) => ({ code: `r${i + 1}`, label: `Ligne ${i + 1}` })),
      columns: frame.columns.map(({ row, code, kind }) => {
        const { bounds, rest } = boundsOf(row['constraint'] ?? '');
        if (rest.length > 0) this.#form.leave(`Question « ${row['name']} », contrainte`, `« ${rest.join(' and ')} » : une colonne de tableau n’a qu’un minimum et un maximum.`);
        return { code, label: this.#form.words(row, 'label') || code, kind, ...(kind === 'boolean' ? {} : { ...(bounds.min === undefined ? {} : { min: bounds.min }), ...(bounds.max === undefined ? {} : { max: bounds.max }) }) };
      }),
    };
    const key = this.#form.names.add(name, false, (was, now) => this.#form.leave(`Nom « ${was} »`, `il devient « ${now} ».`));
    const groups = this.#conditions();
    this.#drafts.push({ row: { ...frame.row, relevant: '' }, line: frame.line, key, rubric: this.#rubric(), groups, kind: 'table', more: {}, table });
  }
}
