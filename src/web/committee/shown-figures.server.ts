/** The figures that a committee may read and print: those of the public page when it holds the same release, else computed now. */
import { publishedFigures, type Wanted } from '../../domains/publication/index.server.ts';
import { publishableFigures } from '../../domains/statistics/index.server.ts';
import type { Db } from '../../platform/database.server.ts';

export const shownFigures = async (db: Db, wanted: Wanted, level: string, releaseId: string) =>
  (level === 'department' ? undefined : await publishedFigures(db, wanted, releaseId)) ?? (await publishableFigures(db, { campaignYear: wanted.year, territoryCode: wanted.territory }));
