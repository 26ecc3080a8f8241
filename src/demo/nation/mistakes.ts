/** Mistakes that people really make, for correspondents to find in the campaign under control. Each takes a right sheet and returns a wrong one. */
import type { AnswerValue, TableValue } from '../../domains/questionnaire/index.ts';
import type { Sheet } from '../answers/profile.ts';
import type { Chance } from '../random.ts';

export type Mistake = 'thousand_euros' | 'factor_ten' | 'same_as_previous' | 'empty_participation' | 'swapped_staff' | 'wrong_total' | 'missing_rubric';

/** Those that only ask for an explanation: a response that holds them can have been sent. The others stop it. */
export const SENDABLE: readonly Mistake[] = ['thousand_euros', 'factor_ten', 'same_as_previous', 'empty_participation'];
export const BLOCKING: readonly Mistake[] = ['swapped_staff', 'wrong_total', 'missing_rubric'];

const mapCells = (value: AnswerValue, change: (n: number) => number): TableValue =>
  Object.fromEntries(
    Object.entries(value as TableValue).map(([row, columns]) => [row, Object.fromEntries(Object.entries(columns).map(([column, cell]) => [column, typeof cell === 'number' ? change(cell) : cell]))]),
  );

/** `previous`: the sheet of the year before, by the same structure. */
export function mistaken(random: Chance, mistake: Mistake, sheet: Sheet, previous: Sheet): Sheet {
  switch (mistake) {
    case 'thousand_euros':
      return inThousands(sheet);
    case 'factor_ten': {
      const key = random.pick(['volunteer_hours_activities', 'reception_visits', 'partners_count'].filter((k) => typeof sheet[k] === 'number'));
      return { ...sheet, [key]: Math.min(key === 'partners_count' ? 2000 : 500_000, (sheet[key] as number) * 10) };
    }
    case 'same_as_previous':
      return { ...sheet, ...previous };
    case 'empty_participation':
      // every volunteer is a regular one, and no resident takes part in anything
      return { ...sheet, participation_bodies: mapCells(sheet['participation_bodies']!, () => 0), coconstructed_projects: 0, volunteers_activities_regular: (sheet['volunteers_activities_regular'] as number) + (sheet['volunteers_activities_occasional'] as number), volunteers_activities_occasional: 0 };
    case 'swapped_staff':
      return { ...sheet, staff_headcount: Math.max(1, Math.floor(sheet['staff_fte'] as number)), staff_fte: sheet['staff_headcount'] as number };
    case 'wrong_total': {
      const table = sheet['income_by_funder'] as TableValue;
      const commune = Number(table['commune']!['amount']);
      return { ...sheet, income_by_funder: { ...table, commune: { amount: commune + random.integer(5, 40) * 1000 } } };
    }
    case 'missing_rubric':
      return Object.fromEntries(Object.entries(sheet).filter(([key]) => !RUBRIC_OF_USERS.includes(key)));
  }
}

const RUBRIC_OF_USERS = ['opening_days', 'opening_hours', 'opening_weeks', 'reception_visits', 'unique_users', 'members', 'users_by_age', 'users_by_gender', 'users_by_qf', 'users_by_residence', 'hosted_associations'];
const MONEY = ['expenses_total', 'income_total', 'staff_costs', 'in_kind', 'investment'];

/** The whole budget typed in thousands of euros: it agrees with itself, and is a thousand times too small. */
function inThousands(sheet: Sheet): Sheet {
  const out: Sheet = { ...sheet };
  for (const key of MONEY) if (typeof out[key] === 'number') out[key] = Math.round(out[key] / 1000);
  for (const key of ['expenses_by_purpose', 'income_by_funder', 'caf_benefits']) if (out[key]) out[key] = mapCells(out[key], (n) => Math.round(n / 1000));
  const total = (key: string): number => Object.values(out[key] as TableValue).reduce((sum, row) => sum + Number(row['amount']), 0);
  out['expenses_total'] = total('expenses_by_purpose');
  out['income_total'] = total('income_by_funder');
  out['staff_costs'] = Math.min(out['staff_costs'] as number, out['expenses_total']);
  out['net_result'] = out['income_total'] - out['expenses_total'];
  return out;
}
