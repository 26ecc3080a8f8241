export * from './model.ts';
export * from './transitions.ts';
export * from './labels.ts';
export { foldProgress, responseRate, followedVolumeRate, wholeOf } from './progress.ts';
export { type GuardRefusal, valuesNotReadable } from './errors.ts';
