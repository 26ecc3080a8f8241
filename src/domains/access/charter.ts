/** The charter that every user of the data accepts (article 1.1), in our own words, article by article. Its version is recorded with each acceptance. */
export const CHARTER_VERSION = '2026-1';

export interface CharterArticle {
  readonly number: string;
  readonly title: string;
  readonly text: string;
}

export const CHARTER: readonly CharterArticle[] = [
  { number: '1.1', title: 'Qui s’engage', text: 'Toute personne qui utilise les données de SENACS accepte cette charte. Son acceptation est datée et conservée.' },
  { number: '1.2', title: 'À chaque étape', text: 'La charte vaut pour la saisie, le contrôle de cohérence, l’analyse et la publication.' },
  { number: '1.3', title: 'Accès aux données', text: 'Seuls les correspondants mandatés par une Caf ou par une représentation locale du mouvement des centres sociaux ouvrent les réponses d’une structure, une à une. Chaque ouverture est notée dans un journal que la structure peut lire.' },
  { number: '2.1', title: 'Saisie', text: 'Les réponses sont données de bonne foi, selon la lecture que la structure fait de chaque question. Une difficulté de compréhension est signalée au correspondant, qui la transmet au comité technique national.' },
  { number: '2.2', title: 'Contrôle de cohérence', text: 'Un correspondant peut interroger une structure sur une réponse qui semble s’écarter de la réalité. Le but est de s’accorder, jamais d’imposer. Ce qui est saisi pour le compte d’une structure est relu par elle.' },
  { number: '2.3', title: 'Anonymat', text: 'Ce qui est publié est agrégé : aucune structure n’y est reconnaissable. Une structure reçoit les tableaux de son territoire si elle les demande.' },
  { number: '3.1', title: 'Publication', text: 'Toute publication suit la trame commune, garde l’anonymat, et est validée auparavant par les membres du comité de pilotage.' },
  { number: '3.2', title: 'Comité de pilotage', text: 'Une seule personne, désignée ensemble par la Caf et la fédération, prépare les tableaux de travail et accède à toutes les données. Les membres et les invités n’ont jamais les données brutes.' },
  { number: '3.3', title: 'Analyse', text: 'Les analyses portent sur des tendances, avec méthode et intégrité. Les données ne servent jamais au contrôle d’une structure.' },
];
