/** Names of fictional structures and bodies: places, trees, birds and hopes; nobody's name. */
import type { Chance } from '../random.ts';

const PLACES = ['les Tilleuls', 'le Moulin', 'la Source', 'Bellevue', 'les Coquelicots', 'le Lavoir', 'la Passerelle', 'les Peupliers', 'le Belvédère', 'la Ruche', 'les Hirondelles', 'le Square', 'la Fontaine', 'les Genêts', 'le Préau', 'la Clairière', 'les Quatre Vents', 'le Verger', 'la Fabrique', 'les Mésanges', 'le Carrefour', 'la Halle', 'les Platanes', 'le Trait d’Union', 'la Balise', 'les Acacias', 'le Nid', 'la Boussole', 'les Remparts', 'le Ruisseau', 'la Place Haute', 'les Chênes', 'le Pont Neuf', 'la Rive', 'les Bleuets', 'le Phare', 'la Croisée', 'les Alouettes', 'le Jardin', 'la Tuilerie', 'les Vignes', 'le Lien', 'la Colline', 'les Glycines', 'le Kiosque', 'la Gare', 'les Saules', 'le Relais', 'la Forge', 'les Fougères', 'le Patio', 'la Grange', 'les Marronniers', 'le Cairn', 'la Canopée', 'les Galets', 'le Refuge', 'la Traverse', 'les Ormes', 'le Tisserand'];
const ASSOCIATIONS = ['Voisins et Voisines', 'Vivre ici', 'L’Élan commun', 'Les Deux Rives', 'Le Fil', 'Ensemble au Quartier', 'La Parole Partagée', 'Horizons', 'Les Passeurs', 'Au Fil des Rues', 'La Maison Ouverte', 'Terre d’Accueil', 'Cap Solidaire', 'Les Mains Vertes', 'L’Arbre à Palabres', 'Le Grand Préau', 'Les Semeurs', 'Plein Air', 'Côté Cour', 'La Bonne Heure', 'Les Petits Pas', 'Tous Acteurs', 'Le Rendez-vous', 'Citoyens d’Ici'];
export const STREETS = ['rue des Exemples', 'avenue de l’Essai', 'place du Modèle', 'rue de la Maquette', 'boulevard de l’Esquisse', 'allée du Brouillon', 'rue du Prototype', 'place de la Fiction', 'rue de l’Ébauche', 'chemin du Croquis'];

/** « Centre social les Tilleuls »: `nth` structure of its commune. */
export function structureName(random: Chance, kind: 'CS' | 'EVS', taken: Set<string>): string {
  const title = kind === 'CS' ? random.weighted({ 'Centre social': 0.6, 'Centre socioculturel': 0.22, 'Maison de quartier': 0.1, 'Espace social': 0.08 }) : random.weighted({ 'Espace de vie sociale': 0.7, 'Maison commune': 0.15, 'Café associatif': 0.08 });
  for (let attempt = 0; ; attempt++) {
    const name = `${title} ${random.pick(PLACES)}${attempt > 40 ? ` ${attempt}` : ''}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

export const associationName = (random: Chance): string => `Association ${random.pick(ASSOCIATIONS)}`;

/** « d’Arras », « de Lens », « du Portel », « des Lilas ». */
export function ofCommune(name: string): string {
  if (name.startsWith('Le ')) return `du ${name.slice(3)}`;
  if (name.startsWith('Les ')) return `des ${name.slice(4)}`;
  if (/^[AEIOUYÀÂÉÈÊËÎÏÔÖÙÛÜŒÆH]/.test(name)) return `d’${name}`;
  return `de ${name}`;
}
