import { describe, expect, it } from 'vitest';
import { contentFolder, readVersionFolder } from '../../questionnaire/index.server.ts';
import { type Answer, compileVersion } from '../../questionnaire/index.ts';
import { figureFiles } from '../../statistics/index.server.ts';
import { catalogueFor, computeFigures, type FrozenUnit } from '../../statistics/index.ts';
import { figureReader } from '../figure-reader.ts';
import { defaultTexts } from '../texts.ts';
import { youth } from './people.ts';
import { ages } from './portrait.ts';
import type { SectionContext } from './section-context.ts';

const value = (v: unknown): Answer => ({ state: 'value', value: v as number });

/** 30 centres sociaux that say how many they welcome, 20 espaces de vie sociale that only say whether they act. */
async function context(): Promise<SectionContext> {
  const read = await readVersionFolder(contentFolder(), 2025);
  if (!read.ok) throw new Error('questionnaire 2025 cannot be read');
  const version = compileVersion(read.value);
  const unit = (i: number, kind: 'CS' | 'EVS', acts: boolean): FrozenUnit => ({
    structureId: `s${i}`, territoryCode: '62', kind, participation: 'solicited', responseState: 'frozen', completeness: 'complete', register: { name: `s${i}`, contributor: `siren:${i}`, contributorBasis: 'siren' },
    answers: { 2024: { childhood: value(acts ? 'yes' : 'no'), preteens: value(acts ? 'yes' : 'no'), ...(kind === 'CS' && acts ? { childhood_children: value(200 + i), preteens_count: value(40 + i) } : {}) } },
  });
  const units = Array.from({ length: 50 }, (_, i) => unit(i, i < 30 ? 'CS' : 'EVS', i < 24 || (i >= 30 && i < 42)));
  const { set } = computeFigures({ version, units, campaignYear: 2025, territoryCode: '62', catalogue: catalogueFor(await figureFiles(), version, 2025, '62') });
  return { figures: figureReader(set), drawing: { level: 'department', source: 's' }, kinds: [], texts: defaultTexts() };
}

describe('two numbers of one sentence', () => {
  it('speak of one population: structures beside children are those that count children', async () => {
    const c = await context();
    expect(c.figures.set.figures.get('age.childhood.centres')?.value).toBe(36);
    const words = JSON.stringify(ages(c));
    expect(words).toContain('enfants de 4 à 10 ans, dans 24\u00a0centres');
    expect(words).not.toContain('36\u00a0structures');
  });
  it('so do the tiles of an age band', async () => {
    const preteens = JSON.stringify(youth(await context())[0]!.rows[0]![0]);
    expect(preteens).toContain('centres, soit 80\u00a0%');
    expect(preteens).not.toContain('structures');
  });
});
