/** The answers of one structure: states, rules and words; safe in a browser. */
export type * from './model.ts';
export * from './transitions.ts';
export * from './labels.ts';
export { applyChanges } from './judge.ts';
export * from './errors.ts';
export * from './rules.ts';
export * from './narrowed.ts';
export { type PartRequest, readPartRequest } from './hands/part-request.ts';
export * from './completeness.ts';
export * from './conflict.ts';
export type * from './following.ts';
export { NOTICE_LINES } from './notice.ts';
export { aboutMinutes, type RubricTime, secondsLeft, totalLeft } from './rubric-times.ts';
export { saidState, saidYesOrNo } from './said-words.ts';
export { type Aim, AIMS, type Inquiry, type InquiryMessage, type LastWord } from './asking/model.ts';
export { lastAnswer, lastWords, speaker, whyNotNow } from './asking/rules.ts';
export { ACT_LABELS, AIM_LABELS, INQUIRY_STATE_LABELS } from './asking/labels.ts';
export { actsNow, type InquiryAct, type InquiryState, type Voice } from './asking/steps.ts';
