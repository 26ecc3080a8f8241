/** The generated answers meet the questionnaire: each response is complete and breaks no rule that would stop or delay it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../../domains/questionnaire/index.server.ts';
import { type Answers, askedKeys, compileVersion, evaluateAll, previousFor, progress } from '../../domains/questionnaire/index.ts';
import { askedAnswers } from '../answers/response.ts';
import { PAS_DE_CALAIS_SEED, referenceCentres } from './responses.ts';
import type { Centre, FactFile } from './source.ts';

const read = (name: string): unknown => JSON.parse(readFileSync(new URL(`../../../content/demonstration/pas-de-calais-2017/${name}`, import.meta.url), 'utf8'));
const centres = read('centres.json') as Centre[];
const file = read('facts.json') as FactFile;
const seeds = [PAS_DE_CALAIS_SEED, ...Array.from({ length: 12 }, (_, i) => `another seed ${i}`)];

describe('the fictional answers of 2017', () => {
  it.each(seeds)('gives complete responses that break no rule (%s)', async (seed) => {
    const version = await readVersionFolder(contentFolder(), 2017);
    if (!version.ok) throw new Error(JSON.stringify(version.error));
    const compiled = compileVersion(version.value);
    const faults: string[] = [];
    for (const { register, sheets } of referenceCentres(centres, file.facts, seed)) {
      if (!sheets) continue;
      const answers: { [year: number]: Answers } = {};
      for (const year of [2016, 2015] as const) answers[year] = askedAnswers(sheets[year], askedKeys(compiled, { structureKind: 'CS', territory: '62', dataYear: year }));
      for (const year of [2016, 2015]) {
        const context = { structureKind: 'CS', territory: '62', dataYear: year, answers: answers[year]!, previous: previousFor(compiled, year, { sheets: answers }) };
        const { required, answered } = progress(compiled, context);
        if (required !== answered) faults.push(`${register.name} ${year}: ${answered} of ${required}`);
        for (const finding of evaluateAll(compiled, context, { severities: ['hard', 'soft'] })) faults.push(`${register.name} ${year}: ${finding.ruleId} ${finding.message}`);
      }
    }
    expect(faults).toEqual([]);
  });
});
