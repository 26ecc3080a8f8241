/**
 * The Pas-de-Calais brochure of 2017 as the acid test of our figures: every fact that its answers, its register and its institutions give is computed again
 * from the fictional answers of the 36 + 1 centres, one by one. Here on the pure engine; `tables-released.test.ts` does it through the database.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { referenceCentres } from '../../src/demo/pas-de-calais/responses.ts';
import { type Answers, compileVersion, type CompiledVersion } from '../../src/domains/questionnaire/index.ts';
import { contentFolder, readVersionFolder } from '../../src/domains/questionnaire/index.server.ts';
import { contributorKey } from '../../src/domains/registry/index.ts';
import { type AdministrativeFigure, catalogueFor, computeFigures, type FigureOutput, type FrozenUnit, settleSheets } from '../../src/domains/statistics/index.ts';
import { figureFiles } from '../../src/domains/statistics/index.server.ts';
import { centres, disagreement, expectedFacts, factFile, printedYear } from './reference.ts';

const file = factFile();
const answersOf = (sheet: { readonly [key: string]: unknown }): Answers => Object.fromEntries(Object.entries(sheet).map(([key, value]) => [key, { state: 'value', value } as Answers[string]]));

async function version2017(): Promise<CompiledVersion> {
  const read = await readVersionFolder(contentFolder(), 2017);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return compileVersion(read.value);
}

function frozenUnits(version: CompiledVersion): FrozenUnit[] {
  return referenceCentres(centres(), file.facts).map(({ register, sheets }, i) => {
    const structureId = `centre-${String(i + 1).padStart(2, '0')}`;
    const settled = sheets ? settleSheets(version, { kind: register.kind, territory: register.department }, { 2016: answersOf(sheets[2016]), 2015: answersOf(sheets[2015]) }) : { answers: {}, disputed: {} };
    return {
      structureId, territoryCode: '62', kind: register.kind, participation: sheets ? 'solicited' : 'newly_approved', responseState: sheets ? 'frozen' : 'none', completeness: sheets ? 'complete' : 'none',
      register: {
        name: register.name, communeCode: `C${register.commune}`, managementMode: register.managementMode, legalStatus: register.legalStatus, territoryCharacter: register.character,
        qpvStatus: register.qpv, networks: register.networks, approvals: register.approvals.map((a) => a.kind), firstApprovalYear: register.firstApprovalYear,
        contributor: contributorKey({ siren: register.bodySiren, name: register.bodyName, communeCode: `C${register.commune}` as never }, structureId), contributorBasis: 'siren',
      },
      ...settled,
    };
  });
}

const administrative: AdministrativeFigure[] = file.facts.filter((fact) => fact.origin === 'caf_admin').map((fact) => ({
  figureId: fact.id, label: fact.label, value: fact.value as number, unit: fact.unit, dataYear: printedYear(fact), institution: 'Caf du Pas-de-Calais', author: 'Service statistique', recordedOn: '2017-09-15', source: 'Données de gestion',
}));

let output: FigureOutput;
beforeAll(async () => {
  const version = await version2017();
  output = computeFigures({
    version, units: frozenUnits(version), campaignYear: 2017, territoryCode: '62', administrative, catalogue: catalogueFor(await figureFiles(), version, 2017, '62'), release: { id: 'r', number: 1, contentHash: 'h' },
  });
});
const row = (id: string) => output.rows.find((r) => r.id === id);

describe('the figures of Pas-de-Calais 2017', () => {
  it.each(expectedFacts(file).map((fact) => [fact.id, fact] as const))('%s', (id, fact) => {
    expect(disagreement(fact, row(id), file.truncated)).toBeUndefined();
  });
  it('name every other fact of the département and say why it is not computed', () => {
    for (const fact of file.facts.filter((f) => f.territory === '62')) expect(row(fact.id), fact.id).toBeDefined();
    for (const fact of file.facts.filter((f) => f.territory === '62' && f.origin === 'editorial')) expect(row(fact.id)).toMatchObject({ status: 'withheld', reasonCode: 'editorial' });
    expect(row('survey.data_years')?.value).toEqual([2015, 2016]);
  });
  it('have no id twice', () => {
    expect(new Set(output.rows.map((r) => r.id)).size).toBe(output.rows.length);
  });
  it('keep the extremes of full-time equivalents for the working table and print quartiles in their place', () => {
    for (const id of ['staff.fte_min', 'staff.fte_max']) {
      expect(row(id)).toMatchObject({ status: 'withheld', reasonCode: 'extreme' });
      expect(output.set.figures.has(id)).toBe(false);
    }
    expect(output.set.figures.has('staff.fte_median') && output.set.figures.has('staff.fte_q1')).toBe(true);
  });
  it('withhold nothing else that the reference prints', () => {
    const withheld = expectedFacts(file).filter((fact) => fact.value !== null && row(fact.id)?.status === 'withheld').map((fact) => fact.id);
    expect(withheld).toEqual(['staff.fte_min', 'staff.fte_max']);
  });
  it('leave counts of visible facts free, one and 35 of 36 among them', () => {
    expect(output.set.figures.get('governance.body.management_committee')?.value).toBe(1);
    expect(output.set.figures.get('age.childhood.centres')?.value).toBe(35);
    expect(output.set.figures.get('funders.commune')?.making.sensitivityReason).toContain('publique');
  });
  it('have a base and a making, and never an unrounded value in what is published', () => {
    for (const figure of output.set.figures.values()) {
      expect(figure.making.definition.length, figure.id).toBeGreaterThan(5);
      if (figure.origin !== 'administrative') expect(figure.base, figure.id).not.toBeNull();
      expect(String(figure.value).split('.')[1]?.length ?? 0, figure.id).toBeLessThanOrEqual(figure.decimals);
    }
  });
  it('rank the lists as the brochure does', () => {
    expect(output.set.tables.get('family.actions')?.figures.map((f) => f.value)).toEqual([36, 36, 33, 33, 28, 27, 25, 25, 25, 4]);
    expect(output.set.tables.get('funders')?.figures.map((f) => f.id)[0]).toBe('funders.caf');
  });
  it('sign what an institution brings', () => {
    expect(output.set.figures.get('youth.grants.caf_funds')?.making.source).toContain('Caf du Pas-de-Calais');
    expect(output.set.figures.get('youth.grants.caf_funds')?.text).toBe('356\u202f120\u00a0€');
  });
});
