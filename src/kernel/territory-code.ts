/**
 * One code per territory, written alike on the command line, in addresses and in files:
 * `FR`, `R32` (région), `62` or `2A` or `974` (département), `E` + SIREN (EPCI), `C` + Insee code (commune), `Z-…` (area drawn by a committee).
 * A foreign observatory brings its own codes: any other upper-case word of letters, digits and hyphens is accepted as such.
 */
import type { Branded } from './identifier.ts';

export type TerritoryCode = Branded<string, 'TerritoryCode'>;
export const NATION = 'FR' as TerritoryCode;

const SHAPE = /^[0-9A-Z][0-9A-Z-]{0,39}$/;

/** The code when the text has the shape of one (spaces around it are ignored, letters are raised), else undefined. */
export function parseTerritoryCode(text: unknown): TerritoryCode | undefined {
  if (typeof text !== 'string') return undefined;
  const code = text.trim().toUpperCase();
  return SHAPE.test(code) ? (code as TerritoryCode) : undefined;
}

export const communeCode = (insee: string): TerritoryCode => `C${insee.toUpperCase()}` as TerritoryCode;
