/** What is asked: dimensions, rubrics, questions, versions, rules. Pure data and pure evaluation; safe in a browser. */
export * from './answer.ts';
export * from './model.ts';
export { boundFaults, numberFault, type BoundFault } from './bounds.ts';
export { answerEquals, answerFingerprint, cellOf, columnTotal, isComplete, isNumeric, numberOf, tableOf } from './cells.ts';
export { compileVersion, type CompiledRule, type CompiledVersion } from './compiled-version.ts';
export type { Erratum, ErratumField } from './errata.ts';
export {
  askedKeys, computedAnswer, evaluateAll, evaluateReading, isAsked, isVisible, previousFor, progress, requiredMissing, rulesReading, visibleQuestions,
  type EvaluationOptions, type Finding, type Reading,
} from './evaluate.ts';
export { checkExpression, readsOf, type CheckedExpression, type ExpressionScope } from './expression/check.ts';
export { parseExpression } from './expression/parse.ts';
export { printExpression, type Expression, type ExpressionFault } from './expression/syntax.ts';
export { canonical, fingerprintOf } from './fingerprint.ts';
export { fieldName, formFields, parseFormAnswer, presentField, stateField, type Fields, type FormRefusal } from './form-answer.ts';
export { formatAnswer, formatCell, formatInput } from './format-answer.ts';
export { CATEGORY_LABELS, KIND_LABELS, optionLabel, SEVERITY_LABELS, STATE_LABELS, unitLabel } from './labels.ts';
export { answerOf, parseAnswer } from './parse-answer.ts';
export { formatFault, type Fault } from './parsing.ts';
export type { EvaluationContext } from './sheet.ts';
