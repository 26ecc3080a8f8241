/** The arrows of the house as data: who may import whom. Checked over every module by tests/architecture/imports.ts. */

/** A domain may import only those written before it. */
export const DOMAINS = ['registry', 'questionnaire', 'disclosure', 'access', 'notification', 'campaign', 'entry', 'proposal', 'control', 'statistics', 'publication'] as const;

/** Each room and the rooms that it may import, itself apart. `root` is the composition: services, compose, server. */
export const ROOMS: { readonly [room: string]: readonly string[] } = {
  kernel: [],
  platform: ['kernel'],
  charts: ['kernel'],
  domains: ['kernel', 'platform', 'charts'],
  documents: ['kernel', 'platform', 'charts', 'domains'],
  demo: ['kernel', 'platform', 'domains', 'documents', 'root'],
  web: ['kernel', 'platform', 'charts', 'domains', 'documents', 'root'],
  cli: ['kernel', 'platform', 'charts', 'domains', 'documents', 'demo', 'root'],
  root: ['kernel', 'platform', 'charts', 'domains', 'documents', 'demo', 'web'],
};
