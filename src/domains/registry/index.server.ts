/** The register's door to the database. */
export * from './commands.server.ts';
export * from './proposals.server.ts';
export * from './queries.server.ts';
export { loadTerritories, referenceFolder, ReferenceUnusable, stableId } from './reference.server.ts';
export { applyRegisterImport, previewRegisterImport } from './import/register-import.server.ts';
export { importZoneFile, type Zoning } from './import/zone-import.server.ts';
export { dropRegisterFile, keepRegisterFile, keptRegisterFile } from './import/kept-file.server.ts';
