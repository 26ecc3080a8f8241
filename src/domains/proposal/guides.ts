/** What helps to read each kind of file, written in `content/files/`: default places of accounts, of jobs and contracts, words of columns. */
import { wordTest, type WordTest } from './words.ts';

interface WordRule {
  readonly row: string;
  readonly when: string;
}

export interface AccountsGuide {
  readonly funders: { readonly labels: readonly (WordRule & { readonly under: readonly string[] })[]; readonly accounts: { readonly [prefix: string]: string } };
  readonly natures: { readonly [prefix: string]: string };
  readonly purposes: readonly WordRule[];
  readonly staff: readonly string[];
  readonly inKind: { readonly expense: readonly string[]; readonly income: readonly string[] };
  readonly investment: readonly string[];
  readonly disposal: readonly string[];
  readonly result: readonly string[];
  /** Words of the code or name of a journal that carries balances forward. */
  readonly openingJournals: string;
}
export interface PayrollGuide {
  readonly jobs: readonly WordRule[];
  readonly professions: { readonly [prefix: string]: string };
  readonly contractTitles: readonly WordRule[];
  readonly schemes: { readonly [code: string]: string };
  readonly natures: { readonly [code: string]: string };
  readonly notEmployees: readonly string[];
  readonly notInPayroll: readonly string[];
  readonly agreements: { readonly [idcc: string]: string };
}
export const MEMBER_FIELDS = ['birth', 'age', 'sex', 'quotient', 'residence', 'membership', 'registered', 'firstName', 'lastName'] as const;
export type MemberField = (typeof MEMBER_FIELDS)[number];
export interface MembersGuide {
  readonly columns: readonly { readonly field: MemberField; readonly when: string }[];
  readonly sexes: { readonly women: readonly string[]; readonly men: readonly string[] };
  readonly no: readonly string[];
}
export interface FileGuides {
  readonly accounts: AccountsGuide;
  readonly payroll: PayrollGuide;
  readonly members: MembersGuide;
}

/** The row of the first rule that the words meet. */
export function firstRow(rules: readonly WordRule[]): (words: readonly string[]) => string | undefined {
  const tests = rules.map((rule) => [rule.row, wordTest(rule.when)] as readonly [string, WordTest]);
  return (words) => tests.find(([, test]) => test(words))?.[0];
}
