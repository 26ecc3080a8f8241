/** The register: structures, territories, institutions. Pure door, safe in a browser. */
export * from './labels.ts';
export type * from './model.ts';
export { normaliseName } from './normalised-name.ts';
export * from './register-answers.ts';
export * from './rules.ts';
