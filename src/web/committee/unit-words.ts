/** The word after a value, for the units that need one; in the singular when there are few. */
const UNITS: { readonly [unit: string]: string } = { fte: 'ETP', hours: 'heures', persons: 'personnes', children: 'enfants', centres: 'structures', families: 'familles', trainings: 'formations', partners: 'partenaires', projects: 'projets' };

/** '' when the value says it all (a percentage, euros). `few`: less than two. */
export function unitWords(unit: string, few: boolean): string {
  const word = UNITS[unit] ?? '';
  return few && word !== 'ETP' ? word.replace(/s$/, '') : word;
}
