/** Door of the publication domain, pure: the shape of brochures and pages, how they are composed, what their states allow. */
export { composeBrochure, composeTerritoryPage, type CompositionInput } from './compose.ts';
export { BROCHURE_STATE_LABELS, THEME_LABELS } from './labels.ts';
export type * from './model.ts';
export { THEMES } from './model.ts';
export { awaitedSides, BROCHURE_TRANSITIONS, brochureMayMove, textsAreOpen, verdict } from './rules.ts';
export { defaultTexts, parseTexts } from './texts.ts';
export { frenchTypography, lowerFirst, paragraphsOf } from './typography.ts';
