/** The columns of a register file: the French title that we write, the titles that we also recognise. Documented in docs/guides/register.md. */
import { normaliseName } from '../normalised-name.ts';

export interface Column {
  readonly field: Field;
  readonly title: string;
  readonly aliases: readonly string[];
}

export type Field =
  | 'import' | 'siret' | 'caf' | 'earlier' | 'kind' | 'name' | 'address' | 'postal_code' | 'insee' | 'commune' | 'department' | 'latitude' | 'longitude'
  | 'body' | 'body_siren' | 'management_mode' | 'legal_status' | 'networks' | 'first_approval_year'
  | 'agc_start' | 'agc_end' | 'acf_start' | 'acf_end' | 'al_start' | 'al_end' | 'approval_start' | 'approval_end'
  | 'territory_character' | 'qpv' | 'rural_zoning' | 'urban_renewal' | 'urban_renewal_stage' | 'phone' | 'email' | 'website' | 'opening_hours' | 'status' | 'closed_on';

export const COLUMNS: readonly Column[] = [
  { field: 'import', title: 'Code structure', aliases: ['code', 'identifiant', 'id', 'code import', 'code senacs', 'import code', 'structure id', 'code de la structure'] },
  { field: 'siret', title: 'SIRET', aliases: ['n siret', 'numero siret', 'siret de l etablissement', 'siret number'] },
  { field: 'caf', title: 'N° dossier Caf', aliases: ['numero de dossier caf', 'numero caf', 'n caf', 'dossier caf', 'code caf', 'caf number', 'caf file number'] },
  { field: 'earlier', title: 'Anciens identifiants', aliases: ['ancien identifiant', 'anciens codes', 'earlier identifiers'] },
  { field: 'kind', title: 'Type', aliases: ['type de structure', 'nature', 'cs evs', 'categorie', 'kind', 'structure type', 'type d agrement'] },
  { field: 'name', title: 'Nom', aliases: ['nom de la structure', 'nom du centre', 'nom du centre social', 'denomination', 'structure', 'name', 'centre', 'intitule', 'libelle'] },
  { field: 'address', title: 'Adresse', aliases: ['adresse postale', 'adresse 1', 'rue', 'address', 'voie'] },
  { field: 'postal_code', title: 'Code postal', aliases: ['cp', 'postal code', 'postcode', 'zip'] },
  { field: 'insee', title: 'Code Insee', aliases: ['code insee de la commune', 'insee', 'code commune', 'code commune insee', 'insee code', 'municipality code', 'codgeo'] },
  { field: 'commune', title: 'Commune', aliases: ['ville', 'nom de la commune', 'municipality', 'city', 'town'] },
  { field: 'department', title: 'Département', aliases: ['dept', 'dep', 'code departement', 'numero departement', 'department'] },
  { field: 'latitude', title: 'Latitude', aliases: ['lat'] },
  { field: 'longitude', title: 'Longitude', aliases: ['lon', 'lng', 'long'] },
  { field: 'body', title: 'Gestionnaire', aliases: ['nom du gestionnaire', 'organisme gestionnaire', 'managing body', 'manager'] },
  { field: 'body_siren', title: 'SIREN du gestionnaire', aliases: ['siren', 'siren gestionnaire', 'managing body siren'] },
  { field: 'management_mode', title: 'Mode de gestion', aliases: ['gestion', 'management mode', 'type de gestion'] },
  { field: 'legal_status', title: 'Statut juridique', aliases: ['statut', 'statut juridique du gestionnaire', 'forme juridique', 'legal status'] },
  { field: 'networks', title: 'Réseaux', aliases: ['reseau', 'federation', 'federations', 'reseau d adhesion', 'reseaux d adhesion', 'networks', 'affiliation'] },
  { field: 'first_approval_year', title: 'Année du premier agrément', aliases: ['premier agrement', 'annee 1er agrement', 'annee premier agrement', 'annee du 1er agrement', 'first approval year'] },
  { field: 'agc_start', title: 'Agrément AGC début', aliases: ['debut agrement agc', 'agc debut', 'debut agc', 'agc start', 'debut agrement animation globale'] },
  { field: 'agc_end', title: 'Agrément AGC fin', aliases: ['fin agrement agc', 'agc fin', 'fin agc', 'agc end', 'fin agrement animation globale'] },
  { field: 'acf_start', title: 'Agrément ACF début', aliases: ['debut agrement acf', 'acf debut', 'debut acf', 'acf start', 'debut agrement familles'] },
  { field: 'acf_end', title: 'Agrément ACF fin', aliases: ['fin agrement acf', 'acf fin', 'fin acf', 'acf end', 'fin agrement familles'] },
  { field: 'al_start', title: 'Agrément AL début', aliases: ['debut agrement al', 'al debut', 'debut al', 'al start', 'debut agrement animation locale'] },
  { field: 'al_end', title: 'Agrément AL fin', aliases: ['fin agrement al', 'al fin', 'fin al', 'al end', 'fin agrement animation locale'] },
  { field: 'approval_start', title: 'Début de l’agrément', aliases: ['debut agrement', 'date debut agrement', 'date d agrement', 'agrement debut', 'approval start'] },
  { field: 'approval_end', title: 'Fin de l’agrément', aliases: ['fin agrement', 'date fin agrement', 'agrement fin', 'approval end'] },
  { field: 'territory_character', title: 'Caractère du territoire', aliases: ['urbain rural', 'territoire', 'urbain ou rural', 'territory character'] },
  { field: 'qpv', title: 'QPV', aliases: ['quartier prioritaire', 'politique de la ville', 'qpv status'] },
  { field: 'rural_zoning', title: 'FRR', aliases: ['zone frr', 'zrr', 'zonage rural', 'rural zoning'] },
  { field: 'urban_renewal', title: 'Renouvellement urbain', aliases: ['npnru', 'anru', 'renovation urbaine', 'urban renewal'] },
  { field: 'urban_renewal_stage', title: 'Stade du renouvellement urbain', aliases: ['stade npnru', 'stade anru', 'stade', 'urban renewal stage'] },
  { field: 'phone', title: 'Téléphone', aliases: ['tel', 'telephone public', 'phone'] },
  { field: 'email', title: 'Courriel', aliases: ['mail', 'e mail', 'email', 'adresse mail', 'adresse electronique'] },
  { field: 'website', title: 'Site internet', aliases: ['site web', 'site', 'url', 'website'] },
  { field: 'opening_hours', title: 'Horaires d’ouverture', aliases: ['horaires', 'opening hours', 'ouverture'] },
  { field: 'status', title: 'État', aliases: ['etat de la structure', 'situation', 'active', 'status'] },
  { field: 'closed_on', title: 'Date de fermeture', aliases: ['fermeture', 'date fermeture', 'closed on', 'closing date'] },
];

const byTitle = new Map(COLUMNS.flatMap((c) => [c.title, c.field.replaceAll('_', ' '), ...c.aliases].map((title) => [normaliseName(title), c.field] as const)));

/** The field that a title stands for, whatever its case, accents and punctuation. */
export const fieldOfTitle = (title: string): Field | undefined => byTitle.get(normaliseName(title));

export interface Header {
  /** Index in the table of the row of titles. */
  readonly at: number;
  /** Column index by field, first come first served. */
  readonly columns: ReadonlyMap<Field, number>;
  /** Titles as the file writes them, by field. */
  readonly titles: ReadonlyMap<Field, string>;
  /** Titles that stand for nothing that we know. */
  readonly ignored: readonly string[];
}

/** The row of titles: the one among the first ten in which most titles are recognised; undefined when none has two. */
export function findHeader(rows: readonly (readonly string[])[]): Header | undefined {
  const score = (row: readonly string[]): number => new Set(row.map(fieldOfTitle).filter(Boolean)).size;
  const at = rows.slice(0, 10).reduce((best, row, i) => (score(row) > score(rows[best] ?? []) ? i : best), 0);
  const row = rows[at] ?? [];
  if (score(row) < 2) return undefined;
  const columns = new Map<Field, number>();
  const titles = new Map<Field, string>();
  const ignored: string[] = [];
  for (const [i, title] of row.entries()) {
    const field = fieldOfTitle(title);
    if (field && !columns.has(field)) {
      columns.set(field, i);
      titles.set(field, title);
    } else if (title !== '') ignored.push(title);
  }
  return { at, columns, titles, ignored };
}
