import { beforeAll, describe, expect, it } from 'vitest';
import type { TerritoryPart } from '../disclosure/index.ts';
import { type Answer, compileVersion, type CompiledVersion } from '../questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../questionnaire/index.server.ts';
import { type Catalogue, catalogueFor } from './catalogue.ts';
import { figureFiles } from './content.server.ts';
import type { FrozenUnit } from './model.ts';
import { departmentOutput, departmentPart, ofDepartment, regionPart, type Whole } from './parts.ts';
import { computeFigures } from './tables.ts';

let version: CompiledVersion;
let catalogue: Catalogue;
beforeAll(async () => {
  const read = await readVersionFolder(contentFolder(), 2025);
  if (!read.ok) throw new Error('the questionnaire of 2025 cannot be read');
  version = compileVersion(read.value);
  catalogue = catalogueFor(await figureFiles(), version, 2025, '');
});

const value = (v: number): Answer => ({ state: 'value', value: v });
const units = (territoryCode: string, kind: string, staff: readonly number[], participation = 'solicited'): FrozenUnit[] =>
  staff.map((n, i) => ({
    structureId: `${territoryCode}-${kind}-${i}`, territoryCode, kind, participation, responseState: 'frozen', completeness: 'complete',
    register: { name: '', contributor: `siren:${territoryCode}-${kind}-${i}`, contributorBasis: 'siren' }, answers: { 2024: { staff_headcount: value(n) } },
  }));
const whole = (all: readonly FrozenUnit[]): Whole => ({ version, units: all, campaignYear: 2025, catalogueOf: () => catalogue });
const shown = (code: string, all: readonly FrozenUnit[], parts?: readonly TerritoryPart[]) =>
  computeFigures({ version, campaignYear: 2025, territoryCode: code, catalogue, units: parts ? all : ofDepartment(all), ...(parts ? { parts } : {}) });

describe('a region beside its départements', () => {
  it('Corse minus Haute-Corse does not give Corse-du-Sud', () => {
    const all = [...units('2A', 'CS', [12, 30]), ...units('2B', 'CS', [10, 11, 12, 13])];
    const parts = ['2A', '2B'].map((code) => departmentPart(whole(all), code));
    const figure = (out: ReturnType<typeof shown>) => out.set.figures.get('staff.headcount')?.value;
    const south = shown('2A', all.slice(0, 2));
    expect(south.rows.find((r) => r.id === 'staff.headcount')).toMatchObject({ status: 'withheld', value: 42 });
    expect(figure(shown('2B', all.slice(2)))).toBe(46);
    // without the parts the subtraction works: 88 - 46 = 42
    expect(figure(computeFigures({ version, campaignYear: 2025, territoryCode: 'R94', catalogue, units: all }))! - 46).toBe(42);
    const guarded = shown('R94', all, parts);
    expect(guarded.rows.find((r) => r.id === 'staff.headcount')).toMatchObject({ status: 'withheld', reasonCode: 'territory_difference' });
    expect(guarded.set.figures.has('staff.headcount_mean')).toBe(false);
    const nation = shown('FR', [...all, ...units('62', 'CS', [9, 9, 9, 9])], [regionPart(whole(all), 'R94', parts), departmentPart(whole(units('62', 'CS', [9, 9, 9, 9])), '62')]);
    expect(nation.rows.find((r) => r.id === 'staff.headcount')?.status).toBe('withheld');
  });

  it('counts what is only tried out in the département alone: then the region does not tell the rest', () => {
    const tested = (evs: readonly number[]) => [...units('976', 'CS', [10, 11, 12, 13]), ...units('976', 'EVS', evs, 'test')];
    const region = (all: readonly FrozenUnit[]) => shown('R06', all, [departmentPart(whole(all), '976')]).set.figures.get('staff.headcount')?.value;
    const department = (all: readonly FrozenUnit[]) => shown('976', all).set.figures;
    // two EVS: 976 shows all its structures together, not each kind; the region would be the centres alone
    expect(department(tested([5, 6])).get('staff.headcount')?.value).toBe(57);
    expect(department(tested([5, 6])).has('staff.headcount@EVS')).toBe(false);
    expect(region(tested([5, 6]))).toBeUndefined();
    // four EVS: each kind is shown, the difference says nothing more
    expect(department(tested([5, 6, 7, 8])).get('staff.headcount@EVS')?.value).toBe(26);
    expect(region(tested([5, 6, 7, 8]))).toBe(46);
  });

  it('a département cut out of the whole has the figures of its own page, which need not compute them again', () => {
    const here = [...units('976', 'CS', [10, 11, 12, 13]), ...units('976', 'EVS', [5, 6], 'test')];
    const cut = departmentOutput(whole([...units('62', 'CS', [9, 9, 9, 9]), ...here]), '976');
    expect(cut).toEqual(shown('976', here));
    expect(cut.set.figures.get('staff.headcount')?.value).toBe(57);
  });
});
