/** One figure over the released campaigns, as one series: where it goes on, and where it breaks and why. Only what is publishable comes in. Pure. */
import type { PublishableFigure, PublishedSet } from '../disclosure/index.ts';
import { followKeys, type VersionNames } from '../questionnaire/index.ts';
import { translated } from './following.ts';
import type { FigureDefinition } from './model.ts';

/** What a campaign gives: its publishable set, and the definition under the names of its version, or why it has none. */
export interface SeriesCampaign {
  readonly campaignYear: number;
  readonly set: Pick<PublishedSet, 'figures' | 'withheld'>;
  readonly definition?: FigureDefinition;
  readonly lost?: string;
}

export interface FigurePoint {
  readonly campaignYear: number;
  readonly figure?: PublishableFigure;
  /** Why there is none, in a sentence. */
  readonly absent?: string;
  /** Why it does not stand beside the figure of the campaign before it in the series, in a sentence; absent: it does, or it is the first. */
  readonly cut?: string;
  /** The earliest figure of the series. */
  readonly first: boolean;
}

/** At most so many campaigns make a series. */
export const LONGEST_SERIES = 10;

/** What makes two definitions the same: what is measured, on whom. The order of a sum does not count. */
const substance = ({ measure, population, kinds, year }: FigureDefinition): string =>
  JSON.stringify([measure, population ?? null, kinds ?? null, year ?? 'main'], (_, value: unknown) => (Array.isArray(value) && value.every((v) => typeof v === 'string') ? value.toSorted() : value));

function cutBetween(id: string, versions: readonly VersionNames[], later: SeriesCampaign, earlier: SeriesCampaign): string | undefined {
  if (!later.definition || !earlier.definition) return 'Le chiffre n’a plus de définition pour l’une des deux campagnes.';
  const there = translated(later.definition, (keys) => followKeys(versions, keys, later.campaignYear, earlier.campaignYear));
  if ('lost' in there) return there.lost;
  if (substance(there.definition) !== substance(earlier.definition)) return 'Le chiffre n’est pas défini de la même façon pour les deux campagnes.';
  const [now, then] = [later, earlier].map((c) => c.set.figures.get(id)!.kinds.toSorted().join(' et '));
  return now === then ? undefined : `Toutes les natures de structure n’étaient pas interrogées\u00a0: ${then} d’abord, ${now} ensuite.`;
}

/** The figure `id` (`staff.fte`, `staff.fte@CS`) over `campaigns`, latest first. `versions`: theirs and those between. */
export function seriesOfFigure(id: string, campaigns: readonly SeriesCampaign[], versions: readonly VersionNames[]): readonly FigurePoint[] {
  const ordered = campaigns.toSorted((a, b) => b.campaignYear - a.campaignYear);
  return ordered.map((campaign, i): FigurePoint => {
    const { campaignYear } = campaign;
    const figure = campaign.set.figures.get(id);
    if (!figure) return { campaignYear, first: false, absent: campaign.set.withheld.find((w) => w.id === id)?.reason.message ?? campaign.lost ?? 'Ce chiffre n’est pas fait pour cette campagne.' };
    const earlier = ordered.slice(i + 1).find((c) => c.set.figures.has(id));
    const cut = earlier && cutBetween(id, versions, campaign, earlier);
    return { campaignYear, figure, first: !earlier, ...(cut ? { cut } : {}) };
  });
}
