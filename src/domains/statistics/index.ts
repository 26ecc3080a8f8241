/** Door of the statistics domain, pure. */
export { type Catalogue, catalogueFor, type LostFigure } from './catalogue.ts';
export { Dataset } from './dataset.ts';
export { type ContentFault, type FigureFile, parseFigureFile } from './definition-parsing.ts';
export { compute, questionsOf } from './engine.ts';
export { unknownCampaign, unknownTerritory } from './errors.ts';
export type { AdministrativeFigure, Condition, FigureDefinition, FrozenUnit, ListDefinition, Measure, Population, RegisterFacts, TableRow, ValueRef } from './model.ts';
export { type PastRelease, pastNames, underNames } from './following.ts';
export { type FigurePoint, type SeriesCampaign, seriesOfFigure } from './figure-series.ts';
export { lostFigures } from './lost-figures.ts';
export { quantile7 } from './quantile.ts';
export { computeFigures, type FigureInput, type FigureOutput, roundedValue } from './tables.ts';
export { type SettledSheets, settleSheets } from './settle.ts';
export { structureNoun } from './wording.ts';
