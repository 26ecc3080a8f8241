/** Server door of the statistics domain. */
export { administrativeFigures, recordAdministrativeFigures, type RecordedFigure } from './administrative.server.ts';
export { figureFiles, figureFolder, readFigureFolder } from './content.server.ts';
export { figureSeries } from './figure-series.server.ts';
export { type Asked, computeTables, type Counted, countsIn, figuresOf, publishableFigures, type ResponseCounts, responseCounts } from './figures.server.ts';
export { readerOfRun, readerOnce, type ReleaseReader } from './release-reader.server.ts';
export { contentHash, createRelease, latestRelease, type Release, releaseLacks, releases, releaseUnits, type ReleaseManifest, verifyRelease } from './release.server.ts';
