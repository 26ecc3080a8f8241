/** Map, key figures and ages: who the structures are, where, and for whom. */
import { nationalMap } from '../../../charts/national-map.ts';
import { departmentMap, type DepartmentMapSpec } from '../../../charts/department-map.ts';
import { coarseContours } from '../../../charts/geography/coarse-contours.ts';
import { departmentContours, mergedContour } from '../../../charts/geography/contours.ts';
import { formatNumber, NBSP } from '../../../kernel/french-number.ts';
import { parts, ranking, WIDTH } from '../figure-charts.ts';
import { noun } from '../figure-reader.ts';
import type { Block, PublicStructure, Section } from '../model.ts';
import { lowerFirst } from '../typography.ts';
import { approvedNoun, heading, row, type SectionContext, tiles } from './section-context.ts';

/** `departments`: codes of the départements that make the territory; none known, no map. */
export function mapSection(context: SectionContext, structures: readonly PublicStructure[], departments: readonly string[], medium: 'paper' | 'screen'): Section[] {
  const contour = mergedContour(departments);
  const placed = structures.filter((s) => s.latitude !== null && s.longitude !== null);
  if (!contour || placed.length === 0) return [];
  const kinds = [...new Set(structures.map((s) => s.kind))];
  const communes = new Set(structures.map((s) => s.commune)).size;
  const total = context.figures.get('approved.total');
  const count = total?.value ?? structures.length;
  const year = total?.year ?? context.figures.set.mainYear;
  const said = approvedNoun(context, kinds);
  const spec: DepartmentMapSpec = {
    id: 'carte',
    title: `${formatNumber(count)}${NBSP}${said} dans ${formatNumber(communes)}${NBSP}communes`,
    subtitle: `Structures agréées par la Caf en ${year}, placées à leur adresse ou au centre de leur commune`,
    source: 'Répertoire SENACS ; contours Natural Earth ; positions des communes GeoNames',
    description: `Carte des ${formatNumber(count)} ${said} en ${year}, réparties dans ${formatNumber(communes)} communes.`,
    outline: contour.geometry,
    neighbours: [...(medium === 'paper' ? departmentContours() : coarseContours())].filter(([code]) => !departments.includes(code)).map(([, c]) => c.geometry),
    structures: placed.map((s) => ({ name: s.name, commune: s.commune, longitude: s.longitude!, latitude: s.latitude!, kind: s.kind, isNew: s.isNew })),
    level: context.drawing.level,
    kindLabels: Object.fromEntries(context.kinds.map((k) => [k.code, lowerFirst(k.label)])),
    width: WIDTH.full,
    maxHeight: medium === 'paper' ? 640 : 620,
  };
  const chart = departmentMap(spec);
  const block: Block = medium === 'paper' ? { kind: 'chart', chart } : { kind: 'chart', chart, narrow: departmentMap({ ...spec, id: 'carte-etroite', neighbours: [], width: WIDTH.half, maxHeight: 420 }) };
  const where = tiles(3, context.figures.tile('territory.urban', 'en espace à dominante urbaine'), context.figures.tile('territory.rural', 'en espace à dominante rurale'), context.figures.tile('territory.city_policy', 'sur un territoire de la politique de la ville'));
  return [{ id: 'carte', title: 'Carte des structures', rows: [...row([block]), ...row(where)] }];
}

const STEPS = [60, 40, 25, 10] as const;

/** Approved structures by département: a register fact, in classes. */
export function countsMap(context: SectionContext, counts: { readonly [department: string]: number }, names: { readonly [department: string]: string } = {}): Section[] {
  const entries = Object.entries(counts);
  if (entries.length === 0) return [];
  const total = entries.reduce((sum, [, n]) => sum + n, 0);
  const year = context.figures.set.mainYear;
  const chart = nationalMap({
    id: 'carte',
    title: `${formatNumber(total)}${NBSP}structures agréées dans ${entries.length}${NBSP}départements`,
    subtitle: `Structures agréées par la Caf en ${year}, par département`,
    source: `Répertoire SENACS${NBSP}; contours Natural Earth`,
    description: `Carte de France des ${formatNumber(total)} structures agréées en ${year} par département, de 1 à ${formatNumber(Math.max(...entries.map(([, n]) => n)))}.`,
    territories: [...coarseContours()].map(([code, c]) => {
      const n = counts[code] ?? 0;
      const step = STEPS.findIndex((s) => n >= s);
      return { code, name: names[code] ?? code, geometry: c.geometry, class: n === 0 ? null : step === -1 ? STEPS.length : step, text: formatNumber(n), href: `/territoires/${code}` };
    }),
    classes: ['60 et plus', '40 à 59', '25 à 39', '10 à 24', '1 à 9'],
    none: 'aucune',
    column: 'Structures agréées',
    width: 560,
  });
  return [{ id: 'carte', title: 'Carte des structures', rows: row([{ kind: 'chart', chart }]) }];
}

const VOLUMES = [['approved', 'dans les structures agréées'], ['solicited', 'dans les sollicitées'], ['answered', 'dans celles qui ont répondu'], ['complete', 'dans celles qui ont tout rempli']] as const;

/** The four counts again, by volume (R59): employment of the year before. Those withheld are left out. */
function volumes({ figures }: SectionContext): Block[] {
  const said = VOLUMES.flatMap(([of, where]) => {
    const figure = figures.get(`campaign.${of}.volume`);
    return figure ? [`${figure.text} ${where}`] : [];
  });
  return said.length === 0 ? [] : [{ kind: 'text', paragraphs: [`En volume d’emploi, c’est-à-dire en équivalents temps plein de l’année précédente${NBSP}: ${said.join(', ')}.`] }];
}

export function keyFigures(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const top = tiles(
    4,
    figures.tile('approved.total', (f) => approvedNoun(context, f.kinds)),
    figures.tile('staff.headcount', 'salariés'),
    figures.tile('volunteers.activity', 'bénévoles d’activités'),
    figures.tile('budget.total', 'de budget cumulé'),
  );
  const management = ranking(drawing, figures.rows('management.modes'), { id: 'gestion', measure: 'Nombre de structures agréées par mode de gestion', columns: ['Mode de gestion', 'Nombre'], width: WIDTH.half });
  const people = tiles(2, figures.tile('users.total', 'usagers, chacun compté une fois'), figures.tile('members.total', 'adhérents'), figures.tile('staff.fte', 'équivalents temps plein'), figures.tile('volunteers.governance', 'bénévoles dans les instances'));
  const genders = parts(drawing, figures.rows('users.genders'), { id: 'usagers-sexe', title: (_, rows) => `${rows.map((f) => `${f.text} ${/femme/i.test(f.shortLabel) ? 'de femmes' : 'd’hommes'}`).join(', ')} parmi les usagers`, measure: 'Usagers selon le sexe', columns: ['Sexe', 'Part'], width: WIDTH.half });
  const answers = tiles(2, figures.tile('campaign.solicited', (f) => `${noun(f.kinds, f.value)} sollicités par l’enquête`.replace('structures sollicités', 'structures sollicitées')), figures.tile('campaign.answered', 'ont répondu'), figures.tile('campaign.complete', 'ont répondu à toutes les questions attendues'), figures.tile('response.rate.volume', 'des emplois des structures sollicitées sont dans celles qui ont répondu'));
  const rows = [...row(top), ...row([...management, ...heading('L’enquête', answers, volumes(context))], [...heading('Les personnes', people), ...genders])];
  return rows.length === 0 ? [] : [{ id: 'reperes', title: 'Repères clés', rows }];
}

const AGES = [
  { id: 'early_childhood', label: 'Petite enfance, 0-3 ans', count: 'age.early_childhood.children', people: 'enfants de 0 à 3 ans' },
  { id: 'childhood', label: 'Enfance, 4-10 ans', count: 'age.childhood.children', people: 'enfants de 4 à 10 ans' },
  { id: 'preteens', label: 'Pré-ados, 11-14 ans', count: 'age.preteens.count', people: 'pré-ados' },
  { id: 'teens', label: 'Ados, 15-17 ans', count: 'age.teens.count', people: 'ados' },
  { id: 'young_adults', label: 'Jeunes, 16-25 ans', count: 'age.young_adults.count', people: 'jeunes de 16 à 25 ans, hors accueil agréé' },
] as const;

/** Age bands overlap (15-17 and 16-25): shown one by one, never added. */
export function ages(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const shares = ranking(drawing, figures.rows('age.shares'), { id: 'ages', title: (first) => `Pour les ${first.shortLabel}, ${first.text} des ${noun(first.kinds)} agissent`, measure: 'Part des structures qui agissent pour chaque âge', columns: ['Âge', 'Part'], width: WIDTH.half });
  const counts = tiles(1, ...AGES.map((age) => figures.tile(age.count, (children) => {
    const centres = age.id === 'childhood' ? figures.alike('age.childhood.centres', children) : undefined;
    return centres ? `${age.people}, dans ${centres.text}${NBSP}${noun(centres.kinds, centres.value)}` : age.people;
  })));
  const users = ranking(drawing, figures.rows('users.ages'), { id: 'usagers', title: (first) => `Les ${first.shortLabel} sont les plus nombreux${NBSP}: ${first.text} des usagers`, measure: 'Part de chaque âge parmi les usagers', columns: ['Âge', 'Part'], width: WIDTH.half });
  const rows = row([...shares, ...users], heading('Combien d’enfants et de jeunes', counts));
  return rows.length === 0 ? [] : [{ id: 'ages', title: 'Une activité pour tous les âges', lead: 'Une même structure agit pour plusieurs âges, et les tranches 15-17 et 16-25 ans se recoupent\u00a0: ces nombres ne s’additionnent pas.', rows }];
}
