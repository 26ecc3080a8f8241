export type * from './model.ts';
export * from './rules.ts';
export * from './parts.ts';
export * from './duties.ts';
export * from './charter.ts';
export * from './studio.ts';
export * from './errors.ts';
export * from './labels.ts';
