/** The guides of `content/files/`, read once and checked: a broken one is a fault of the installation, not of a person. */
import { readFile } from 'node:fs/promises';
import { projectPath } from '../../platform/project-root.server.ts';
import { type AccountsGuide, type FileGuides, MEMBER_FIELDS, type MembersGuide, type PayrollGuide } from './guides.ts';

let read: Promise<FileGuides> | undefined;

export function readFileGuides(): Promise<FileGuides> {
  read ??= Promise.all([guide<AccountsGuide>('accounts', ACCOUNTS), guide<PayrollGuide>('payroll', PAYROLL), guide<MembersGuide>('members', ['columns', 'sexes', 'no'])]).then(([accounts, payroll, members]) => {
    const unknown = members.columns.find((c) => !MEMBER_FIELDS.includes(c.field));
    if (unknown) throw new Error(`content/files/members.json: unknown field ${unknown.field}`);
    return { accounts, payroll, members };
  });
  return read;
}

const ACCOUNTS: readonly (keyof AccountsGuide)[] = ['funders', 'natures', 'purposes', 'staff', 'inKind', 'investment', 'disposal', 'result', 'openingJournals'];
const PAYROLL: readonly (keyof PayrollGuide)[] = ['jobs', 'professions', 'contractTitles', 'schemes', 'natures', 'notEmployees', 'notInPayroll', 'agreements'];

async function guide<T>(name: string, keys: readonly string[]): Promise<T> {
  const raw = JSON.parse(await readFile(projectPath('content', 'files', `${name}.json`), 'utf8')) as { [key: string]: unknown };
  const missing = keys.find((key) => raw[key] === undefined);
  if (missing) throw new Error(`content/files/${name}.json: ${missing} is missing`);
  return Object.fromEntries(keys.map((key) => [key, raw[key]])) as T;
}
