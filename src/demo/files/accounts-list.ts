/** Accounts of a fictional centre as its accountant names them, with the row of the questionnaire that each belongs to. */
export interface ListedAccount {
  readonly number: string;
  readonly label: string;
  /** Row of the question on funders. */
  readonly funder?: string;
  /** Relative weight among expenses or income. */
  readonly weight: number;
  /** Always used. */
  readonly always?: true;
}

export const INCOME: readonly ListedAccount[] = [
  { number: '706100', label: 'Participations des familles - accueil de loisirs', funder: 'user_fees', weight: 9, always: true },
  { number: '706200', label: 'Participations ateliers adultes', funder: 'user_fees', weight: 3 },
  { number: '706300', label: 'Caf - prestation de service ALSH', funder: 'caf_ps', weight: 9 },
  { number: '707000', label: 'Ventes diverses', funder: 'other_own', weight: 1 },
  { number: '708300', label: 'Locations de salles', funder: 'other_own', weight: 1, always: true },
  { number: '709000', label: 'Remises accordées', funder: 'other_own', weight: -0.1 },
  { number: '741100', label: 'Caf - PS animation globale et coordination', funder: 'caf_ps', weight: 10, always: true },
  { number: '741110', label: 'Caf - animation collective familles', funder: 'caf_ps', weight: 3 },
  { number: '741120', label: 'CAF CLAS', funder: 'caf_ps', weight: 1 },
  { number: '741200', label: 'Caf - fonds publics et territoires', funder: 'caf_local', weight: 4 },
  { number: '742000', label: 'Ville - subvention de fonctionnement', funder: 'commune', weight: 30, always: true },
  { number: '742100', label: 'CCAS', funder: 'commune', weight: 1 },
  { number: '743000', label: 'Communauté d’agglomération', funder: 'epci', weight: 4 },
  { number: '744000', label: 'Conseil départemental', funder: 'department', weight: 4, always: true },
  { number: '745000', label: 'Conseil régional', funder: 'region', weight: 2 },
  { number: '746000', label: 'Politique de la ville (contrat de ville)', funder: 'state', weight: 4, always: true },
  { number: '746100', label: 'ASP - aide aux contrats', funder: 'state', weight: 3 },
  { number: '746200', label: 'FONJEP', funder: 'state', weight: 1 },
  { number: '747000', label: 'Agence régionale de santé', funder: 'ars', weight: 1 },
  { number: '748000', label: 'CARSAT ateliers seniors', funder: 'carsat', weight: 1 },
  { number: '748100', label: 'MSA', funder: 'msa', weight: 1 },
  { number: '748200', label: 'FSE+ inclusion', funder: 'eu', weight: 2 },
  { number: '748300', label: 'Bailleur social', funder: 'other_funders', weight: 1 },
  { number: '754100', label: 'Dons manuels', funder: 'foundations', weight: 0.5 },
  { number: '754200', label: 'Mécénat', funder: 'foundations', weight: 1 },
  { number: '756000', label: 'Adhésions', funder: 'memberships', weight: 1, always: true },
  { number: '758000', label: 'Produits divers de gestion courante', funder: 'other', weight: 0.2 },
  { number: '768000', label: 'Autres produits financiers', funder: 'other', weight: 0.2 },
  { number: '777000', label: 'Quote-part des subventions d’investissement', funder: 'other', weight: 0.5 },
  { number: '781500', label: 'Reprises sur provisions', funder: 'other', weight: 0.5 },
  { number: '791000', label: 'Transferts de charges', funder: 'other', weight: 0.5 },
];

export const EXPENSES: readonly ListedAccount[] = [
  { number: '606100', label: 'Eau, énergie', weight: 4, always: true },
  { number: '606300', label: 'Petit équipement', weight: 2 },
  { number: '606400', label: 'Fournitures administratives', weight: 1 },
  { number: '606800', label: 'Fournitures d’activités', weight: 4 },
  { number: '609000', label: 'Rabais obtenus', weight: -0.1 },
  { number: '611000', label: 'Sous-traitance', weight: 3 },
  { number: '613200', label: 'Loyers', weight: 3 },
  { number: '615000', label: 'Entretien et réparations', weight: 2 },
  { number: '616000', label: 'Assurances', weight: 1 },
  { number: '621100', label: 'Personnel mis à disposition facturé', weight: 3 },
  { number: '622600', label: 'Honoraires', weight: 1 },
  { number: '624800', label: 'Transports', weight: 2 },
  { number: '625100', label: 'Déplacements', weight: 1 },
  { number: '626000', label: 'Frais postaux et télécommunications', weight: 1 },
  { number: '631100', label: 'Taxe sur les salaires', weight: 2 },
  { number: '633300', label: 'Participation à la formation', weight: 1 },
  { number: '635100', label: 'Impôts locaux', weight: 0.3 },
  { number: '641100', label: 'Salaires', weight: 40, always: true },
  { number: '641200', label: 'Congés payés', weight: 2 },
  { number: '645100', label: 'Urssaf', weight: 13, always: true },
  { number: '645300', label: 'Caisses de retraite', weight: 3 },
  { number: '647500', label: 'Médecine du travail', weight: 0.4 },
  { number: '651000', label: 'Redevances', weight: 0.3 },
  { number: '658000', label: 'Charges diverses', weight: 0.2 },
  { number: '661000', label: 'Intérêts', weight: 0.2 },
  { number: '671800', label: 'Charges exceptionnelles', weight: 0.2 },
  { number: '681100', label: 'Dotations aux amortissements', weight: 3 },
  { number: '681500', label: 'Dotations aux provisions', weight: 1 },
];

/** Official contents of the chart: what makes staff costs (guide: 64, taxes on pay, staff billed by others). */
export const STAFF_NUMBERS: readonly string[] = ['621100', '631100', '633300', '641100', '641200', '645100', '645300', '647500'];

/** Analytic codes and the purpose that each stands for. */
export const ANALYTIC_CODES: { readonly [code: string]: string } = { PILOTAGE: 'steering', LOGISTIQUE: 'logistics', ALSH: 'activities', CLAS: 'activities', FAMILLES: 'activities', JEUNES: 'activities' };
