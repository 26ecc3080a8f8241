/** Six fictional centres of Lozère: their register file, and answers that hold together, each of its own size. */
import type { Answers } from '../../src/domains/questionnaire/index.ts';
import { REGISTER_QUESTIONS } from '../../src/domains/registry/index.ts';
import { sampleAnswers } from '../../src/domains/questionnaire/fixtures/sample.ts';

export interface SmallCentre {
  readonly siret: string;
  readonly name: string;
  readonly email: string;
}

const PLACES = [
  ['48095', 'Mende'], ['48092', 'Marvejols'], ['48140', 'Saint-Chély-d’Apcher'], ['48080', 'Langogne'], ['48061', 'Florac Trois Rivières'], ['48095', 'Mende'],
] as const;

/** Last digit of a SIRET or SIREN (Luhn). */
function luhn(digits: string): string {
  const sum = [...digits].toReversed().reduce((total, digit, n) => {
    const d = Number(digit) * (n % 2 === 0 ? 2 : 1);
    return total + (d > 9 ? d - 9 : d);
  }, 0);
  return digits + String((10 - (sum % 10)) % 10);
}
const sirenOf = (n: number): string => luhn(`4800001${n}`);

export const CENTRES: readonly SmallCentre[] = PLACES.map(([, commune], n) => ({
  siret: luhn(`${sirenOf(n)}0001`), name: `Centre social d’essai ${n + 1}, ${commune}`, email: `direction${n + 1}@exemple.fr`,
}));

const HEAD = 'Code structure;SIRET;Type;Nom;Adresse;Code Insee;Commune;Département;Gestionnaire;SIREN du gestionnaire;Mode de gestion;Statut juridique;Réseaux;Année du premier agrément;Agrément AGC début;Agrément AGC fin;Agrément ACF début;Agrément ACF fin;Caractère du territoire;QPV;FRR';

export const registerCsv = (): string =>
  [HEAD, ...PLACES.map(([insee, commune], n) => `LZR-${n + 1};${CENTRES[n]!.siret};CS;${CENTRES[n]!.name};${n + 1} rue de l’Essai;${insee};${commune};48;Association d’essai ${n + 1};${sirenOf(n)};association;association;fcsf;1998;2023-01-01;2026-12-31;2023-01-01;2026-12-31;urban;inside;no`)].join('\r\n');

/** What the director types; what the register answers is already there. Sums stay sums: only questions that stand alone change from a centre to the next. */
export function answersOf(n: number): Answers {
  const typed = Object.fromEntries(Object.entries(sampleAnswers).filter(([key]) => !REGISTER_QUESTIONS.includes(key) || key.startsWith('urban_renewal')));
  const add = (key: string, by: number): void => {
    const answer = typed[key];
    if (answer?.state === 'value' && typeof answer.value === 'number') typed[key] = { state: 'value', value: answer.value + by };
  };
  add('reception_visits', 100 * n);
  add('partners_count', n);
  add('seniors_count', 2 * n);
  return typed;
}
