/** Zonings by year (QPV, FRR, urban renewal…): a zone lies in a territory; the list in force in a year is the latest begun by then. */
import { communeCode } from '../../kernel/territory-code.ts';

export interface Zone {
  readonly code: string;
  readonly label: string;
  readonly territoryCode: string;
}

/**
 * Reads a public list of zones: one line per zone, `code;nom;commune` with the Insee code of the commune (separator `;`, `,` or tabulation,
 * a header line is skipped). Lines without a readable commune are left out. A list of classed communes repeats the commune as code.
 */
export function parseZones(text: string): Zone[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.split(/[;,\t]/).map((cell) => cell.trim().replace(/^"|"$/g, '')))
    .flatMap(([code = '', label = '', commune = '']) => (/^(\d{4,5}|2[AB]\d{3})$/i.test(commune) ? [{ code, label, territoryCode: communeCode(commune.padStart(5, '0')) }] : []));
}
