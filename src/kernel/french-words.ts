/** Numbers with their words, and names of places with their articles. */
import { formatNumber, NBSP } from './french-number.ts';

/** « 1 structure », « 0 structure », « 2 structures »: French begins the plural at two. `plural` defaults to the singular and an s. */
export const counted = (n: number, singular: string, plural = `${singular}s`): string => `${formatNumber(n)}${NBSP}${Math.abs(n) < 2 ? singular : plural}`;

/**
 * Articles of the nation, the régions and the départements as the official geographic code gives them (Insee, « type de nom en clair »). Mayotte, Paris
 * and La Réunion take none. Names of communes carry theirs.
 */
const ARTICLES: { readonly [article in 'le' | 'la' | 'l’' | 'les']: readonly string[] } = {
  le: ['Bas-Rhin', 'Calvados', 'Cantal', 'Centre-Val de Loire', 'Cher', 'Doubs', 'Finistère', 'Gard', 'Gers', 'Grand Est', 'Haut-Rhin', 'Jura', 'Loir-et-Cher', 'Loiret', 'Lot', 'Lot-et-Garonne', 'Maine-et-Loire', 'Morbihan', 'Nord', 'Pas-de-Calais', 'Puy-de-Dôme', 'Rhône', 'Tarn', 'Tarn-et-Garonne', 'Territoire de Belfort', 'Val-de-Marne', 'Val-d’Oise', 'Var', 'Vaucluse'],
  la: ['Bourgogne-Franche-Comté', 'Bretagne', 'Charente', 'Charente-Maritime', 'Corrèze', 'Corse', 'Corse-du-Sud', 'Côte-d’Or', 'Creuse', 'Dordogne', 'Drôme', 'France', 'Gironde', 'Guadeloupe', 'Guyane', 'Haute-Corse', 'Haute-Garonne', 'Haute-Loire', 'Haute-Marne', 'Haute-Saône', 'Haute-Savoie', 'Haute-Vienne', 'Loire', 'Loire-Atlantique', 'Lozère', 'Manche', 'Marne', 'Martinique', 'Mayenne', 'Meurthe-et-Moselle', 'Meuse', 'Moselle', 'Nièvre', 'Normandie', 'Nouvelle-Aquitaine', 'Provence-Alpes-Côte d’Azur', 'Saône-et-Loire', 'Sarthe', 'Savoie', 'Seine-et-Marne', 'Seine-Maritime', 'Seine-Saint-Denis', 'Somme', 'Vendée', 'Vienne'],
  'l’': ['Ain', 'Aisne', 'Allier', 'Ardèche', 'Ariège', 'Aube', 'Aude', 'Auvergne-Rhône-Alpes', 'Aveyron', 'Essonne', 'Eure', 'Eure-et-Loir', 'Hérault', 'Île-de-France', 'Ille-et-Vilaine', 'Indre', 'Indre-et-Loire', 'Isère', 'Occitanie', 'Oise', 'Orne', 'Yonne'],
  les: ['Alpes-de-Haute-Provence', 'Alpes-Maritimes', 'Ardennes', 'Bouches-du-Rhône', 'Côtes-d’Armor', 'Deux-Sèvres', 'Hautes-Alpes', 'Hautes-Pyrénées', 'Hauts-de-France', 'Hauts-de-Seine', 'Landes', 'Pays de la Loire', 'Pyrénées-Atlantiques', 'Pyrénées-Orientales', 'Vosges', 'Yvelines'],
};
const ARTICLE_OF = new Map(Object.entries(ARTICLES).flatMap(([article, names]) => names.map((name): [string, string] => [name, article])));

/** A place and how large it is: `department`, `region`, `nation` take an article, communes and the rest keep theirs in their name. */
export interface NamedPlace {
  readonly name: string;
  readonly level?: string;
}

const articleOf = ({ name, level }: NamedPlace): string | undefined => (level === 'department' || level === 'region' || level === 'nation' ? ARTICLE_OF.get(name.replaceAll("'", '’')) : undefined);

/** « le Pas-de-Calais », « l’Aisne », « les Landes », « Paris », « Le Touquet ». */
export function theTerritory(place: NamedPlace): string {
  const article = articleOf(place);
  return article === undefined ? place.name : article === 'l’' ? `l’${place.name}` : `${article} ${place.name}`;
}

const CONTRACTED: { readonly [article: string]: string } = { le: 'du', les: 'des', la: 'de la', 'l’': 'de l’' };

/** « du Pas-de-Calais », « de l’Aisne », « de Paris », « d’Arras », « du Touquet », « des Herbiers ». A name in H counts as aspirated. */
export function ofTerritory(place: NamedPlace): string {
  const { name } = place;
  const article = articleOf(place);
  if (article !== undefined) return `${CONTRACTED[article]}${article === 'l’' ? '' : ' '}${name}`;
  const own = /^(Le|Les) (?=\p{Lu})/u.exec(name);
  if (own) return `${own[1] === 'Le' ? 'du' : 'des'} ${name.slice(own[0].length)}`;
  return /^[aeiouy]/i.test(name.normalize('NFD')) || name.startsWith('Œ') ? `d’${name}` : `de ${name}`;
}

/** Words that somebody typed, for reading: a double sign and a guillemet stay on the line of their word. Letters, lines and signs are left as they are. */
export const unbrokenSigns = (text: string): string => text.replace(/ (?=[;:!?»%€](?:[\s.,)»\u00a0]|$))/gm, NBSP).replaceAll('« ', `«${NBSP}`);
