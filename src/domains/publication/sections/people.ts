/** The project and its partners, families, youth, seniors: what is done, for whom, with whom. */
import type { PublishableFigure } from '../../disclosure/index.ts';
import { NBSP } from '../../../kernel/french-number.ts';
import { ranking, shareOfCentres, WIDTH } from '../figure-charts.ts';
import { baseWords, noun } from '../figure-reader.ts';
import type { Block, Section } from '../model.ts';
import { enumerate, lowerFirst } from '../typography.ts';
import { heading, row, type SectionContext, theme, tiles } from './section-context.ts';

/** Few leaders are named; many are counted. */
const leaders = (ties: readonly PublishableFigure[]): string =>
  ties.length > 2 ? `${ties.length} réponses à égalité` : `${enumerate(ties.map((f, n) => (n === 0 ? f.shortLabel : lowerFirst(f.shortLabel))))} d’abord`;

const MEASURE = 'Nombre de structures par type d’action';

export function projectAndPartners(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const top = tiles(
    4,
    figures.tile('project.rewritten', (f) => `${noun(f.kinds, f.value)} ${f.value < 2 ? 'a réécrit son' : 'ont réécrit leur'} projet social en ${f.year}`),
    figures.tile('project.rewritten.previous', (f) => `${f.value < 2 ? 'l’avait' : 'l’avaient'} fait en ${f.year}`),
    figures.tile('outreach.share', (f) => `des ${noun(f.kinds)} agissent hors les murs`),
    figures.tile('partners.median', (f) => `partenaires ou plus pour la moitié des ${noun(f.kinds)}`),
  );
  const priorities = ranking(drawing, figures.rows('project.priorities'), { id: 'priorites', measure: 'Axes prioritaires des projets, nombre de structures', columns: ['Axe', 'Structures'], width: WIDTH.half, limit: 9 });
  const partners = ranking(drawing, figures.rows('partners'), { id: 'partenaires', title: (first, rows) => `${rows.filter((f) => f.value === first.value).length > 1 ? `${enumerate(rows.filter((f) => f.value === first.value).map((f) => f.shortLabel))}${NBSP}: partenaires` : `${first.shortLabel}${NBSP}: premier partenaire`} de ${first.base === first.value ? 'toutes les structures' : `${first.text} ${noun(first.kinds, first.value)}`}`.replace('toutes les structures', noun(first.kinds) === 'centres' ? 'tous les centres' : 'toutes les structures'), measure: 'Nombre de structures en partenariat', columns: ['Partenaire', 'Structures'], width: WIDTH.half, limit: 12 });
  return theme(context, 'project', 'Le projet et les partenaires', [...row(top), ...row(priorities, partners)]);
}

export function families(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const actions = ranking(drawing, figures.rows('family.actions'), { id: 'familles', measure: MEASURE, columns: ['Action', 'Structures'], width: WIDTH.half });
  const funding = ranking(drawing, figures.rows('family.funding'), { id: 'familles-financements', measure: 'Nombre de structures par financement obtenu', columns: ['Financement', 'Structures'], width: WIDTH.half });
  const referent = tiles(2, figures.tile('family.acf_with_referent', (f) => `${noun(f.kinds, f.value)} avec un projet familles porté par un référent`), figures.tile('family.holidays', (f) => `${noun(f.kinds, f.value)} ${f.value < 2 ? 'accompagne' : 'accompagnent'} des départs en vacances`));
  const reach = tiles(2, figures.tile('family.holiday_families', 'familles parties avec leur centre'), figures.tile('family.clas_children', 'enfants et jeunes accompagnés dans leur scolarité (CLAS)'));
  const school = shareOfCentres(drawing, figures.get('partnership.education.centres'), { id: 'ecole', title: 'travaillent avec l’école', yes: 'Avec un partenariat', no: 'Sans partenariat', width: WIDTH.half });
  const share = figures.get('partnership.education.share');
  const schoolShare: Block[] = school.length > 0 && share ? [{ kind: 'text', paragraphs: [`Soit ${share.text} des ${noun(share.kinds)} en partenariat avec l’Éducation nationale, le plus souvent pour des actions communes.`] }] : [];
  const labelled = figures.get('family.laep_labelled');
  const words: Block[] = actions.length === 0 ? [] : [{
    kind: 'box',
    title: 'Les mots',
    paragraphs: [
      `LAEP, lieu d’accueil enfants-parents\u00a0: un espace de jeu et de parole ouvert aux moins de six ans venus avec un adulte de leur famille.${labelled ? ` En ${labelled.year}, ${labelled.text}${NBSP}${noun(labelled.kinds, labelled.value)} en ${labelled.value > 1 ? 'portent' : 'porte'} un, labellisé par la Caf.` : ''}`,
      'CLAS, contrat local d’accompagnement à la scolarité\u00a0: un appui aux enfants et à leurs parents, hors du temps de l’école.',
      'REAAP, réseau d’écoute, d’appui et d’accompagnement des parents.',
    ],
  }];
  return theme(context, 'families', 'Les familles', [...row([...actions, ...words], [...referent, ...reach, ...funding, ...school, ...schoolShare])]);
}

export function youth(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const band = (id: string, title: string, table: string): Block[] => {
    // Espaces de vie sociale are asked whether they act, not for whom: beside numbers of young people, the structures are those that tell them.
    const young = figures.get(`youth.${id}.count`) ?? figures.rows(table)[0];
    const centres = young ? figures.alike(`youth.${id}.centres`, young) : figures.get(`youth.${id}.centres`);
    const share = centres && figures.alike(`youth.${id}.share`, centres);
    const head = tiles(
      2,
      centres ? [{ figure: centres.text, label: `${noun(centres.kinds, centres.value)}${share ? `, soit ${share.text}` : ''}`, base: baseWords(centres) }] : [],
      figures.tile(`youth.${id}.count`, 'jeunes concernés'),
    );
    return heading(title, head, ranking(drawing, figures.rows(table), { id: `jeunes-${id.replace('_', '-')}`, measure: id === 'young_adults' ? 'Structures par thème' : 'Structures par activité', columns: ['Action', 'Structures'], width: WIDTH.third, title: (first, rows) => leaders(rows.filter((f) => f.value === first.value)) }));
  };
  const grants = heading('Bourses initiatives jeunes', tiles(2, figures.tile('youth.grants.centres', 'centres ont accompagné des projets de jeunes dotés d’une bourse'), figures.tile('youth.grants.caf_funds', (f) => `de fonds propres de la Caf engagés en complément, depuis ${f.year}`)));
  return theme(context, 'youth', 'La jeunesse', [
    ...row(band('preteens', 'Pré-ados, 11-14 ans', 'youth.preteens.activities'), band('teens', 'Ados, 15-17 ans', 'youth.teens.activities'), band('young_adults', 'Jeunes, 16-25 ans', 'youth.young_adults.themes')),
    ...row(grants),
  ]);
}

export function seniors(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const most = shareOfCentres(drawing, figures.get('senior.centres'), { id: 'seniors-part', title: 'agissent pour bien vieillir', yes: 'Au moins une action', no: 'Aucune action', width: WIDTH.half });
  const persons = tiles(1, figures.tile('senior.persons', 'personnes de 60 ans et plus concernées'));
  const themes = ranking(drawing, figures.rows('senior.themes'), { id: 'seniors-themes', measure: 'Nombre de structures par thème', columns: ['Thème', 'Structures'], width: WIDTH.half });
  const adults = ranking(drawing, figures.rows('adult.actions'), { id: 'adultes', measure: 'Actions pour les adultes, nombre de structures', columns: ['Action', 'Structures'], width: WIDTH.half });
  const carsat = heading('Avec la Carsat', tiles(2, figures.tile('senior.carsat_agreement', 'centres financés au titre de l’action sociale vieillesse'), figures.tile('senior.carsat_call', 'centres financés par son appel à projets')));
  return theme(context, 'seniors', 'Les séniors et les générations ensemble', [...row([...most, ...persons, ...carsat], [...themes, ...adults])]);
}
