/** Files chosen by the person -> a reading from which values are derived again at each choice. Runs beside the page, never on a server. */
import { decode } from '../../kernel/file-text.ts';
import { ok, refuse, type Result } from '../../kernel/result.ts';
import { deriveBudget } from './budget.ts';
import { csvRows } from './csv.ts';
import { readDsn } from './dsn.ts';
import { readFec } from './fec.ts';
import type { FileGuides } from './guides.ts';
import { readMembers } from './members.ts';
import type { Choices, Derived, FileKind, Scope } from './model.ts';
import { deriveStaff } from './staff.ts';
import { deriveUsers } from './users.ts';

export interface ChosenFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Values for the choices made so far; called again when the person changes one. */
export type Derivation = (choices: Choices) => Derived;

/** Reads files of one kind. Refused with a French sentence that says which file to look for. */
export async function readFiles(kind: FileKind, files: readonly ChosenFile[], guides: FileGuides, scope: Scope): Promise<Result<Derivation>> {
  const empty = files.find((file) => file.bytes.length === 0);
  if (empty) return refuse({ code: 'empty_file', message: `« ${empty.name} » est vide : refaites l’export.` });
  if (kind === 'members') {
    const file = files[0]!;
    const rows = await rowsOf(file);
    if (!rows.ok) return rows;
    const reading = readMembers(file.name, rows.value, guides.members);
    return reading.ok ? ok((choices) => deriveUsers(reading.value, guides.members, choices, scope)) : reading;
  }
  const wrong = files.find((file) => isArchive(file.bytes) || file.bytes.subarray(0, 4).join() === '37,80,68,70');
  if (wrong) return refuse({ code: 'not_a_text', message: `« ${wrong.name} » est un classeur, une archive ou un PDF : choisissez le fichier texte exporté par le logiciel de ${kind === 'accounts' ? 'comptabilité (FEC)' : 'paie (DSN)'}, décompressé.` });
  const texts = files.map((file) => ({ name: file.name, text: decode(file.bytes) }));
  if (kind === 'accounts') {
    const reading = readFec(texts, scope.dataYear, guides.accounts);
    return reading.ok ? ok((choices) => deriveBudget(reading.value, guides.accounts, choices, scope)) : reading;
  }
  const reading = readDsn(texts, scope.dataYear);
  return reading.ok ? ok((choices) => deriveStaff(reading.value, guides.payroll, choices, scope)) : reading;
}

/** ZIP (XLSX, ODS) or the older compound file (XLS). */
const isArchive = (bytes: Uint8Array): boolean => (bytes[0] === 0x50 && bytes[1] === 0x4b) || (bytes[0] === 0xd0 && bytes[1] === 0xcf);

async function rowsOf(file: ChosenFile): Promise<Result<string[][]>> {
  if (!isArchive(file.bytes)) return ok(csvRows(decode(file.bytes)));
  const { firstSheetRows } = await import('./spreadsheet.ts');
  return firstSheetRows(file.bytes);
}
