/** A list of members -> users of the year by age, sex, family quotient and residence. One person counts once. */
import { parseFrenchDate } from '../../kernel/french-date.ts';
import { parseFrenchNumber } from '../../kernel/french-number.ts';
import type { Question } from '../questionnaire/index.ts';
import { placed } from './budget.ts';
import type { MemberField, MembersGuide } from './guides.ts';
import { columnId, columnsOf, type MembersReading } from './members.ts';
import type { Choices, Derived, LineFault, Place, Scope } from './model.ts';
import { SHOWN_FAULTS } from './model.ts';
import { plural, proposing, rowOptions } from './proposing.ts';
import { plain } from './words.ts';

export const FIELD_LABELS: { readonly [field in MemberField]: string } = {
  birth: 'Date de naissance', age: 'Âge', sex: 'Sexe ou civilité', quotient: 'Quotient familial', residence: 'Quartier ou commune', membership: 'Adhésion', registered: 'Date d’inscription', firstName: 'Prénom', lastName: 'Nom',
};
/** Districts shown to be placed; a column with more different values is no district. */
const MOST_RESIDENCES = 80;

interface User {
  readonly birth: string | undefined;
  readonly age: number | undefined;
  sex: 'women' | 'men' | 'unknown';
  quotient: number | undefined;
  residence: string;
  member: boolean;
}

/** `a15_17`, `a60_plus`, `q401_700`: bounds in the row's own code, both included. */
const bandOf = (question: Question, value: number): string | undefined =>
  question.table!.rows.find(({ code }) => {
    const [, low, high] = /^[a-z](\d+)_(\d+|plus)$/.exec(code) ?? [];
    return low !== undefined && value > Number(low) - 1 && (high === 'plus' || value <= Number(high));
  })?.code;

export function deriveUsers(reading: MembersReading, guide: MembersGuide, choices: Choices, scope: Scope): Derived {
  const out = proposing(scope);
  const year = scope.dataYear;
  const columns = columnsOf(reading, choices);
  const faults: LineFault[] = [];
  let faultCount = 0;
  const { users, repeated, otherYear } = usersOf(reading, columns, guide, year, (line, message) => {
    faultCount++;
    if (faults.length < SHOWN_FAULTS) faults.push({ file: reading.fileName, line, message });
  });
  const fields = new Set(['', ...columnFields]);
  const columnPlaces = reading.titles.map((title, i): Place => {
    const id = columnId(title, i);
    const used = [...columns].find(([, at]) => at === i)?.[0];
    return { ...placed('column', id, title || `Colonne ${i + 1}`, plural(reading.rows.filter((r) => (r[i] ?? '').trim() !== '').length, 'ligne remplie', 'lignes remplies'), choices, fields, used ?? ''), chosen: used ?? '' };
  });

  const remarks = [
    ...(columns.has('lastName') && columns.has('birth') ? [] : ['Sans colonnes « Nom » et « Date de naissance », chaque ligne compte pour une personne.']),
    ...(columns.has('registered') ? [] : ['Toute la liste est prise pour l’année : vérifiez qu’elle ne porte que sur les inscrits de l’année.']),
  ];
  const from = `${plural(reading.rows.length, 'ligne')}${repeated > 0 ? `, moins ${plural(repeated, 'répétition')} d’une même personne` : ''}${otherYear > 0 ? `, moins ${plural(otherYear, 'inscription')} hors de ${year}` : ''}`;
  out.put({ key: 'unique_users', value: users.length, remarks, parts: [], how: `Personnes différentes (même nom, même prénom, même naissance = une) : ${from}.` });
  if (columns.has('membership')) out.put({ key: 'members', value: users.filter((u) => u.member).length, remarks, parts: [], how: 'Personnes dont la colonne « Adhésion » est remplie, autrement que par non ou 0.' });

  const table = (key: string, has: boolean, rowOf: (user: User, question: Question) => string, how: string, more: readonly string[] = []): void => {
    const question = out.question(key);
    if (!question?.table || !has) return;
    const counts = new Map<string, number>();
    for (const user of users) counts.set(rowOf(user, question), (counts.get(rowOf(user, question)) ?? 0) + 1);
    for (const row of question.table.rows) out.put({ key, row: row.code, column: 'count', value: counts.get(row.code) ?? 0, parts: [], remarks: [...remarks, ...more], how });
  };
  const byBirth = columns.has('birth');
  table('users_by_age', byBirth || columns.has('age'), (u, q) => (u.age === undefined ? 'unknown' : (bandOf(q, u.age) ?? 'unknown')), byBirth ? `Âge au 31 décembre ${year} : ${year} moins l’année de naissance.` : 'Âge écrit dans la liste.', byBirth ? [] : [`L’âge de la liste est celui du jour de l’export, peut-être pas celui du 31 décembre ${year}.`]);
  table('users_by_gender', columns.has('sex'), (u) => u.sex, 'Sexe ou civilité de la liste ; ce qui n’est ni l’un ni l’autre est « Non renseigné ».');
  table('users_by_qf', columns.has('quotient'), (u, q) => (u.quotient === undefined ? 'unknown' : (bandOf(q, u.quotient) ?? 'unknown')), 'Quotient de la liste, rangé dans les tranches du questionnaire ; vide = inconnu.');

  const residenceQuestion = out.question('users_by_residence');
  const residences = residenceQuestion && columns.has('residence') ? residencePlaces(users, choices, new Set(residenceQuestion.table?.rows.map((r) => r.code))) : undefined;
  const warnings: string[] = [];
  if (faultCount > 0) warnings.push(`${plural(faultCount, 'case')} n’${faultCount > 1 ? 'ont' : 'a'} pas pu être ${faultCount > 1 ? 'lues' : 'lue'} : la personne est comptée comme « inconnu » pour ce point.`);
  if (residences === 'too_many') warnings.push('La colonne prise pour le quartier ou la commune contient trop de valeurs différentes : choisissez-en une autre (ce n’est sans doute pas un quartier).');
  else if (residences && residences.some((p) => p.chosen === null)) warnings.push(`${plural(residences.filter((p) => p.chosen === null).length, 'quartier ou commune', 'quartiers ou communes')} à classer : les usagers par lieu de résidence seront proposés ensuite.`);
  else if (residences) {
    const place = new Map(residences.map((p) => [p.id, p.chosen!]));
    table('users_by_residence', true, (u) => (u.residence === '' ? 'unknown' : place.get(residenceId(u.residence))!), 'Quartier ou commune de la liste, classé par vous ; vide = inconnu.');
  }
  return {
    summary: [`${plural(reading.rows.length, 'ligne')}, ${plural(users.length, 'personne différente', 'personnes différentes')}`],
    warnings, faults, faultCount, proposals: out.made, places: [...columnPlaces, ...(Array.isArray(residences) ? residences : [])],
    options: { column: [{ code: '', label: 'Ne sert pas' }, ...columnFields.map((code) => ({ code, label: FIELD_LABELS[code] }))], residence: rowOptions(residenceQuestion) },
  };
}

const columnFields = Object.keys(FIELD_LABELS) as MemberField[];
const residenceId = (text: string): string => `residence:${plain(text)}`;

function residencePlaces(users: readonly User[], choices: Choices, rows: ReadonlySet<string>): Place[] | 'too_many' {
  const found = new Map<string, { label: string; count: number }>();
  for (const { residence } of users) {
    if (residence === '') continue;
    const one = found.get(residenceId(residence)) ?? { label: residence, count: 0 };
    one.count++;
    found.set(residenceId(residence), one);
  }
  if (found.size > MOST_RESIDENCES) return 'too_many';
  return [...found].toSorted(([, a], [, b]) => b.count - a.count || (a.label < b.label ? -1 : 1)).map(([id, { label, count }]) => placed('residence', id, label, plural(count, 'personne'), choices, rows, undefined));
}

function usersOf(reading: MembersReading, columns: ReadonlyMap<MemberField, number>, guide: MembersGuide, year: number, fault: (line: number, message: string) => void) {
  const people = new Map<string, User>();
  let repeated = 0;
  let otherYear = 0;
  for (const [i, row] of reading.rows.entries()) {
    // Its rank under the titles: blank lines of the file are not counted.
    const line = i + 1;
    const cell = (field: MemberField): string => (columns.has(field) ? (row[columns.get(field)!] ?? '').trim() : '');
    const registered = cell('registered') === '' ? undefined : parseFrenchDate(cell('registered').slice(0, 10));
    if (cell('registered') !== '' && registered === undefined) fault(line, 'date d’inscription illisible : la personne est comptée.');
    if (registered !== undefined && !registered.startsWith(String(year))) {
      otherYear++;
      continue;
    }
    const user = userOf(cell, guide, year, (message) => fault(line, message));
    const name = plain(`${cell('lastName')} ${cell('firstName')}`);
    const key = columns.has('lastName') && columns.has('birth') && name !== '' ? `${name} ${user.birth ?? ''}` : `line ${i}`;
    const before = people.get(key);
    if (!before) people.set(key, user);
    else {
      repeated++;
      before.member ||= user.member;
      if (before.sex === 'unknown') before.sex = user.sex;
      before.quotient ??= user.quotient;
      if (before.residence === '') before.residence = user.residence;
    }
  }
  return { users: [...people.values()], repeated, otherYear };
}

function userOf(cell: (field: MemberField) => string, guide: MembersGuide, year: number, fault: (message: string) => void): User {
  const birth = cell('birth') === '' ? undefined : parseFrenchDate(cell('birth').slice(0, 10));
  if (cell('birth') !== '' && birth === undefined) fault('date de naissance illisible (JJ/MM/AAAA attendu).');
  let age = birth === undefined ? undefined : year - Number(birth.slice(0, 4));
  if (age !== undefined && (age < 0 || age > 120)) {
    fault('date de naissance impossible.');
    age = undefined;
  }
  if (birth === undefined && cell('birth') === '' && cell('age') !== '') {
    const written = parseFrenchNumber(cell('age').replace(/ans?$/i, ''));
    if (written === undefined || written < 0 || written > 120) fault('âge illisible.');
    else age = Math.floor(written);
  }
  const quotient = cell('quotient') === '' ? undefined : parseFrenchNumber(cell('quotient'));
  if (cell('quotient') !== '' && (quotient === undefined || quotient < 0)) fault('quotient familial illisible.');
  const sex = plain(cell('sex'));
  return {
    birth, age, quotient: quotient !== undefined && quotient >= 0 ? quotient : undefined,
    sex: guide.sexes.women.includes(sex) ? 'women' : guide.sexes.men.includes(sex) ? 'men' : 'unknown',
    residence: cell('residence'), member: !guide.no.includes(plain(cell('membership'))),
  };
}
