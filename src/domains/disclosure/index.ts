/** Door of the disclosure domain, pure. The classes leave as types only: nobody else can build one. */
export type {
  AdditiveGroup, FigureFacts, FigureMaking, FigureOrigin, FigureUnit, RawFigure, RawTable, RevealedCell, WithheldCode, WithheldFigure, WithheldReason,
} from './model.ts';
export { filterTooClose, nearlySame } from './differencing.ts';
export { type Contributors, distinctContributors, magnitudeStatus, type MagnitudeSummary, primaryOf, primaryStatus, summarise } from './primary.ts';
export { protect, type Protected, type ProtectionContext } from './protect.ts';
export { isPublishableFigure, printedValue, type PublishableFigure, type PublishableTable, type PublishedSet } from './publishable.ts';
export { outwardReason } from './reasons.ts';
export type { SecondaryStep } from './secondary.ts';
export { type Containing, givesBackAPart, isOpenLevel, OPEN_LEVELS, type TerritoryPart } from './territories.ts';
export { DEFAULT_THRESHOLDS, type Thresholds } from './thresholds.ts';
