/** Every number of the reference brochure, added up again from the generated answers by other means than the statistics domain. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { TableValue } from '../../domains/questionnaire/index.ts';
import { roundHalfUp } from '../../kernel/french-number.ts';
import type { Sheet } from '../answers/profile.ts';
import { PAS_DE_CALAIS_SEED, referenceCentres } from './responses.ts';
import type { Centre, Fact, FactFile } from './source.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../content/demonstration/pas-de-calais-2017/${name}`, import.meta.url), 'utf8'));
const centres = read('centres.json') as Centre[];
const file = read('facts.json') as FactFile;

const add = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** value of each fact from the sheets (36 of each year) and the register (37). */
function aggregate(generated: ReturnType<typeof referenceCentres>): { [id: string]: number } {
  const now = generated.flatMap((g) => (g.sheets ? [g.sheets[2016]] : []));
  const before = generated.flatMap((g) => (g.sheets ? [g.sheets[2015]] : []));
  const register = generated.map((g) => g.register);
  const total = (sheets: readonly Sheet[], key: string): number => add(sheets.map((s) => (s[key] as number | undefined) ?? 0));
  const having = (sheets: readonly Sheet[], key: string, code: string): number => sheets.filter((s) => (s[key] === code) || (Array.isArray(s[key]) && s[key].includes(code))).length;
  const cells = (sheets: readonly Sheet[], key: string, row: string, column: string): number => add(sheets.map((s) => Number((s[key] as TableValue)[row]![column])));
  const funded = (row: string): number => before.filter((s) => Number((s['income_by_funder'] as TableValue)[row]!['amount']) > 0).length;
  const percent = (part: number, whole: number): number => (100 * part) / whole;
  const n = now.length;
  const out: { [id: string]: number } = {
    'response.rate': percent(n, register.filter((r) => r.firstApprovalYear < 2016).length),
    'management.total': register.length,
    'approved.total': register.length,
    'thanks.count': n,
    'territory.urban': register.filter((r) => r.character !== 'rural').length,
    'territory.rural': register.filter((r) => r.character === 'rural').length,
    'territory.city_policy': register.filter((r) => r.qpv !== 'no').length,
    'staff.headcount': total(now, 'staff_headcount'),
    'staff.fte': total(now, 'staff_fte'),
    'staff.fte_min': Math.min(...now.map((s) => s['staff_fte'] as number)),
    'staff.fte_max': Math.max(...now.map((s) => s['staff_fte'] as number)),
    'staff.fte_mean': total(now, 'staff_fte') / n,
    'staff.headcount_mean': total(now, 'staff_headcount') / n,
    'age.early_childhood.share': percent(having(now, 'early_childhood', 'yes'), n),
    'age.early_childhood.children': total(now, 'early_childhood_children'),
    'age.childhood.centres': having(now, 'childhood', 'yes'),
    'age.childhood.share': percent(having(now, 'childhood', 'yes'), n),
    'age.childhood.children': total(now, 'childhood_children'),
    'project.rewritten_2015': having(before, 'project_renewal', 'yes'),
    'project.rewritten_2016': having(now, 'project_renewal', 'yes'),
    'family.acf_with_referent': now.filter((s) => (s['approvals_held'] as string[]).includes('acf') && s['family_referent'] === 'yes').length,
    'family.holidays': having(now, 'family_actions', 'holiday_projects'),
    'family.laep_labelled': having(now, 'family_actions', 'laep'),
    'partnership.education.centres': now.filter((s) => Object.values((s['partnership_matrix'] as TableValue)['education']!).includes(true)).length,
    'senior.centres': having(now, 'seniors', 'yes'),
    'senior.persons': total(now, 'seniors_count'),
    'volunteers.governance_mean': total(before, 'volunteers_governance') / n,
    'volunteers.governance_hours_mean': total(before, 'volunteer_hours_governance') / n,
    'volunteers.activity_mean': (total(now, 'volunteers_activities_regular') + total(now, 'volunteers_activities_occasional')) / n,
    'volunteers.activity_hours_mean': total(now, 'volunteer_hours_activities') / n,
    'volunteers.training_centres': before.filter((s) => (s['volunteers_trained'] as number) > 0).length,
    'volunteers.trained': total(before, 'volunteers_trained'),
    'training.in_plan': total(before, 'trainings_in_plan'),
    'training.in_plan_mean': total(before, 'trainings_in_plan') / n,
    'training.off_plan': total(before, 'trainings_off_plan'),
  };
  out['partnership.education.share'] = percent(out['partnership.education.centres']!, n);
  out['volunteers.trained_mean'] = out['volunteers.trained']! / out['volunteers.training_centres']!;
  out['staff.headcount_p12'] = out['staff.headcount']!;
  out['staff.fte_p12'] = out['staff.fte']!;
  out['staff.fte_mean_p12'] = out['staff.fte_mean']!;
  for (const mode of ['association', 'local_authority', 'co_management', 'caf', 'ccas']) out[`management.${mode}`] = register.filter((r) => r.managementMode === mode).length;
  for (const [band, key] of [['preteens', 'preteens'], ['teens', 'teens'], ['young_adults', 'young_adults']] as const) {
    for (const prefix of ['age', 'youth']) {
      out[`${prefix}.${band}.centres`] = having(now, key, 'yes');
      out[`${prefix}.${band}.share`] = percent(having(now, key, 'yes'), n);
      out[`${prefix}.${band}.count`] = total(now, `${key}_count`);
    }
  }
  for (const fact of file.facts) {
    const last = fact.id.split('.').at(-1)!;
    if (fact.id.startsWith('family.action.')) out[fact.id] = having(now, 'family_actions', last);
    if (fact.id.startsWith('family.funding.')) out[fact.id] = having(now, 'family_funding', last);
    if (fact.id.startsWith('youth.preteens.activity.')) out[fact.id] = having(now, 'preteens_activities', last);
    if (fact.id.startsWith('youth.teens.activity.')) out[fact.id] = having(now, 'teens_activities', last);
    if (fact.id.startsWith('youth.young_adults.theme.')) out[fact.id] = having(now, 'young_adults_themes', last);
    if (fact.id.startsWith('senior.theme.')) out[fact.id] = having(now, 'seniors_themes', last);
    if (fact.id.startsWith('governance.body.')) out[fact.id] = having(now, 'governance_bodies', last);
    if (fact.id.startsWith('funders.')) out[fact.id] = last === 'caf' ? before.filter((s) => Number((s['income_by_funder'] as TableValue)['caf_ps']!['amount']) > 0).length : funded(last);
  }
  const volunteers = total(now, 'volunteers_total');
  for (const [id, row] of [['12_17', 'a12_17'], ['18_25', 'a18_25'], ['adults', 'a26_59'], ['60_plus', 'a60_plus']] as const) out[`volunteers.age.${id}`] = percent(cells(now, 'volunteers_by_age', row, 'count'), volunteers);
  for (const [year, sheets] of [[2016, now], [2015, before]] as const) {
    out[`budget.total_${year}`] = total(sheets, 'expenses_total');
    out[`budget.mean_${year}`] = total(sheets, 'expenses_total') / n;
    for (const purpose of ['steering', 'logistics', 'activities']) out[`expenses.${purpose}_${year}`] = percent(cells(sheets, 'expenses_by_purpose', purpose, 'amount'), total(sheets, 'expenses_total'));
  }
  return out;
}

/** Equal after rounding to the unit (to the half point for shares of expenses); « près de » and truncated values as the file says. */
function agrees(fact: Fact, computed: number): boolean {
  const printed = fact.value as number;
  if (fact.kind === 'approx') return computed < printed && computed >= printed * 0.97;
  if (file.truncated.includes(fact.id)) return Math.trunc(computed) === printed;
  if (fact.id.startsWith('expenses.')) return roundHalfUp(computed * 2) / 2 === printed;
  return roundHalfUp(computed) === printed;
}

const expected = file.facts.filter((f) => f.territory === '62' && typeof f.value === 'number' && ['survey', 'derived', 'register'].includes(f.origin));
const seeds = [PAS_DE_CALAIS_SEED, ...Array.from({ length: 24 }, (_, i) => `other seed ${i}`)];

describe('the fictional campaign of Pas-de-Calais 2017', () => {
  it('finds the facts of the brochure', () => expect(expected.length).toBeGreaterThan(115));

  it.each(seeds)('gives every number of the brochure (%s)', (seed) => {
    const computed = aggregate(referenceCentres(centres, file.facts, seed));
    const wrong = expected.filter((f) => !(f.id in computed) || !agrees(f, computed[f.id]!)).map((f) => `${f.id}: ${f.value} printed, ${computed[f.id]} computed`);
    expect(wrong).toEqual([]);
  });

  it('is the same each time', () => {
    expect(referenceCentres(centres, file.facts)).toEqual(referenceCentres(centres, file.facts));
  });
});
