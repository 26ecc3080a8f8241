/** Server door of the publication domain. */
export { brochureData, moveBrochure, prepareBrochure, publishBrochure, publishTerritoryPages, saveTexts, unknownWanted, voteOnBrochureOf } from './commands.server.ts';
export { textsFor, type Wanted } from './composition.server.ts';
export { loadNationalSheets, nationalSheetOf } from './national-sheet.server.ts';
export { type Brochure, brochureOf, brochureStates, type PublishedTerritory, publishedPdf, publishedTerritories, votesOf } from './queries.server.ts';
export { publishedFigures, storeTerritoryPage, type TerritoryPage, territoryPage } from './territory-page.server.ts';
