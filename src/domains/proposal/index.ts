/** Values proposed from files that a centre already has; safe in a browser, where alone the files are read. */
export type * from './model.ts';
export type { FileGuides } from './guides.ts';
export { type ChosenFile, type Derivation, readFiles } from './read-files.ts';
export { type KeptChoice, keptChoice, type KeptKind, recallChoices } from './kept-choices.ts';
export { malformedChoice, notYourChoices } from './errors.ts';
export { answerWith, type Merged } from './accepting.ts';
export { FILE_KINDS, isTarget, TARGETS } from './targets.ts';
