/** What every part of the reading of an XLSForm shares: its sheets, its language, the names seen so far, and what is wrong or left behind. */
import type { Fault, Raw } from '../parsing.ts';
import { FormNames } from './form-names.ts';
import { type FormRow, type FormSheet, fromCell, type NotCarried, OWN } from './xlsform.ts';
import { fromXPath } from './xpath-read.ts';

export class OpenForm {
  readonly file: string;
  readonly left: NotCarried[] = [];
  readonly faults: Fault[] = [];
  readonly names = new FormNames();
  readonly lists: ReadonlyMap<string, readonly FormRow[]>;
  readonly year: number;
  /** The form was written by us: columns of ours count. */
  readonly own: boolean;
  readonly sheets: ReadonlyMap<string, FormSheet>;
  readonly #language: string | undefined;

  constructor(sheets: readonly FormSheet[], { year, file }: { readonly year?: number; readonly file: string }) {
    this.file = file;
    this.sheets = new Map(sheets.map((s) => [s.name, s]));
    this.own = this.sheets.has(`${OWN}version`);
    this.year = year ?? Number(this.rows(`${OWN}version`).find((r) => r['field'] === 'year')?.['value'] ?? Number.NaN);
    if (!Number.isInteger(this.year)) this.fault('', 'ce formulaire ne dit pas son année : ajoutez --year.');
    this.#language = this.#chooseLanguage();
    this.lists = Map.groupBy(this.rows('choices').filter((row) => listOf(row)), (row) => listOf(row)!);
  }

  rows(sheet: string): readonly FormRow[] {
    return this.sheets.get(sheet)?.rows ?? [];
  }

  fault(place: string, message: string): void {
    this.faults.push({ file: this.file, place, message });
  }

  leave(subject: string, reason: string): void {
    this.left.push({ subject, reason });
  }

  /** In the language that was chosen. */
  words(row: FormRow, column: string): string {
    const found = (this.#language !== undefined && (row[`${column}::${this.#language}`] ?? row[`${column}:${this.#language}`])) || row[column];
    return found ?? '';
  }

  translate(xpath: string, self?: string) {
    return fromXPath(xpath, { named: (n) => this.names.get(n), ...(self === undefined ? {} : { self }) });
  }

  why(xpath: string): string {
    const read = this.translate(xpath);
    return read.ok ? '' : `« ${xpath} », ${read.error}`;
  }

  /** The choices of a list, told under `subject` when something in them cannot be taken. */
  options(list: string | undefined, other: boolean, subject: string): Raw[] | undefined {
    const rows = list === undefined ? undefined : this.lists.get(list);
    if (!rows) return void this.leave(subject, `la liste de choix « ${list ?? ''} » n’est pas dans la feuille « choices ».`);
    const seen = new Set<string>();
    const options = rows.flatMap((row): Raw[] => {
      const name = row['name'] ?? '';
      const code = name.replace(/[^A-Za-z0-9_]/g, '_');
      if (code !== name) this.leave(`Choix « ${name} » de la liste « ${list} »`, `son code devient « ${code} ».`);
      if (seen.has(code)) {
        this.leave(`Choix « ${name} » de la liste « ${list} »`, 'son code est donné deux fois : le premier est repris.');
        return [];
      }
      seen.add(code);
      for (const column of Object.keys(row)) if (/^(media|image|audio|video|big-image)/.test(column)) this.leave(`Choix « ${name} » de la liste « ${list} », colonne ${column}`, 'un choix n’a ni image ni son ici.');
      return [{ code, label: this.words(row, 'label') || name, ...(row[`${OWN}exclusive`] ? { exclusive: fromCell(row[`${OWN}exclusive`]!) } : {}) }];
    });
    if (other && !seen.has('other')) {
      options.push({ code: 'other', label: 'Autre' });
      this.leave(subject, '« or_other » ajoute le choix « Autre » ; la précision en toutes lettres n’est pas demandée.');
    }
    return options;
  }

  /** French when the form has it, else its own, else the first; the others are told. */
  #chooseLanguage(): string | undefined {
    const columns = this.sheets.get('survey')?.columns ?? [];
    const languages = [...new Set(columns.flatMap((c) => /^label::?\s*(.+)$/.exec(c)?.[1] ?? []))];
    const preferred = this.rows('settings')[0]?.['default_language'];
    const chosen = languages.find((l) => /fran[cç]ais|french|\(fr\)/i.test(l)) ?? languages.find((l) => l === preferred) ?? languages[0];
    const others = languages.filter((l) => l !== chosen);
    if (others.length > 0) this.leave(`Langues : ${others.join(', ')}`, `une question n’a qu’une langue ici : « ${chosen} » est reprise.`);
    return chosen;
  }
}

const listOf = (row: FormRow): string | undefined => row['list_name'] ?? row['list name'];
