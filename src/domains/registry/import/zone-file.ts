/** A public list of zones (QPV, FRR…), one line per zone: `code;nom;commune`, the commune by its Insee code. Pure. */
import type { TerritoryCode } from '../../../kernel/territory-code.ts';
import { normaliseName } from '../normalised-name.ts';
import type { ImportFault } from './parsing.ts';

export interface Zone {
  readonly code: string;
  readonly label: string;
  readonly territoryCode: string;
}

const COLUMNS = ['code', 'nom', 'commune'] as const;

/**
 * Zones of the rows of a file, and every fault with its row (`rows[0]` is row 1). A first row that names its columns is a row of titles. A list of classed
 * communes repeats the commune as code. `communeOf`: the commune of an Insee code, former ones included.
 */
export function readZones(rows: readonly (readonly string[])[], communeOf: (insee: string) => TerritoryCode | undefined): { readonly zones: readonly Zone[]; readonly faults: readonly ImportFault[] } {
  const zones = new Map<string, Zone>();
  const faults: ImportFault[] = [];
  const titles = normaliseName(rows[0]?.[0] ?? '').startsWith('code') || /commune|insee/.test(normaliseName(rows[0]?.[2] ?? '')) ? 1 : 0;
  for (const [i, cells] of rows.entries()) {
    if (i < titles || cells.every((cell) => cell.trim() === '')) continue;
    const [code = '', label = '', commune = ''] = cells.map((cell) => cell.trim());
    const fault = (column: (typeof COLUMNS)[number], value: string, message: string, remedy: string): unknown => faults.push({ row: i + 1, column, value, message, remedy });
    const territoryCode = communeOf(commune);
    if (code === '') fault('code', code, 'chaque zone porte un code.', 'Reprenez celui de la liste officielle.');
    else if (zones.has(code)) fault('code', code, 'ce code est déjà celui d’une autre ligne.', 'Gardez une ligne par zone ; une zone sur plusieurs communes se déclare dans la principale.');
    else if (territoryCode === undefined) fault('commune', commune, 'ce n’est pas le code Insee d’une commune.', 'Écrivez ses cinq caractères, par exemple 62510, et non son nom ni son code postal.');
    else zones.set(code, { code, label: label === '' ? code : label, territoryCode });
  }
  return { zones: [...zones.values()], faults };
}
