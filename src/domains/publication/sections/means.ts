/** Governance and volunteers, staff and training, budget: the means of the structures. */
import { NBSP } from '../../../kernel/french-number.ts';
import { parts, quartiles, ranking, twoYears, WIDTH } from '../figure-charts.ts';
import { noun } from '../figure-reader.ts';
import type { Block, Section } from '../model.ts';
import { heading, row, type SectionContext, theme, tiles } from './section-context.ts';

export function governance(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const top = tiles(
    4,
    figures.tile('volunteers.governance_mean', 'bénévoles dans les instances, en moyenne'),
    figures.tile('volunteers.governance_hours_mean', 'heures de bénévolat d’instance par an, en moyenne'),
    figures.tile('volunteers.activity_mean', 'bénévoles d’activités, en moyenne'),
    figures.tile('volunteers.activity_hours_mean', 'heures de bénévolat d’activités par an, en moyenne'),
  );
  const bodies = ranking(drawing, figures.rows('governance.bodies'), { id: 'instances', measure: 'Nombre de structures par instance', columns: ['Instance', 'Structures'], width: WIDTH.half });
  const ages = parts(drawing, figures.rows('volunteers.ages'), { id: 'benevoles-ages', title: 'Des bénévoles de tous les âges', measure: 'Part de chaque âge parmi les bénévoles', columns: ['Âge', 'Part'], width: WIDTH.half });
  const roles = ranking(drawing, figures.rows('volunteers.roles'), { id: 'benevoles-roles', measure: 'Rôles tenus par des bénévoles, nombre de structures', columns: ['Rôle', 'Structures'], width: WIDTH.half, limit: 6 });
  const training = heading(
    'Se former',
    tiles(3, figures.tile('volunteers.training_centres', (f) => `${noun(f.kinds, f.value)} ${f.value < 2 ? 'a' : 'ont'} formé des bénévoles`), figures.tile('volunteers.trained', 'bénévoles formés'), figures.tile('volunteers.trained_mean', (f) => `par ${noun(f.kinds, 1)} qui en forme`)),
  );
  const boards = tiles(2, figures.tile('governance.residents_share', 'd’habitants et d’usagers parmi les administrateurs'), figures.tile('governance.board_members_mean', 'administrateurs, en moyenne'));
  return theme(context, 'governance', 'Le pouvoir d’agir : gouvernance et bénévoles', [...row(top), ...row([...bodies, ...ages], [...boards, ...training, ...roles])]);
}

export function staff(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const top = tiles(
    4,
    figures.tile('staff.headcount', 'salariés'),
    figures.tile('staff.fte', 'équivalents temps plein (ETP)'),
    figures.tile('staff.headcount_mean', 'salariés en moyenne'),
    figures.tile('staff.fte_mean', 'ETP en moyenne'),
  );
  const spread = quartiles(drawing, [figures.get('staff.fte_q1'), figures.get('staff.fte_median'), figures.get('staff.fte_q3')], { id: 'etp-quartiles', title: (m) => `Moins de ${m.text}${NBSP}ETP pour la moitié`, measure: 'Équivalents temps plein par structure', width: WIDTH.half });
  const functions = ranking(drawing, figures.rows('staff.functions'), { id: 'fonctions', title: (first) => `${first.shortLabel}${NBSP}: ${first.text} des salariés`, measure: 'Part des salariés par fonction', columns: ['Fonction', 'Part'], width: WIDTH.half, limit: 8 });
  const contracts = ranking(drawing, figures.rows('staff.contracts'), { id: 'contrats', title: (first) => `${first.shortLabel}${NBSP}: ${first.text} des salariés`, measure: 'Part des salariés par type de contrat', columns: ['Contrat', 'Part'], width: WIDTH.half, limit: 7 });
  const training = heading(
    'La formation des salariés',
    tiles(3, figures.tile('training.in_plan', 'formations du plan de formation'), figures.tile('training.in_plan_mean', (f) => `par ${noun(f.kinds, 1)}, en moyenne`), figures.tile('training.off_plan', 'formations hors plan')),
  );
  const directors = figures.get('training.master2_directors');
  const cost = figures.get('training.master2_caf_share');
  const master: Block[] = directors ? [{ kind: 'box', title: 'Diriger et étudier', paragraphs: [`En ${directors.year}, ${directors.text} directrices et directeurs sont entrés en formation de niveau master${cost ? `\u00a0; la Caf a pris en charge ${cost.text} de son coût` : ''}. Source\u00a0: ${directors.making.source}.`] }] : [];
  return theme(context, 'staff', 'Les équipes salariées', [...row(top), ...row([...functions, ...spread], [...contracts, ...training, ...master])]);
}

export function budget(context: SectionContext): Section[] {
  const { figures, drawing } = context;
  const now = figures.get('budget.total');
  const change = figures.get('budget.change');
  const total = twoYears(
    drawing,
    [
      { label: 'Budget cumulé', before: figures.get('budget.total.previous'), now },
    ],
    { id: 'budget', title: change ? `Un budget ${change.value === 0 ? 'stable' : change.value > 0 ? `en hausse de ${change.text}` : `en baisse de ${change.text.replace('\u2212', '')}`} en un an` : 'Le budget cumulé', measure: 'Charges sans les contributions volontaires', head: 'Budget', width: WIDTH.half },
  );
  const mean = tiles(2, figures.tile('budget.mean', (f) => `en moyenne par ${noun(f.kinds, 1)}`), figures.tile('budget.mean.previous', 'l’année précédente'));
  const purposes = ['steering', 'logistics', 'activities'] as const;
  const labels = { steering: 'Pilotage', logistics: 'Logistique', activities: 'Activités' } as const;
  const largest = figures.get('expenses.activities');
  const expenses = twoYears(
    drawing,
    purposes.map((p) => ({ label: labels[p], before: figures.get(`expenses.${p}.previous`), now: figures.get(`expenses.${p}`) })),
    { id: 'charges', title: largest ? `${largest.text} des charges vont aux activités` : 'À quoi servent les charges', measure: 'Part des charges par finalité', head: 'Finalité', width: WIDTH.half },
  );
  const funders = ranking(drawing, figures.rows('funders'), { id: 'financeurs', title: (first, rows) => `${rows.length} financeurs, ${first.shortLabel} en tête`, measure: 'Nombre de structures aidées par chaque financeur', columns: ['Financeur', 'Structures'], width: WIDTH.half });
  const shares = ranking(drawing, figures.rows('funding.shares').filter((f) => f.value >= 1), { id: 'produits', title: (first) => `${first.shortLabel}${NBSP}: ${first.text} des produits`, measure: 'D’où viennent les produits', columns: ['Financeur', 'Part'], width: WIDTH.half, limit: 8 });
  const spread = quartiles(drawing, [figures.get('budget.q1'), figures.get('budget.median'), figures.get('budget.q3')], { id: 'budget-quartiles', title: (m) => `Moins de ${m.text} pour la moitié`, measure: 'Budget par structure', width: WIDTH.half });
  return theme(context, 'budget', 'Le budget sur deux ans'.slice(0, figures.get('budget.total.previous') ? undefined : 9), [...row([...total, ...mean], expenses), ...row(funders, [...shares, ...spread])]);
}
