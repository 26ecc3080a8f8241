export type * from './model.ts';
export * from './rules.ts';
