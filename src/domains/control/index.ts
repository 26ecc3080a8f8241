export type * from './model.ts';
export * from './labels.ts';
export { outlierJudge, type OutlierParams, outlierTargets, type OutlierUnit, quantile, robustScale } from './outliers.ts';
export { benchVersion } from './rule-bench.ts';
