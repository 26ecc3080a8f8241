export * from './sessions.server.ts';
export { signIn } from './sign-in.server.ts';
export * from './parts.server.ts';
export * from './duties.server.ts';
export { endMandates, type MandateWanted } from './mandates.server.ts';
export * from './invitations.server.ts';
export { PART_OF_ACCOUNT } from './part-sql.ts';
export * from './journal.server.ts';
