/** Commands and queries of entry. */
export { type By } from './save-load.server.ts';
export { type ChangeSince, changesSince, placeOfResponse, type Since } from './following.server.ts';
export { openConflictsOf } from './conflicts.server.ts';
export { type ItemFault, saveAnswer, saveAnswers, type Saved, type SaveItem, type SaveOptions, type SaveSheetRequest } from './save.server.ts';
export { preparedRunner, type Runner, runnerOf, sharedRunner } from './statement-runner.server.ts';
export { type Move, moveResponse, moveResponses } from './moves.server.ts';
export * from './queries.server.ts';
export * from './submission.server.ts';
export { decideFinding, type FindingDecision, type FindingRow, type FindingScope, type Justification, justifyFinding, recordFindings, refreshFindings, refreshOpenCounts } from './findings.server.ts';
export { type OnBehalfVerdict, reviewOnBehalf } from './on-behalf.server.ts';
export { prefillFromRegister } from './register-answers.server.ts';
export { bulkLoad, type BulkOptions, type BulkResult, type LoadedSheet } from './bulk-load.server.ts';
export * from './import-responses.server.ts';
export { readTableFile } from './table-file.server.ts';
export { readWorkbookFile, SPREADSHEET_TYPES, type SpreadsheetFormat, workbookFile } from './workbook/workbook-file.server.ts';
export { type BroughtAnswer, type BroughtWorkbook, type WorkbookFault } from './workbook/read-workbook.ts';
export { type DifferenceLine, differenceLines, meet } from './workbook/differences.ts';
export { allAnswersFile, allAnswersOf } from './all-answers/all-answers.server.ts';
