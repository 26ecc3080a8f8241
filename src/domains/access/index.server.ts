export * from './sessions.server.ts';
export * from './journal.server.ts';
