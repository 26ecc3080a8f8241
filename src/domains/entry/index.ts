/** The answers of one structure: states, rules and words; safe in a browser. */
export type * from './model.ts';
export * from './transitions.ts';
export * from './labels.ts';
export { applyChanges } from './judge.ts';
export * from './errors.ts';
export * from './rules.ts';
export * from './completeness.ts';
export * from './conflict.ts';
export type * from './following.ts';
export { saidState, saidYesOrNo } from './said-words.ts';
