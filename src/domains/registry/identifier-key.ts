/** The control digit of SIREN and SIRET numbers (Luhn, ISO/IEC 7812-1): a slip of one digit, and most inversions, break it. */

/** Sum of the digits, every second one from the right doubled; `shift` 1 when the control digit is still to come. */
function luhnSum(digits: string, shift: 0 | 1): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 - shift ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum;
}

/** The digit that completes `stem`. */
export const controlDigit = (stem: string): number => (10 - (luhnSum(stem, 1) % 10)) % 10;

/** Whether nine digits can be a SIREN. */
export const isSiren = (text: string): boolean => /^\d{9}$/.test(text) && luhnSum(text, 0) % 10 === 0;

const LA_POSTE = '356000000';

/** Whether fourteen digits can be a SIRET. The post offices, numbered before the key was, sum to a multiple of five instead (Insee). */
export const isSiret = (text: string): boolean =>
  /^\d{14}$/.test(text) && (luhnSum(text, 0) % 10 === 0 || (text.startsWith(LA_POSTE) && [...text].reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0));
