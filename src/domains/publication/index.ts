/** Door of the publication domain, pure: the shape of brochures and pages, how they are composed, what their states allow. */
export { composeBrochure, composeTerritoryPage, type CompositionInput } from './compose.ts';
export type * from './model.ts';
export { THEMES } from './model.ts';
