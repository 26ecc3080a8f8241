/** What the documentation of XLSForm names and a questionnaire here has no place for, with the reason. */
import type { FormRow, NotCarried } from './xlsform.ts';

const TYPES: { readonly [type: string]: string } = {
  note: 'une note n’est pas une question : mettez son texte dans l’aide d’une question.',
  rank: 'un classement n’a pas d’équivalent : posez un choix multiple avec un nombre de choix limité.',
  select_one_from_file: 'la liste est dans un autre fichier, qui n’est pas dans le classeur.',
  select_multiple_from_file: 'la liste est dans un autre fichier, qui n’est pas dans le classeur.',
  select_one_external: 'la liste est externe (external_choices) : une question porte ici ses propres choix.',
  geopoint: 'aucune position géographique n’est recueillie.',
  geotrace: 'aucun tracé géographique n’est recueilli.',
  geoshape: 'aucun contour géographique n’est recueilli.',
  'start-geopoint': 'aucune position géographique n’est recueillie.',
  image: 'aucune photographie n’est recueillie.',
  audio: 'aucun son n’est recueilli.',
  'background-audio': 'aucun son n’est recueilli.',
  video: 'aucune vidéo n’est recueillie.',
  file: 'aucun fichier n’est recueilli.',
  hidden: 'une réponse que personne ne voit n’est pas recueillie.',
  'xml-external': 'les données externes ne sont pas lues.',
  'csv-external': 'les données externes ne sont pas lues.',
};
for (const type of ['start', 'end', 'today', 'deviceid', 'subscriberid', 'simserial', 'phonenumber', 'username', 'email', 'audit'])
  (TYPES as { [type: string]: string })[type] = 'l’application tient son propre journal : cette donnée sur l’appareil ou la personne n’est pas recueillie.';

export const leftTypeReason = (type: string): string => (Object.hasOwn(TYPES, type) ? TYPES[type]! : `le type « ${type} » n’a pas d’équivalent.`);

/** by the beginning of the column's name, before any language */
const COLUMNS: { readonly [column: string]: string } = {
  required_message: 'le message d’une question nécessaire est le même partout.',
  default: 'aucune valeur n’est donnée d’avance : une valeur par défaut ferait de fausses réponses.',
  trigger: 'un calcul se refait dès que ses termes changent.',
  choice_filter: 'tous les choix de la liste sont offerts.',
  appearance: 'la présentation est celle de l’application.',
  parameters: 'ce réglage n’a pas d’équivalent.',
  media: 'une question n’a ni image ni son ici.',
  image: 'une question n’a ni image ni son ici.',
  'big-image': 'une question n’a ni image ni son ici.',
  audio: 'une question n’a ni image ni son ici.',
  video: 'une question n’a ni image ni son ici.',
  autoplay: 'une question n’a ni image ni son ici.',
  bind: 'ce réglage du formulaire XML n’a pas d’équivalent.',
  instance: 'ce réglage du formulaire XML n’a pas d’équivalent.',
  body: 'ce réglage du formulaire XML n’a pas d’équivalent.',
  save_to: 'il n’y a pas d’entités.',
  note: 'ce commentaire reste dans le classeur.',
};

/** A computed answer is read only by itself. */
export function leftColumns(row: FormRow, line: number): NotCarried[] {
  if (Object.keys(row).some((c) => c.startsWith('senacs_') && row[c])) return [];
  const range = row['type'] === 'range';
  return Object.entries(row).flatMap(([column, value]) => {
    const start = column.split(':')[0]!;
    const subject = `Ligne ${line} (${row['name'] ?? row['type'] ?? ''}), colonne « ${column} »`;
    if (!value || (start === 'parameters' && range)) return [];
    if ((start === 'readonly' || start === 'read_only') && !row['calculation'] && value !== 'no') return [{ subject, reason: 'une question sans calcul se répond toujours.' }];
    return Object.hasOwn(COLUMNS, start) ? [{ subject, reason: COLUMNS[start]! }] : [];
  });
}

const SETTINGS = new Set(['form_title', 'form_id', 'id_string', 'version', 'default_language']);
const SHEETS: { readonly [sheet: string]: string } = {
  external_choices: 'une question porte ici ses propres choix.',
  entities: 'il n’y a pas d’entités.',
  osm: 'aucune donnée de carte n’est recueillie.',
};

export function leftSettings(settings: FormRow, sheets: readonly string[]): NotCarried[] {
  return [
    ...Object.entries(settings).filter(([name, value]) => value && !SETTINGS.has(name)).map(([name]) => ({ subject: `Réglage « ${name} »`, reason: 'il règle un serveur ou une application de collecte, pas le questionnaire.' })),
    ...sheets.filter((s) => Object.hasOwn(SHEETS, s)).map((s) => ({ subject: `Feuille « ${s} »`, reason: SHEETS[s]! })),
  ];
}
