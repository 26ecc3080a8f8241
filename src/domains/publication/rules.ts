/** The life of a brochure as pure decisions (domain file, 4.5): what follows what, when the votes approve. */
import type { BrochureState, Vote } from './model.ts';

export const BROCHURE_TRANSITIONS: { readonly [from in BrochureState]: readonly BrochureState[] } = {
  draft: ['figures_linked'],
  figures_linked: ['texts_under_review', 'draft'],
  texts_under_review: ['copil_validation', 'draft'],
  copil_validation: ['approved', 'draft'],
  approved: ['published', 'draft'],
  published: ['superseded'],
  superseded: [],
};
export const brochureMayMove = (from: BrochureState, to: BrochureState): boolean => BROCHURE_TRANSITIONS[from].includes(to);

/** Begun and not yet published: what it says waits for its committee (R109), the public page of the same figures too. */
export const isUnderWay = (state: BrochureState): boolean => state !== 'published' && state !== 'superseded';

/** Words change until the vote is open. */
export const textsAreOpen = (state: BrochureState): boolean => state === 'draft' || state === 'figures_linked' || state === 'texts_under_review';

/** Approved when nobody refuses and at least one member of each institution approves (R109). */
export function verdict(votes: readonly Pick<Vote, 'side' | 'vote'>[]): 'approved' | 'refused' | 'waiting' {
  if (votes.some((v) => v.vote === 'refuse')) return 'refused';
  const sides = new Set(votes.filter((v) => v.vote === 'approve').map((v) => v.side));
  return sides.has('caf') && sides.has('federation') ? 'approved' : 'waiting';
}

/** Sides whose approval is still awaited. */
export const awaitedSides = (votes: readonly Pick<Vote, 'side' | 'vote'>[]): ('caf' | 'federation')[] =>
  (['caf', 'federation'] as const).filter((side) => !votes.some((v) => v.side === side && v.vote === 'approve'));
