/** A list of members as management software exports it, of people who do not exist, with what it says: one line per activity, so people come back. */
import type { Chance } from '../random.ts';
import type { Truth } from './truth.ts';

const NAMES = ['Exemple', 'Fictif', 'Modèle', 'Témoin', 'Échantillon', 'Specimen', 'Imaginaire', 'Anonyme', 'Chimère', 'Utopie'];
const FIRST_NAMES = ['Alpha', 'Bêta', 'Gamma', 'Delta', 'Epsilon', 'Zêta', 'Iota', 'Kappa', 'Lambda', 'Mu', 'Nu', 'Xi', 'Omicron', 'Rhô', 'Sigma', 'Tau'];
/** Districts of the list and where each stands. */
export const DISTRICTS: { readonly [name: string]: string } = { 'Les Tilleuls': 'own_area', 'La Fontaine': 'own_area', 'Centre-ville': 'same_commune', 'Port-Fictif': 'other_commune', 'Sainte-Utopie': 'other_commune' };
export const MEMBER_TITLES = ['N° dossier', 'Nom', 'Prénom', 'Date de naissance', 'Civilité', 'Quartier', 'Quotient familial', 'Activité', 'Adhésion payée', 'Date d’inscription'];

const AGES: readonly (readonly [string, number, number])[] = [['a0_3', 0, 3], ['a4_10', 4, 10], ['a11_14', 11, 14], ['a15_17', 15, 17], ['a18_25', 18, 25], ['a26_59', 26, 59], ['a60_plus', 60, 95]];
const QUOTIENTS: readonly (readonly [string, number, number])[] = [['q0_400', 0, 400], ['q401_700', 401, 700], ['q701_1000', 701, 1000], ['q1001_1500', 1001, 1500], ['q1501_plus', 1501, 4000]];

/** Rows under `MEMBER_TITLES`; dates are written JJ/MM/AAAA. */
export function membersList(random: Chance, form: { readonly year: number; readonly people: number }): { readonly rows: readonly (readonly string[])[]; readonly truth: Truth } {
  const { year } = form;
  const truth: Truth = { unique_users: form.people, members: 0 };
  for (const [row] of [...AGES, ['unknown']]) truth[`users_by_age.${row}.count`] = 0;
  for (const row of ['women', 'men', 'unknown']) truth[`users_by_gender.${row}.count`] = 0;
  for (const [row] of [...QUOTIENTS, ['unknown']]) truth[`users_by_qf.${row}.count`] = 0;
  for (const row of ['own_area', 'same_commune', 'other_commune', 'unknown']) truth[`users_by_residence.${row}.count`] = 0;
  const count = (target: string): void => void (truth[target] = (truth[target] as number) + 1);
  const date = (y: number): string => `${String(random.integer(1, 28)).padStart(2, '0')}/${String(random.integer(1, 12)).padStart(2, '0')}/${y}`;
  const rows: string[][] = [];
  for (let i = 0; i < form.people; i++) {
    const [age, low, high] = random.pick(AGES);
    const known = random.happens(0.97);
    count(`users_by_age.${known ? age : 'unknown'}.count`);
    const sex = random.weighted({ women: 0.56, men: 0.41, unknown: 0.03 });
    count(`users_by_gender.${sex}.count`);
    const [band, least, most] = random.pick(QUOTIENTS);
    const told = random.happens(0.85);
    count(`users_by_qf.${told ? band : 'unknown'}.count`);
    const district = random.happens(0.96) ? random.pick(Object.keys(DISTRICTS)) : '';
    count(`users_by_residence.${district === '' ? 'unknown' : DISTRICTS[district]!}.count`);
    const member = random.happens(0.8);
    if (member) count('members');
    const quotient = told ? random.pick([least, most, random.integer(least, most)]) : undefined;
    const line = [
      `D${i}`, `${random.pick(NAMES)} ${letters(i)}`, random.pick(FIRST_NAMES), known ? date(year - random.integer(low, high)) : '', sex === 'women' ? random.pick(['Mme', 'F', 'Madame']) : sex === 'men' ? random.pick(['M.', 'H', 'Monsieur']) : '',
      district, quotient === undefined ? '' : String(quotient), 'Accueil de loisirs', member ? 'Oui' : 'Non', date(year),
    ];
    rows.push(line);
    // Another activity, typed by somebody else: capitals, no accents.
    if (random.happens(0.3)) rows.push(line.map((cell, column) => (column === 1 ? cell.toUpperCase() : column === 2 ? cell.normalize('NFD').replaceAll(/\p{M}/gu, '') : column === 7 ? 'Atelier cuisine' : column === 8 ? 'Non' : cell)));
    // Somebody who came the year before only.
    if (random.happens(0.05)) rows.push([`D${i}b`, `Ancien ${letters(i)}`, 'Omega', date(year - 30), 'Mme', 'Les Tilleuls', '500', 'Yoga', 'Oui', date(year - 1)]);
  }
  return { rows: random.shuffled(rows), truth };
}

/** 0 -> `a`, 26 -> `ba`: names that stay apart once accents and signs are dropped. */
const letters = (n: number): string => (n >= 26 ? letters(Math.floor(n / 26)) : '') + String.fromCharCode(97 + (n % 26));
