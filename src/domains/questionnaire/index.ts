/** What is asked: dimensions, rubrics, questions, versions, rules. Pure data and pure evaluation; safe in a browser. */
export * from './answer.ts';
export * from './model.ts';
export { boundFaults, type BoundFault } from './bounds.ts';
export { answerEquals, answerFingerprint, cellOf, columnTotal, isComplete, isNumeric, numberOf, tableOf } from './cells.ts';
export { compileVersion, type CompiledRule, type CompiledVersion } from './compiled-version.ts';
export { ddiCodebook } from './exchange/ddi.ts';
export { correctableWords, type Erratum, ERRATUM_FIELDS, type ErratumField } from './errata.ts';
export {
  askedKeys, computedAnswer, cutsFor, evaluateAfter, evaluateAll, evaluateChanged, evaluateReading, isAsked, isVisible, previousFor, progress, progressAfter, requiredMissing, rulesReading, verdictOf, visibleQuestions,
  type EvaluationOptions, type Finding, type Progress, type Reading, type Verdict,
} from './evaluate.ts';
export { checkVersion } from './check-version.ts';
export { checkExpression, readsOf, type CheckedExpression, type ExpressionScope } from './expression/check.ts';
export { parseExpression } from './expression/parse.ts';
export { expressionWords } from './expression/words.ts';
export { type DocumentToGather, documentsToGather, type SourceDocument } from './documents.ts';
export { type Interpretation, interpretationsOf, LONGEST_INTERPRETATION } from './interpretations.ts';
export { printExpression, type Expression, type ExpressionFault } from './expression/syntax.ts';
export { canonical, fingerprintOf } from './fingerprint.ts';
export { fieldName, formFields, parseFormAnswer, presentField, stateField, type Fields, type FormRefusal, whyNoShare } from './form-answer.ts';
export { formatAnswer, formatCell, formatInput } from './format-answer.ts';
export { CATEGORY_LABELS, KIND_LABELS, optionLabel, SEVERITY_LABELS, STATE_LABELS, unitLabel, VERSION_STATE_WORDS } from './labels.ts';
export { answerOf, parseAnswer } from './parse-answer.ts';
export { formatFault, type Fault } from './parsing.ts';
export { ruleWords } from './rule-words.ts';
export type { EvaluationContext } from './sheet.ts';
export type { Author, StudioAct } from './studio/author.ts';
export { differences, lineageSentence, nameOfQuestion, questionSentences, ruleSentences, type Difference } from './studio/differences.ts';
export * from './studio/field-labels.ts';
export { LOCAL_MODULE_LABELS, localModulesOf, type LocalModuleState } from './studio/local-modules.ts';
export { applyOperation, seenOf, type Act, type Operation, type OperationRefusal, type StudioFault, type Subject } from './studio/operations.ts';
export { readiness, type Readiness, type ReadinessPoint } from './studio/readiness.ts';
export { renameInExpression } from './studio/rename-in-expression.ts';
export { followKeys, type Followed, keysIn, type VersionNames } from './lineage.ts';
export { cutSince, originOf, seriesOf, summedAnswer, underPresentNames, type SeriesPoint } from './series.ts';
export * from './studio/text-lists.ts';
export { type MappedColumn, plainName, type VintageMapping } from './vintage/mapping.ts';
export { versionFiles, type VersionFile } from './studio/version-files.ts';
export { KNOWN_UNITS } from './labels.ts';
export { FUNCTIONS } from './expression/functions.ts';
