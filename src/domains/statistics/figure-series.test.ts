import { describe, expect, it } from 'vitest';
import type { PublishableFigure } from '../disclosure/index.ts';
import type { Lineage, VersionNames } from '../questionnaire/index.ts';
import { type SeriesCampaign, seriesOfFigure } from './figure-series.ts';
import type { FigureDefinition, ValueRef } from './model.ts';

const version = (year: number, keys: string, ...lineage: Lineage[]): VersionNames => ({ year, questions: keys.split(' ').map((key) => ({ key })), lineage });
const event = (kind: Lineage['kind'], from: readonly string[], to: readonly string[], note: string): Lineage => ({ kind, from, to, note });
const versions = [
  version(2020, 'a b'), version(2021, 'b a'), version(2022, 'ab', event('merged', ['a', 'b'], ['ab'], 'Réunies.')), version(2023, 'ab'),
  version(2024, 'total', event('renamed', ['ab'], ['total'], 'Mot plus clair.')), version(2025, 'total', event('break', ['total'], ['total'], 'On compte autrement.')), version(2026, 'total'),
];
// the series reads nothing of a figure but its kinds, and hands it on
const figure = (kinds: readonly string[]): PublishableFigure => ({ kinds }) as unknown as PublishableFigure;
function campaign(campaignYear: number, of: ValueRef, more: { readonly kinds?: readonly string[]; readonly withheld?: boolean; readonly population?: FigureDefinition['population'] } = {}): SeriesCampaign {
  const definition: FigureDefinition = { id: 'f', label: 'f', section: 's', unit: 'persons', measure: { kind: 'sum', of }, ...(more.population ? { population: more.population } : {}) };
  const withheld = more.withheld ? [{ id: 'f', label: 'f', section: 's', year: campaignYear - 1, reason: { code: 'frequency' as const, message: 'Non diffusé.' } }] : [];
  return { campaignYear, definition, set: { figures: new Map(more.withheld ? [] : [['f', figure(more.kinds ?? ['CS'])]]), withheld } };
}
const told = (campaigns: readonly SeriesCampaign[]): readonly string[] => seriesOfFigure('f', campaigns, versions).map((p) => `${p.campaignYear} ${p.absent ?? p.cut ?? (p.first ? 'first' : '=')}`);

describe('the series of a figure', () => {
  it('goes on through renamings and mergers, in whatever order the parts are written, and breaks with the note of the event', () => {
    expect(told([campaign(2020, ['a', 'b']), campaign(2021, ['b', 'a']), campaign(2022, 'ab'), campaign(2024, 'total'), campaign(2025, 'total'), campaign(2026, 'total')])).toEqual([
      '2026 =', expect.stringMatching(/^2025 Rupture de comparabilité\s: On compte autrement \(questionnaire 2025\)\.$/), '2024 =', '2022 =', '2021 =', '2020 first',
    ]);
  });
  it('passes over a campaign that shows nothing, with its reason, and still sees a break behind it', () => {
    expect(told([campaign(2022, 'ab'), campaign(2023, 'ab', { withheld: true }), campaign(2024, 'total')])).toEqual(['2024 =', '2023 Non diffusé.', '2022 first']);
    expect(told([campaign(2024, 'total'), campaign(2025, 'total', { withheld: true }), campaign(2026, 'total')])[0]).toContain('On compte autrement');
    expect(told([campaign(2024, 'total'), { campaignYear: 2020, set: { figures: new Map(), withheld: [] }, lost: 'Pas posée.' }])).toEqual(['2024 first', '2020 Pas posée.']);
  });
  it('does not set side by side what is measured otherwise, on others, or a part beside the whole', () => {
    expect(told([campaign(2021, 'a'), campaign(2022, 'ab')])[0]).toContain('pas défini de la même façon');
    expect(told([campaign(2022, 'ab', { population: 'approved' }), campaign(2023, 'ab')])[0]).toContain('pas défini de la même façon');
    expect(told([campaign(2022, 'ab'), campaign(2023, 'ab', { kinds: ['EVS', 'CS'] })])[0]).toContain('CS d’abord, CS et EVS ensuite');
  });
});
