/** From rows of text to what they say, or to the faults that keep them from saying it. */
import { parseFrenchDate } from '../../../kernel/french-date.ts';
import { parseFrenchNumber } from '../../../kernel/french-number.ts';
import type { TerritoryCode } from '../../../kernel/territory-code.ts';
import {
  LEGAL_STATUSES, MAIN_APPROVAL, MANAGEMENT_MODES, QPV_STATUSES, RURAL_ZONINGS, STRUCTURE_STATUSES, TERRITORY_CHARACTERS, URBAN_RENEWALS, URBAN_RENEWAL_STAGES, type Word,
} from '../labels.ts';
import type { Approval, Contact, StructureFacts, StructureIdentifier, StructureStatus } from '../model.ts';
import { ofTerritory } from '../../../kernel/french-words.ts';
import { isSiren, isSiret } from '../identifier-key.ts';
import { normaliseName } from '../normalised-name.ts';
import type { Field, Header } from './columns.ts';
import type { Gazetteer } from './gazetteer.ts';

/** One fault, named by row, column and value, with what to do about it. */
export interface ImportFault {
  /** As a spreadsheet numbers it, titles included. */
  readonly row: number;
  /** Title as the file writes it. */
  readonly column: string;
  readonly value: string;
  readonly message: string;
  readonly remedy: string;
}

/** `undefined`: the file says nothing; `null`: it erases. */
export type ReadFacts = { -readonly [fact in keyof Omit<StructureFacts, 'managingBodyId' | 'contact' | 'status'>]?: StructureFacts[fact] };

export interface ReadRow {
  readonly row: number;
  readonly identifiers: readonly StructureIdentifier[];
  readonly facts: ReadFacts;
  readonly departmentCode?: TerritoryCode;
  readonly contact: { readonly [key in keyof Contact]: string | null };
  /** null: the structure has no managing body any more */
  readonly body?: { readonly name: string | null; readonly siren: string | null } | null;
  readonly approvals: readonly Approval[];
  readonly status?: StructureStatus;
  readonly closedOn?: string;
}

export interface Vocabulary {
  readonly kinds: readonly Word[];
  readonly networks: readonly Word[];
  readonly gazetteer: Gazetteer;
}

const KIND_ALIASES: { readonly [code: string]: readonly string[] } = {
  CS: ['centre social', 'centres sociaux', 'centre socioculturel', 'centre social et culturel', 'centre socio culturel', 'social centre'],
  EVS: ['espace de vie sociale', 'espaces de vie sociale', 'espace vie sociale'],
};
const NETWORK_ALIASES: { readonly [code: string]: readonly string[] } = {
  fcsf: ['federation des centres sociaux', 'fcsf', 'federation', 'union des centres sociaux', 'centres sociaux'],
  leo_lagrange: ['leo lagrange', 'federation leo lagrange'],
  ligue: ['ligue', 'fail', 'ligue de l enseignement', 'fol', 'ufolep'],
  familles_rurales: ['familles rurales', 'famille rurale'],
  mjc: ['mjc', 'maison des jeunes et de la culture'],
  other: ['autre', 'autres'],
  none: ['aucun', 'aucune', 'sans', 'non adherent', 'non federe', 'neant'],
};
const ERASE = /^[-–—]$/;

/** Longest approval that a Caf gives, in years (circulars on social life). */
const APPROVAL_YEARS = 4;

/** Reads the rows under the titles. A row with a fault is read no further than its faults; rows without any cell are passed over. A doubt keeps no row out: it is shown. */
export function parseRows(rows: readonly (readonly string[])[], header: Header, words: Vocabulary): { readonly read: ReadRow[]; readonly faults: ImportFault[]; readonly doubts: ImportFault[]; readonly count: number } {
  const read: ReadRow[] = [];
  const faults: ImportFault[] = [];
  const doubts: ImportFault[] = [];
  let count = 0;
  for (const [i, cells] of rows.entries()) {
    if (i <= header.at || cells.every((cell) => cell === '')) continue;
    count++;
    const parser = new RowParser(i + 1, cells, header, words);
    const row = parser.parse();
    faults.push(...parser.faults);
    if (parser.faults.length > 0) continue;
    read.push(row);
    doubts.push(...parser.doubts);
  }
  return { read, faults, doubts, count };
}

class RowParser {
  readonly faults: ImportFault[] = [];
  /** What may be true and seldom is: the row is taken, the person looks again. */
  readonly doubts: ImportFault[] = [];
  private readonly row: number;
  private readonly cells: readonly string[];
  private readonly header: Header;
  private readonly words: Vocabulary;

  constructor(row: number, cells: readonly string[], header: Header, words: Vocabulary) {
    this.row = row;
    this.cells = cells;
    this.header = header;
    this.words = words;
  }

  parse(): ReadRow {
    const kind = this.word('kind', this.words.kinds, KIND_ALIASES);
    const name = this.text('name', 200);
    const place = this.place();
    const status = this.word('status', STRUCTURE_STATUSES);
    const closedOn = this.date('closed_on');
    const facts: ReadFacts = {
      ...(kind ? { kind } : {}),
      ...(name ? { name } : {}),
      ...(place ? { communeCode: place.communeCode } : {}),
      ...this.present('address', this.text('address', 300)),
      ...this.coordinates(),
      ...this.present('managementMode', this.word('management_mode', MANAGEMENT_MODES)),
      ...this.present('legalStatus', this.word('legal_status', LEGAL_STATUSES)),
      ...this.present('firstApprovalYear', this.year('first_approval_year')),
      ...this.present('territoryCharacter', this.word('territory_character', TERRITORY_CHARACTERS)),
      ...this.present('qpvStatus', this.word('qpv', QPV_STATUSES)),
      ...this.present('ruralZoning', this.word('rural_zoning', RURAL_ZONINGS)),
      ...this.present('urbanRenewal', this.word('urban_renewal', URBAN_RENEWALS)),
      ...this.present('urbanRenewalStage', this.word('urban_renewal_stage', URBAN_RENEWAL_STAGES)),
      ...this.networks(),
      ...this.present('openingHours', this.text('opening_hours', 1000)),
    };
    if (closedOn === null) this.fault('closed_on', 'La date de fermeture ne s’efface pas ici.', 'Laissez la cellule vide.');
    return {
      row: this.row,
      identifiers: this.identifiers(),
      facts,
      ...(place ? { departmentCode: place.departmentCode } : {}),
      contact: this.contact(),
      ...this.body(),
      approvals: this.approvals(kind ?? undefined),
      ...(status ? { status: status as StructureStatus } : closedOn ? { status: 'closed' as const } : {}),
      ...(closedOn ? { closedOn } : {}),
    };
  }

  private cell(field: Field): string {
    const at = this.header.columns.get(field);
    return at === undefined ? '' : (this.cells[at] ?? '');
  }

  private fault(field: Field, message: string, remedy: string): undefined {
    this.faults.push({ row: this.row, column: this.header.titles.get(field) ?? field, value: this.cell(field), message, remedy });
  }

  private doubt(field: Field, message: string, remedy: string): void {
    this.doubts.push({ row: this.row, column: this.header.titles.get(field) ?? field, value: this.cell(field), message, remedy });
  }

  private present<K extends keyof ReadFacts>(fact: K, value: ReadFacts[K] | undefined): { [k in K]?: ReadFacts[K] } {
    return value === undefined ? {} : ({ [fact]: value } as { [k in K]?: ReadFacts[K] });
  }

  private text(field: Field, maximum: number): string | null | undefined {
    const value = this.cell(field);
    if (value === '') return undefined;
    if (ERASE.test(value)) return null;
    return value.length > maximum ? this.fault(field, `Le texte compte ${value.length} caractères.`, `Ramenez-le à ${maximum} caractères au plus.`) : value;
  }

  private word(field: Field, known: readonly Word[], aliases: { readonly [code: string]: readonly string[] } = {}): string | null | undefined {
    const value = this.cell(field);
    if (value === '') return undefined;
    if (ERASE.test(value)) return null;
    return findWord(value, known, aliases) ?? this.fault(field, 'Ce mot n’est pas dans la liste.', `Écrivez l’un de ceux-ci : ${known.map((w) => w.label).join(' ; ')}.`);
  }

  private date(field: Field): string | null | undefined {
    const value = this.cell(field);
    if (value === '') return undefined;
    if (ERASE.test(value)) return null;
    const date = parseFrenchDate(value.replace(/[ T]\d{1,2}:\d{2}(:\d{2})?.*$/, ''));
    return date && date > '1900-01-01' && date < '2101-01-01' ? date : this.fault(field, 'Cette date n’existe pas ou n’est pas lisible.', 'Écrivez-la jj/mm/aaaa, par exemple 01/09/2026.');
  }

  private year(field: Field): number | null | undefined {
    const value = this.cell(field);
    if (value === '') return undefined;
    if (ERASE.test(value)) return null;
    const year = /^\d{4}$/.test(value) ? Number(value) : Number((parseFrenchDate(value) ?? '0').slice(0, 4));
    return year >= 1920 && year <= 2100 ? year : this.fault(field, 'Cette année n’est pas plausible.', 'Écrivez-la sur quatre chiffres, par exemple 1998.');
  }

  private identifiers(): StructureIdentifier[] {
    const found: StructureIdentifier[] = [];
    const code = this.text('import', 60);
    if (code) found.push({ scheme: 'import', value: code });
    const siret = this.cell('siret').replaceAll(' ', '');
    if (siret && !ERASE.test(siret)) {
      if (isSiret(siret)) found.push({ scheme: 'siret', value: siret });
      else if (/^\d{14}$/.test(siret)) this.fault('siret', 'Ce Siret n’existe pas : sa clé de contrôle est fausse.', 'Un chiffre est faux ou deux sont inversés : recopiez-le depuis l’avis de situation Insee, ou laissez la cellule vide.');
      else this.fault('siret', `Un Siret compte 14 chiffres, celui-ci ${siret.length} ${/^\d+$/.test(siret) ? 'chiffres' : 'signes'}.`, 'Corrigez-le, ou laissez la cellule vide. Dans un tableur, mettez la colonne au format texte.');
    }
    const caf = this.text('caf', 60);
    if (caf) found.push({ scheme: 'caf', value: caf });
    for (const value of this.cell('earlier').split(/[|,;/]/).map((v) => v.trim()).filter((v) => v && !ERASE.test(v))) found.push({ scheme: 'earlier', value });
    return found;
  }

  private place(): { readonly communeCode: TerritoryCode; readonly departmentCode: TerritoryCode } | undefined {
    const { gazetteer } = this.words;
    const [insee, name, department, postal] = [this.cell('insee'), this.cell('commune'), this.cell('department'), this.cell('postal_code')];
    if (insee === '' && name === '') return undefined;
    const departmentCode = department === '' ? gazetteer.departmentOfPostalCode(postal) : gazetteer.department(department);
    if (department !== '' && !departmentCode) return this.fault('department', 'Ce département n’est pas connu.', 'Écrivez son code (62, 2A, 974) ou son nom (Pas-de-Calais).');
    if (insee !== '') {
      const found = gazetteer.commune(insee);
      if (!found) return this.fault('insee', 'Ce code Insee n’est pas celui d’une commune.', 'Écrivez les cinq signes du code Insee (62510), qui n’est pas le code postal, ou laissez-le vide et donnez la commune et le département.');
      if (name !== '' && !gazetteer.mayBeCalled(found, insee, name)) return this.fault('commune', `Le code Insee ${insee} est celui ${ofTerritory({ name: found.name })}.`, 'Corrigez la commune ou son code : les deux doivent se correspondre.');
      return { communeCode: found.code, departmentCode: found.departmentCode };
    }
    const found = gazetteer.communesCalled(name, departmentCode);
    if (found.length === 1) return { communeCode: found[0]!.code, departmentCode: found[0]!.departmentCode };
    return found.length === 0
      ? this.fault('commune', departmentCode ? 'Aucune commune de ce département ne porte ce nom.' : 'Aucune commune ne porte ce nom.', 'Vérifiez l’orthographe, ou donnez le code Insee.')
      : this.fault('commune', `${found.length} communes portent ce nom.`, 'Ajoutez le département, ou le code Insee.');
  }

  private coordinates(): Pick<ReadFacts, 'latitude' | 'longitude'> {
    const [lat, lon] = [this.cell('latitude'), this.cell('longitude')];
    if (lat === '' && lon === '') return {};
    if (ERASE.test(lat) && ERASE.test(lon)) return { latitude: null, longitude: null };
    const [latitude, longitude] = [parseFrenchNumber(lat), parseFrenchNumber(lon)];
    if (latitude === undefined || Math.abs(latitude) > 90) this.fault('latitude', 'Cette latitude n’est pas lisible.', 'Écrivez des degrés décimaux entre -90 et 90, par exemple 50,4217 ; donnez aussi la longitude.');
    if (longitude === undefined || Math.abs(longitude) > 180) this.fault('longitude', 'Cette longitude n’est pas lisible.', 'Écrivez des degrés décimaux entre -180 et 180, par exemple 2,7835 ; donnez aussi la latitude.');
    return latitude === undefined || longitude === undefined ? {} : { latitude, longitude };
  }

  private networks(): Pick<ReadFacts, 'networks'> {
    const value = this.cell('networks');
    if (value === '') return {};
    if (ERASE.test(value)) return { networks: [] };
    const codes: string[] = [];
    // « FAIL / Ligue » names one network: the whole is tried before its parts
    const whole = findWord(value, this.words.networks, NETWORK_ALIASES);
    for (const part of whole ? [] : value.split(/[|,;/+]/).map((v) => v.trim()).filter(Boolean)) {
      const code = findWord(part, this.words.networks, NETWORK_ALIASES);
      if (code) codes.push(code);
      else this.fault('networks', `Le réseau « ${part} » n’est pas dans la liste.`, `Écrivez l’un de ceux-ci, ou plusieurs séparés par « | » : ${this.words.networks.map((w) => w.label).join(' ; ')}.`);
    }
    if (codes.length > 1 && codes.includes('none')) this.fault('networks', '« Aucun » ne va pas avec un réseau.', 'Gardez « Aucun » seul, ou les réseaux seuls.');
    return { networks: [...new Set(whole ? [whole] : codes)].toSorted() };
  }

  private contact(): { [key in keyof Contact]: string | null } {
    const contact: { -readonly [key in keyof Contact]: string | null } = {};
    const phone = this.text('phone', 60);
    if (phone !== undefined) contact.phone = phone;
    const email = this.text('email', 200);
    if (email && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) this.fault('email', 'Ce n’est pas une adresse électronique.', 'Écrivez-la nom@domaine.fr, une seule par cellule, ou laissez la cellule vide.');
    else if (email !== undefined) contact.email = email;
    const website = this.text('website', 300);
    if (website && !/^(https?:\/\/)?[^\s/]+\.[^\s]+$/i.test(website)) this.fault('website', 'Ce n’est pas une adresse de site.', 'Écrivez-la https://…, ou laissez la cellule vide.');
    else if (website !== undefined) contact.website = website && !/^https?:/i.test(website) ? `https://${website}` : website;
    return contact;
  }

  private body(): Pick<ReadRow, 'body'> {
    const name = this.text('body', 200);
    const siren = this.cell('body_siren').replaceAll(' ', '');
    if (name === null) return { body: null };
    if (siren && !ERASE.test(siren) && !/^\d{9}$/.test(siren)) {
      this.fault('body_siren', 'Un Siren compte 9 chiffres.', 'Corrigez-le (les neuf premiers chiffres d’un Siret), ou laissez la cellule vide.');
      return {};
    }
    const known = siren && !ERASE.test(siren) ? siren : null;
    if (known !== null && !isSiren(known)) {
      this.fault('body_siren', 'Ce Siren n’existe pas : sa clé de contrôle est fausse.', 'Un chiffre est faux ou deux sont inversés : recopiez-le depuis l’avis de situation Insee (il dit quel gestionnaire compte une fois dans les résultats), ou laissez la cellule vide.');
      return {};
    }
    return name === undefined && known === null ? {} : { body: { name: name ?? null, siren: known } };
  }

  private approvals(kind: string | undefined): Approval[] {
    const pairs: readonly (readonly [kind: string | undefined, start: Field, end: Field])[] = [
      ['agc', 'agc_start', 'agc_end'], ['acf', 'acf_start', 'acf_end'], ['al', 'al_start', 'al_end'],
      [kind && (MAIN_APPROVAL[kind] ?? 'agc'), 'approval_start', 'approval_end'],
    ];
    return pairs.flatMap(([approval, startField, endField]): Approval[] => {
      const [startsOn, endsOn] = [this.date(startField), this.date(endField)];
      if (!startsOn && endsOn) this.fault(endField, 'La fin d’un agrément est donnée sans son début.', 'Donnez aussi la date de début, ou laissez les deux cellules vides.');
      if (startsOn && endsOn && endsOn < startsOn) this.fault(endField, 'L’agrément finirait avant d’avoir commencé.', 'Vérifiez les deux dates.');
      if (startsOn && !approval) this.fault(startField, 'On ne sait pas de quel agrément il s’agit.', 'Ajoutez une colonne Type (CS ou EVS), ou une colonne par agrément (AGC, ACF, AL).');
      if (startsOn && endsOn && endsOn > yearsAfter(startsOn, APPROVAL_YEARS)) this.doubt(endField, `Cet agrément durerait plus de ${APPROVAL_YEARS} ans.`, 'Vérifiez les deux dates : chaque renouvellement est un autre agrément, avec ses propres dates.');
      if (startsOn && kind === 'EVS' && approval === 'agc') this.doubt(startField, 'Un espace de vie sociale porte un agrément de centre social (AGC).', 'Vérifiez le type de la structure, ou déplacez ces dates dans les colonnes de l’agrément AL.');
      if (startsOn && kind === 'CS' && approval === 'al') this.doubt(startField, 'Un centre social porte un agrément d’espace de vie sociale (AL).', 'Vérifiez le type de la structure, ou déplacez ces dates dans les colonnes de l’agrément AGC.');
      return startsOn && approval ? [{ kind: approval, startsOn, endsOn: endsOn ?? null }] : [];
    });
  }
}

const yearsAfter = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;

/** The code that a text stands for: code, label or alias, whatever case, accents and punctuation. */
export function findWord(text: string, known: readonly Word[], aliases: { readonly [code: string]: readonly string[] } = {}): string | undefined {
  const wanted = normaliseName(text.replaceAll('+', ' plus'));
  return known.find((w) => [w.code, w.code.replaceAll('_', ' '), w.label, ...(w.aliases ?? []), ...(aliases[w.code] ?? [])].some((x) => normaliseName(x.replaceAll('+', ' plus')) === wanted))?.code;
}
