import { describe, expect, it } from 'vitest';
import type { Coverage, NationalSheetContent } from '../model.ts';
import { nationalSheet, sheetCoverage } from './closing.ts';

const content: NationalSheetContent = { dataYear: 2016, approach: ['Un observatoire partagé.'], figures: [{ id: 'nat.approved', text: '2 237', label: 'centres sociaux agréés', group: 'counts' }], source: 'fiche fournie' };
const campaign = new Map<string, Coverage>([['62', 'surveyed'], ['59', 'not_yet']]);
const chartOf = (coverage: ReadonlyMap<string, Coverage>) =>
  nationalSheet({ content, coverage, names: new Map(), campaignYear: 2017 }).rows.flat(2).flatMap((block) => (block.kind === 'chart' ? [block.chart] : []))[0];

describe('the map of the national sheet', () => {
  it('is the coverage of the survey that gave the figures: never that of a campaign beside supplied ones', () => {
    expect(sheetCoverage(content, campaign).size).toBe(0);
    expect(sheetCoverage({ ...content, coverage: { '13': 'surveyed' } }, campaign)).toEqual(new Map([['13', 'surveyed']]));
    expect(sheetCoverage({ ...content, computed: true }, campaign)).toBe(campaign);
  });
  it('is absent without coverage, and counts in French', () => {
    expect(chartOf(new Map())).toBeUndefined();
    expect(chartOf(campaign)?.title).toBe('1\u00a0département concerné par l’enquête 2017');
    expect(chartOf(new Map(campaign).set('59', 'surveyed'))?.title).toBe('2\u00a0départements concernés par l’enquête 2017');
  });
});
