/** Questions that the files can answer, by kind of file: what the page asks of the version. */
import type { FileKind } from './model.ts';

export const TARGETS: { readonly [kind in FileKind]: readonly string[] } = {
  accounts: ['expenses_total', 'income_total', 'expenses_by_purpose', 'staff_costs', 'income_by_funder', 'in_kind', 'net_result', 'investment'],
  payroll: ['staff_headcount', 'staff_fte', 'staff_by_function', 'staff_by_contract', 'staff_women', 'collective_agreement', 'director_fte', 'director_seniority', 'family_referent', 'family_referent_fte'],
  members: ['unique_users', 'members', 'users_by_age', 'users_by_gender', 'users_by_qf', 'users_by_residence'],
};

export const FILE_KINDS = Object.keys(TARGETS) as FileKind[];
/** Whether some file may answer the question. */
export const isTarget = (key: string): boolean => FILE_KINDS.some((kind) => TARGETS[kind].includes(key));
