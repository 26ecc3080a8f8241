export * from './model.ts';
export * from './transitions.ts';
export * from './labels.ts';
export { foldProgress, followedVolumeRate, isSolicited, responseRate, wholeOf } from './progress.ts';
export { type GuardRefusal, valuesNotReadable } from './errors.ts';
