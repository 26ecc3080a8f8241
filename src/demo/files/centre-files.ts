/** The three files of one fictional centre, and the answers that they hold. */
import { utils, write } from '@e965/xlsx';
import { chance } from '../random.ts';
import { dsnFiles } from './dsn-files.ts';
import { fecFile, type FecForm, latin } from './fec-file.ts';
import { MEMBER_TITLES, membersList } from './members-list.ts';
import type { Truth } from './truth.ts';

export interface CentreFile {
  readonly name: string;
  readonly kind: 'accounts' | 'payroll' | 'members';
  readonly bytes: Uint8Array;
}
export interface CentreFiles {
  readonly files: readonly CentreFile[];
  readonly truth: Truth;
}
export interface CentreFilesOptions extends Partial<Omit<FecForm, 'year'>> {
  readonly year: number;
  readonly employees?: number;
  readonly people?: number;
  readonly membersAs?: MembersFormat;
}
export type MembersFormat = 'csv' | 'xlsx' | 'ods';

export function centreFiles(seed: string, options: CentreFilesOptions): CentreFiles {
  const { year, employees = 18, people = 400, membersAs = 'xlsx', ...form } = options;
  const random = chance(seed);
  const fec = fecFile(random.fork('fec'), { year, lines: 4000, separator: '\t', encoding: 'iso-8859-15', amounts: 'debit-credit', decimal: ',', lineEnd: '\r\n', analytic: true, closed: true, ...form });
  const dsn = dsnFiles(random.fork('dsn'), { year, employees });
  const members = membersList(random.fork('members'), { year, people });
  return {
    files: [
      { name: `000000000FEC${year}1231.txt`, kind: 'accounts', bytes: fec.bytes },
      ...dsn.files.map((file) => ({ ...file, kind: 'payroll' as const })),
      { name: `adherents-${year}.${membersAs}`, kind: 'members', bytes: membersFile(members.rows, membersAs) },
    ],
    truth: { ...fec.truth, ...dsn.truth, ...members.truth },
  };
}

/** Workbooks hold real dates and numbers, and a title above the table, as exports do. */
export function membersFile(rows: readonly (readonly string[])[], format: MembersFormat): Uint8Array {
  if (format === 'csv') return latin([MEMBER_TITLES, ...rows].map((row) => row.map((cell) => (/[";\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(';')).join('\r\n').replaceAll('’', "'"));
  const serial = (text: string): number => Date.parse(`${text.slice(6)}-${text.slice(3, 5)}-${text.slice(0, 2)}T00:00:00Z`) / 86_400_000 + 25_569;
  const cellOf = (text: string): unknown => (/^\d{2}\/\d{2}\/\d{4}$/.test(text) ? { t: 'n', v: serial(text), z: 'dd/mm/yyyy' } : /^\d+$/.test(text) ? Number(text) : text);
  const sheet = utils.aoa_to_sheet([['Liste des adhérents'], [], [...MEMBER_TITLES], ...rows.map((row) => row.map(cellOf))]);
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, 'Adhérents');
  return new Uint8Array(write(book, { type: 'array', bookType: format }) as ArrayBuffer);
}
