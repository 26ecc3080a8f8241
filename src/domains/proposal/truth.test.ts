/** What is proposed from generated files equals what they are known to say, whatever the maker's variant; and how much of the core it fills. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { centreFiles, type CentreFilesOptions } from '../../demo/files/centre-files.ts';
import type { CompiledVersion } from '../questionnaire/index.ts';
import { derive, DISTRICT_CHOICES, numericCells, scopeOf, valuesOf, version2026, YEAR } from './fixtures/whole-centre.ts';
import type { Derived } from './model.ts';
import { FILE_KINDS, TARGETS } from './targets.ts';

let compiled: CompiledVersion;
beforeAll(async () => {
  compiled = await version2026();
});

async function allOf(seed: string, options: Partial<CentreFilesOptions> = {}, kind = 'CS'): Promise<{ derived: Derived[]; truth: { [target: string]: number | string } }> {
  const { files, truth } = centreFiles(seed, { year: YEAR, ...options });
  const scope = scopeOf(compiled, kind);
  return { derived: [await derive('accounts', files, scope), await derive('payroll', files, scope), await derive('members', files, scope, DISTRICT_CHOICES)], truth };
}

describe('values proposed from a centre’s files', () => {
  it('fill at least 75 % of the numeric core cells of rubrics C, D and E, each of them right', async () => {
    const { derived, truth } = await allOf('done');
    const proposed = valuesOf(derived);
    expect(proposed).toEqual(truth);
    const cells = numericCells(scopeOf(compiled), ['C', 'D', 'E']);
    const filled = cells.filter((cell) => proposed[cell] !== undefined);
    const byDefault = valuesOf([...derived.slice(0, 2), await derive('members', centreFiles('done', { year: YEAR }).files, scopeOf(compiled))]);
    console.log(`core numeric cells of C, D and E: ${filled.length} of ${cells.length} proposed (${cells.filter((cell) => byDefault[cell] !== undefined).length} before any place is given)`);
    expect(cells.length).toBeGreaterThan(100);
    expect(filled.length / cells.length).toBeGreaterThanOrEqual(0.75);
  });

  it('equal the truth for any seed and any maker’s variant', async () => {
    const variant = fc.record({
      seed: fc.integer({ min: 0, max: 1e9 }), separator: fc.constantFrom('\t', '|'), encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'iso-8859-15'), amounts: fc.constantFrom('debit-credit', 'sens-letters', 'sens-signs'),
      decimal: fc.constantFrom(',', '.'), lineEnd: fc.constantFrom('\r\n', '\n'), analytic: fc.boolean(), closed: fc.boolean(), membersAs: fc.constantFrom('csv', 'xlsx', 'ods'), employees: fc.integer({ min: 2, max: 40 }), people: fc.integer({ min: 1, max: 120 }),
    } as const);
    await fc.assert(
      fc.asyncProperty(variant, async ({ seed, ...options }) => {
        const { derived, truth } = await allOf(String(seed), { ...options, lines: 300 } as Partial<CentreFilesOptions>);
        expect(valuesOf(derived)).toEqual(truth);
      }),
      { numRuns: 60 },
    );
  });

  it('ask an espace de vie sociale its own questions only', async () => {
    const { derived, truth } = await allOf('evs', {}, 'EVS');
    const proposed = valuesOf(derived);
    expect(Object.keys(proposed).length).toBeGreaterThan(30);
    expect(Object.keys(proposed).some((target) => target.startsWith('staff_by_function'))).toBe(false);
    for (const [target, value] of Object.entries(proposed)) expect([target, value]).toEqual([target, truth[target]]);
  });

  it('answer the questions that each kind of file is told to answer, and no other', async () => {
    const { derived } = await allOf('targets');
    for (const [i, kind] of FILE_KINDS.entries()) expect([...new Set(derived[i]!.proposals.map((p) => p.key))].toSorted()).toEqual([...TARGETS[kind]].toSorted());
  });

  it('say how each was made, without a name, a number of social security or a third party', async () => {
    const { derived } = await allOf('silent');
    for (const one of derived) for (const p of one.proposals) expect(p.how.length, p.key).toBeGreaterThan(10);
    const told = JSON.stringify(derived);
    const leaks = [/FICTIF/, /Personne \d/, /\d{13}/, /Facture/, /Papeterie|Chimère|Garage/, /Échantillon|Specimen|Anonyme/, /Epsilon|Lambda/].filter((word) => word.test(told));
    expect(leaks).toEqual([]);
  });
});
