/** Where each fact of the reference brochure must be read in ours: the page, by its title, and the words around the figure, written « # ». */
import type { ManifestEntry } from '../../src/domains/publication/index.ts';

export interface Place {
  readonly page: string;
  readonly words: string;
}

const at = (page: string, places: { readonly [id: string]: string }): [string, Place][] => Object.entries(places).map(([id, words]) => [id, { page, words }]);

const PLACES: ReadonlyMap<string, Place> = new Map([
  ...at('Des chiffres pour agir ensemble', {
    'response.rate': '# des centres interrogés ont répondu 36 centres, 2017',
    'thanks.count': '# centres ont apporté leurs données 36 centres, 2017',
  }),
  ...at('Carte des structures', {
    'territory.urban': '# en espace à dominante urbaine 37 centres, 2016',
    'territory.rural': '# en espace à dominante rurale 37 centres, 2016',
    'territory.city_policy': '# sur un territoire de la politique de la ville 37 centres, 2016',
  }),
  ...at('Repères clés', { 'approved.total': '# centres sociaux agréés 37 centres, 2016', 'management.total': 'par mode de gestion, sur # centres, 2016', 'budget.total': '# de budget cumulé 36 centres, 2016' }),
  ...at('Une activité pour tous les âges', {
    // Shares stand above the ages, in the same order.
    'age.childhood.share': '# 92 % 78 % 78 % 56 % 4-10 ans 11-14 ans 15-17 ans 16-25 ans 0-3 ans',
    'age.preteens.share': '97 % # 78 % 78 % 56 % 4-10 ans 11-14 ans 15-17 ans 16-25 ans 0-3 ans',
    'age.teens.share': '97 % 92 % # 78 % 56 % 4-10 ans 11-14 ans 15-17 ans 16-25 ans 0-3 ans',
    'age.young_adults.share': '97 % 92 % 78 % # 56 % 4-10 ans 11-14 ans 15-17 ans 16-25 ans 0-3 ans',
    'age.early_childhood.share': '97 % 92 % 78 % 78 % # 4-10 ans 11-14 ans 15-17 ans 16-25 ans 0-3 ans',
    'age.early_childhood.children': '# enfants de 0 à 3 ans 20 centres, 2016',
    'age.childhood.children': '# enfants de 4 à 10 ans, dans 35 centres',
    'age.childhood.centres': 'enfants de 4 à 10 ans, dans # centres',
    'age.preteens.count': '# pré-ados 33 centres, 2016',
    'age.teens.count': '# ados 28 centres, 2016',
    'age.young_adults.count': '# jeunes de 16 à 25 ans, hors accueil agréé 28 centres, 2016',
  }),
  ...at('Le projet et les partenaires', {
    'project.rewritten_2016': '# centres ont réécrit leur projet social en 2016 36 centres, 2016',
    'project.rewritten_2015': '# l’avaient fait en 2015 36 centres, 2015',
  }),
  ...at('Les familles', {
    'family.acf_with_referent': '# centres avec un projet familles porté par un référent 36 centres, 2016',
    'family.holidays': '# centres accompagnent des départs en vacances 36 centres, 2016',
    'family.laep_labelled': 'En 2016, # centres en portent un, labellisé par la Caf',
    'partnership.education.centres': '# centres sur 36 travaillent avec l’école',
    'partnership.education.share': 'Soit # des centres en partenariat avec l’Éducation',
  }),
  ...at('La jeunesse', {
    'youth.preteens.centres': 'Pré-ados, 11-14 ans # centres, soit 92 %',
    'youth.preteens.share': 'Pré-ados, 11-14 ans 33 centres, soit # 36 centres, 2016',
    'youth.preteens.count': '33 centres, soit 92 % 36 centres, 2016 # jeunes concernés 33 centres, 2016',
    'youth.teens.centres': 'Ados, 15-17 ans # centres, soit 78 %',
    'youth.teens.share': 'Ados, 15-17 ans 28 centres, soit # 36 centres, 2016',
    'youth.teens.count': 'Ados, 15-17 ans 28 centres, soit 78 % 36 centres, 2016 # jeunes concernés 28 centres, 2016',
    'youth.young_adults.centres': 'Jeunes, 16-25 ans # centres, soit 78 %',
    'youth.young_adults.share': 'Jeunes, 16-25 ans 28 centres, soit # 36 centres, 2016',
    'youth.young_adults.count': 'Jeunes, 16-25 ans 28 centres, soit 78 % 36 centres, 2016 # jeunes concernés 28 centres, 2016',
    'youth.grants.centres': '# centres ont accompagné des projets de jeunes dotés d’une bourse',
    'youth.grants.caf_funds': '# de fonds propres de la Caf engagés en complément, depuis 2015',
  }),
  ...at('Les séniors et les générations ensemble', {
    'senior.centres': '# centres sur 36 agissent pour bien vieillir',
    'senior.persons': '# personnes de 60 ans et plus concernées 33 centres, 2016',
    'senior.carsat_agreement': '# centres financés au titre de l’action sociale vieillesse',
    'senior.carsat_call': '# centres financés par son appel à projets',
  }),
  ...at('Le pouvoir d’agir : gouvernance et bénévoles', {
    'volunteers.governance_mean': '# bénévoles dans les instances, en moyenne 36 centres, 2015',
    'volunteers.governance_hours_mean': '# heures de bénévolat d’instance par an, en moyenne 36 centres, 2015',
    'volunteers.activity_mean': '# bénévoles d’activités, en moyenne 36 centres, 2016',
    'volunteers.activity_hours_mean': '# heures de bénévolat d’activités par an, en moyenne 36 centres, 2016',
    'volunteers.age.12_17': '# 12-17 ans 23 % 18-25 ans',
    'volunteers.age.18_25': '12-17 ans # 18-25 ans 37 % Adultes (26-59 ans)',
    'volunteers.age.adults': '18-25 ans # Adultes (26-59 ans) 23 % 60 ans et plus',
    'volunteers.age.60_plus': 'Adultes (26-59 ans) # 60 ans et plus',
    'volunteers.training_centres': '# centres ont formé des bénévoles 36 centres, 2015',
    'volunteers.trained': '# bénévoles formés 11 centres, 2015',
    'volunteers.trained_mean': '# par centre qui en forme 11 centres, 2015',
  }),
  ...at('Les équipes salariées', {
    'staff.headcount': '# salariés 36 centres, 2016',
    'staff.headcount_p12': '# salariés 36 centres, 2016',
    'staff.fte': '# équivalents temps plein (ETP) 36 centres, 2016',
    'staff.fte_p12': '# équivalents temps plein (ETP) 36 centres, 2016',
    'staff.headcount_mean': '# salariés en moyenne 36 centres, 2016',
    'staff.fte_mean': '# ETP en moyenne 36 centres, 2016',
    'staff.fte_mean_p12': '# ETP en moyenne 36 centres, 2016',
    'training.in_plan': '# formations du plan de formation 36 centres, 2015',
    'training.in_plan_mean': '# par centre, en moyenne 36 centres, 2015',
    'training.off_plan': '# formations hors plan 36 centres, 2015',
    'training.master2_directors': 'En 2015, # directrices et directeurs sont entrés en formation de niveau master',
    'training.master2_caf_share': 'la Caf a pris en charge # de son coût',
  }),
  ...at('Le budget sur deux ans', {
    'budget.total_2015': 'Budget cumulé 2015 # 2016 31 907 084 €',
    'budget.total_2016': 'Budget cumulé 2015 32 356 340 € 2016 #',
    'budget.mean_2016': '# en moyenne par centre 36 centres, 2016',
    'budget.mean_2015': '# l’année précédente 36 centres, 2015',
    'expenses.steering_2015': 'Pilotage 2015 # 2016 17,5 %',
    'expenses.steering_2016': 'Pilotage 2015 17 % 2016 # Logistique',
    'expenses.logistics_2015': 'Logistique 2015 # 2016 16 %',
    'expenses.logistics_2016': 'Logistique 2015 16 % 2016 # Activités',
    'expenses.activities_2015': 'Activités 2015 # 2016 66,5 %',
    'expenses.activities_2016': 'Activités 2015 67 % 2016 # Source',
  }),
]);

/** Drawings: the numbers of all rows, then their names, in the same order. */
const CHARTS: readonly (readonly [prefix: string, page: string])[] = [
  ['management.', 'Repères clés'],
  ['family.action.', 'Les familles'],
  ['family.funding.', 'Les familles'],
  ['youth.preteens.activity.', 'La jeunesse'],
  ['youth.teens.activity.', 'La jeunesse'],
  ['youth.young_adults.theme.', 'La jeunesse'],
  ['senior.theme.', 'Les séniors et les générations ensemble'],
  ['governance.body.', 'Le pouvoir d’agir : gouvernance et bénévoles'],
  ['funders.', 'Le budget sur deux ans'],
];

/** Where a fact must stand; undefined: nobody has said where. A drawing is read whole, so that each number belongs to its row. */
export function placeOf(id: string, manifest: readonly ManifestEntry[]): Place | undefined {
  const known = PLACES.get(id);
  if (known) return known;
  const chart = CHARTS.find(([prefix]) => id.startsWith(prefix));
  if (!chart) return undefined;
  const rows = manifest.filter((entry) => entry.id.startsWith(chart[0])).toSorted((a, b) => b.value - a.value);
  const own = rows.findIndex((entry) => entry.id === id);
  const names = rows.map((entry) => entry.label.replace(/^[^:]*:\s*/, ''));
  return { page: chart[1], words: [...rows.map((entry, i) => (i === own ? '#' : entry.text)), ...names].join(' ') };
}
