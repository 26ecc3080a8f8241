/** Reading, keeping and loading of questionnaire versions. */
export { recordErratum, type ErratumRequest } from './errata.server.ts';
export { checkFolder, hashOf, readVersionFolder, yearsOf } from './folder.server.ts';
export { formatFault, type Fault } from './parsing.ts';
export {
  contentFolder, findVersion, listErrata, listVersions, loadVersion, putVersionInUse, setVersionState, storeVersion, type VersionSummary,
} from './store.server.ts';
