/** What a first start is doing, for a progress line. */
export interface Progress {
  /** French, short: « Réponses 2025 ». */
  readonly step: string;
  readonly done: number;
  readonly of: number;
}
export type OnProgress = (progress: Progress) => void;
export const silent: OnProgress = () => {};

