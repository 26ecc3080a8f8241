/** Reading, keeping and loading of questionnaire versions. */
export { formFile, readFormFile } from './exchange/xlsform-file.server.ts';
export { recordErrata, recordErratum } from './errata.server.ts';
export { checkFolder, hashOf, readVersionFolder, yearsOf } from './folder.server.ts';
export { forgetInterpretations, interpretations, interpretationsBeside, publishInterpretation } from './interpretations.server.ts';
export { sourceDocuments } from './documents.server.ts';
export { formatFault, type Fault } from './parsing.ts';
export {
  contentFolder, findVersion, listErrata, listVersions, loadVersion, putVersionInUse, setVersionState, storeVersion, versionNames, type VersionSummary,
} from './store.server.ts';
export { changeDraft, changesOf, localModuleStates, moveLocalModule, moveVersion, readinessOf, startDraft, type ChangeLine } from './studio/drafts.server.ts';
export { importVersion, keepVersion, storedContent, writeVersionFolder } from './studio/folder-exchange.server.ts';
export { readVintage, type Vintage } from './vintage/read-vintage.server.ts';
export { answerProposal, openProposalCount, type Proposal, proposals, type ProposalState, propose } from './studio/proposals.server.ts';
