/** The register: structures, territories, institutions. Pure door, safe in a browser. */
export { changesBetween, CONTACT_LABELS, FACT_LABELS, type FactChange, questionWords, showAnswer, showFact } from './fact-words.ts';
export { controlDigit, isSiren, isSiret } from './identifier-key.ts';
export * from './labels.ts';
export type * from './model.ts';
export { normaliseName } from './normalised-name.ts';
export * from './register-answers.ts';
export * from './rules.ts';
export { COLUMNS, fieldOfTitle } from './import/columns.ts';
export type { ImportFault } from './import/parsing.ts';
export type { FieldChange, RowAction, RowPlan } from './import/plan.ts';
export { changeSentence, countsSentence, faultSentence, importOutcomeText, importPreviewText } from './import/words.ts';
export type * from './import/preview.ts';
