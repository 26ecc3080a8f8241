/**
 * SIREN and SIRET numbers that no real body bears: they begin with four zeros, which the national register never gave, and keep a right
 * control digit (Luhn), so that the ordinary checks of a register file accept them.
 */
const luhn = (digits: string): number => {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const d = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 0 ? d * 2 : d;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return (10 - (sum % 10)) % 10;
};

/** `number` from 1 to 9999. */
export function fictionalSiren(number: number): string {
  const stem = `0000${String(number).padStart(4, '0')}`;
  return `${stem}${luhn(stem)}`;
}

/** SIRET of the establishment `number` (1 to 9999) of a body. */
export function fictionalSiret(siren: string, number: number): string {
  const stem = `${siren}${String(number).padStart(4, '0')}`;
  return `${stem}${luhn(stem)}`;
}
