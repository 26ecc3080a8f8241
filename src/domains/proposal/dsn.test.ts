/** Payroll declarations: replaced, cancelled, incomplete, of people who come and go. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readDsn } from './dsn.ts';
import { scopeOf, version2026, YEAR } from './fixtures/whole-centre.ts';
import type { FileGuides } from './guides.ts';
import { readFileGuides } from './guides.server.ts';
import type { Choices, Derived, Scope } from './model.ts';
import { deriveStaff } from './staff.ts';

let guides: FileGuides;
let scope: Scope;
beforeAll(async () => {
  guides = await readFileGuides();
  scope = scopeOf(await version2026());
});

interface Told {
  readonly id: string;
  readonly start?: string;
  readonly end?: string;
  readonly quota?: string;
  readonly title?: string;
  readonly nature?: string;
  readonly nic?: string;
}
const MONTHS = Array.from({ length: 12 }, (_, i) => i + 1);
const month = (m: number, people: readonly Told[], more: { type?: string; order?: number; nic?: string; kind?: string } = {}): string =>
  [
    `S20.G00.05.001,'${more.kind ?? '01'}'`, `S20.G00.05.002,'${more.type ?? '01'}'`, "S20.G00.05.003,'11'", `S20.G00.05.004,'${more.order ?? 1}'`, `S20.G00.05.005,'01${String(m).padStart(2, '0')}${YEAR}'`,
    "S21.G00.06.001,'000000000'", `S21.G00.11.001,'${more.nic ?? '00017'}'`,
    ...people.flatMap((p) => [
      `S21.G00.30.001,'${p.id}'`, "S21.G00.30.005,'02'", `S21.G00.40.001,'${p.start ?? '01012020'}'`, "S21.G00.40.004,'435b'", `S21.G00.40.006,'${p.title ?? 'Animatrice'}'`, `S21.G00.40.007,'${p.nature ?? '01'}'`, "S21.G00.40.009,'1'",
      "S21.G00.40.012,'151.67'", ...(p.quota === '' ? [] : [`S21.G00.40.013,'${p.quota ?? '151.67'}'`]), "S21.G00.40.014,'20'", "S21.G00.40.017,'1261'", ...(p.end ? [`S21.G00.62.001,'${p.end}'`] : []),
    ]),
  ].join('\r\n');
const derive = (text: string, choices: Choices = {}): Derived => {
  const read = readDsn([{ name: 'x.dsn', text }], YEAR);
  if (!read.ok) throw new Error(read.error.message);
  return deriveStaff(read.value, guides.payroll, choices, scope);
};
const valueAt = (derived: Derived, key: string, row?: string, column?: string) => derived.proposals.find((p) => p.key === key && p.row === row && p.column === column)?.value;
const year = (people: (m: number) => readonly Told[]): string => MONTHS.map((m) => month(m, people(m))).join('\n');

describe('payroll declarations', () => {
  it('count each person once and her time by the days and the quota of each month', () => {
    const derived = derive(year((m) => [{ id: 'A' }, { id: 'B', quota: m <= 6 ? '75.835' : '151.67' }]));
    expect(valueAt(derived, 'staff_headcount')).toBe(2);
    // 1 + (181 days at a half + 184 whole) / 365
    expect(valueAt(derived, 'staff_fte')).toBe(1.75);
  });

  it('take the last of declarations that replace one another, and nothing of one that is cancelled', () => {
    const text = [...MONTHS.map((m) => month(m, [{ id: 'A' }])), month(5, [{ id: 'A' }, { id: 'TROP' }], { order: 1 }), month(5, [{ id: 'A' }], { type: '03', order: 2 })].join('\n');
    expect(valueAt(derive(text), 'staff_headcount')).toBe(1);
    const cancelled = readDsn([{ name: 'x', text: [month(1, [{ id: 'A' }]), month(1, [], { type: '04', order: 2 })].join('\n') }], YEAR);
    expect(cancelled.ok && cancelled.value.contracts).toEqual([]);
  });

  it('propose nothing while a month is missing, unless nobody was employed then', () => {
    const text = MONTHS.filter((m) => m !== 8).map((m) => month(m, [{ id: 'A' }])).join('\n');
    const derived = derive(text);
    expect(derived.proposals).toEqual([]);
    expect(derived.warnings.join(' ')).toContain('août');
    expect(valueAt(derive(text, { 'month:8': 'none' }), 'staff_headcount')).toBe(1);
  });

  it('do not count interns, and leave out whoever belongs to another establishment of the same body', () => {
    const text = MONTHS.flatMap((m) => [month(m, [{ id: 'A' }, { id: 'S', nature: '29' }]), month(m, [{ id: 'C' }], { nic: '00025' })]).join('\n');
    expect(valueAt(derive(text), 'staff_headcount')).toBe(2);
    const own = derive(text, { 'establishment:00000000000025': 'out' });
    expect(valueAt(own, 'staff_headcount')).toBe(1);
    expect(own.warnings.join(' ')).toContain('stagiaire');
  });

  it('end a contract on its last day, though its balance is paid the month after', () => {
    const derived = derive(year((m) => (m <= 7 ? [{ id: 'A', ...(m >= 6 ? { end: `3006${YEAR}` } : {}) }] : [{ id: 'B', start: `0108${YEAR}` }])));
    expect(valueAt(derived, 'staff_headcount')).toBe(2);
    // 181 days of A, 153 of B, of 365
    expect(valueAt(derived, 'staff_fte')).toBe(0.92);
  });

  it('wait for the person where a job is not recognised, and say nothing of time where it is not told', () => {
    const unknown = derive(year(() => [{ id: 'A', title: 'Zzz' }]).replaceAll('435b', '999z'));
    expect(unknown.places.find((p) => p.kind === 'job')?.chosen).toBeNull();
    expect(valueAt(unknown, 'staff_by_function', 'animation', 'headcount')).toBeUndefined();
    expect(valueAt(derive(year(() => [{ id: 'A', title: 'Zzz' }]).replaceAll('435b', '999z'), { 'job:999z zzz': 'technical' }), 'staff_by_function', 'technical', 'headcount')).toBe(1);
    const untimed = derive(year(() => [{ id: 'A', quota: '' }]));
    expect(valueAt(untimed, 'staff_fte')).toBeUndefined();
    expect(valueAt(untimed, 'staff_headcount')).toBe(1);
  });

  it('are refused when the file is something else, or of another year', () => {
    const refused = readDsn([{ name: 'a.csv', text: 'Nom;Prénom\nA;B\nC;D\nE;F\nG;H\nI;J\nK;L' }], YEAR);
    expect(!refused.ok && refused.error.code).toBe('not_a_dsn');
    const old = readDsn([{ name: 'a.dsn', text: month(1, [{ id: 'A' }]).replace(String(YEAR), String(YEAR - 1)) }], YEAR);
    expect(!old.ok && old.error.code).toBe('no_declaration_of_the_year');
  });

  it('tell a faulty line by its number, never by what it holds', () => {
    const read = readDsn([{ name: 'a.dsn', text: `${month(1, [{ id: 'A' }])}\nDUPONT Marie\n` }], YEAR);
    expect(read.ok && read.value.faultCount).toBe(1);
    expect(JSON.stringify(read.ok && read.value.faults)).not.toContain('DUPONT');
  });
});
