/** The series of a publishable figure over the campaigns whose release covers a territory. */
import type { Db } from '../../platform/database.server.ts';
import type { PublishedSet } from '../disclosure/index.ts';
import { loadVersion, versionNames } from '../questionnaire/index.server.ts';
import { catalogueFor } from './catalogue.ts';
import { figureFiles } from './content.server.ts';
import { type FigurePoint, LONGEST_SERIES, type SeriesCampaign, seriesOfFigure } from './figure-series.ts';
import { publishableFigures } from './figures.server.ts';
import { latestReleases, type Release } from './release.server.ts';

/**
 * Latest first, `upTo` included; empty when no campaign shows the figure. `setOf`: where the publishable set of a campaign is taken from (a set already published costs nothing); else it is
 * computed. Every figure is one that its own campaign shows: nothing is computed across campaigns here.
 */
export async function figureSeries(
  db: Db, asked: { readonly territoryCode: string; readonly figureId: string; readonly upTo: number },
  setOf: (release: Release) => Promise<PublishedSet | undefined> = (release) => publishableFigures(db, { campaignYear: release.campaignYear, territoryCode: asked.territoryCode }),
): Promise<readonly FigurePoint[]> {
  const [files, versions, releases] = [await figureFiles(), await versionNames(db), await latestReleases(db, { ...asked, atMost: LONGEST_SERIES })];
  const base = asked.figureId.split('@')[0];
  const campaigns: SeriesCampaign[] = [];
  for (const release of releases) {
    // oxlint-disable-next-line no-await-in-loop -- one computation at a time
    const [set, version] = [await setOf(release), await loadVersion(db, release.campaignYear)];
    if (!set) continue;
    const { figures, lost } = catalogueFor(files, version, release.campaignYear, asked.territoryCode, versions);
    const [definition, reason] = [figures.find((f) => f.id === base), lost.find((f) => f.id === base)?.reason];
    campaigns.push({ campaignYear: release.campaignYear, set, ...(definition ? { definition } : {}), ...(reason ? { lost: reason } : {}) });
  }
  const points = seriesOfFigure(asked.figureId, campaigns, versions);
  return points.some((point) => point.figure) ? points : [];
}
