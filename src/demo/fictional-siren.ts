/**
 * SIREN and SIRET numbers that no real body bears: they begin with four zeros, which the national register never gave, and keep a right
 * control digit (Luhn), so that the ordinary checks of a register file accept them.
 */
import { controlDigit } from '../domains/registry/index.ts';

/** `number` from 1 to 9999. */
export function fictionalSiren(number: number): string {
  const stem = `0000${String(number).padStart(4, '0')}`;
  return `${stem}${controlDigit(stem)}`;
}

/** SIRET of the establishment `number` (1 to 9999) of a body. */
export function fictionalSiret(siren: string, number: number): string {
  const stem = `${siren}${String(number).padStart(4, '0')}`;
  return `${stem}${controlDigit(stem)}`;
}
