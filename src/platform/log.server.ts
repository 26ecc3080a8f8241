/** Structured log: one JSON object a line on standard error, with the request's identifier, never an answer's value. */
export type LogLevel = 'error' | 'info' | 'debug';
export type LogFields = { readonly [name: string]: string | number | boolean | null | undefined };
export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

const RANK: { readonly [level in LogLevel]: number } = { error: 0, info: 1, debug: 2 };

/** A log that keeps lines up to `level`. */
export const createLog = (level: LogLevel, write: (line: string) => void = (line) => void process.stderr.write(line)): Log => (at, event, fields = {}) => {
  if (RANK[at] <= RANK[level]) write(`${JSON.stringify({ at: new Date().toISOString(), level: at, event, ...fields })}\n`);
};

/** A failure whose words are ours and hold nothing that anybody wrote: they may stand in the log. */
export abstract class SpokenFailure extends Error {}

/**
 * What may be said of a failure: its name, code and the first frames of its stack, which say where it was thrown. The message of a database error can quote the
 * row that it refused, that of a reader what it read, that of the language (`TypeError`) a value or its name: only a `SpokenFailure` keeps its words.
 */
export function describeFailure(error: unknown): LogFields {
  if (!(error instanceof Error)) return { failure: typeof error };
  const { code, constraint } = error as { code?: string; constraint?: string };
  return {
    failure: error.name,
    code: code ?? null,
    constraint: constraint ?? null,
    message: error instanceof SpokenFailure ? error.message.slice(0, 300) : null,
    stack: (error.stack ?? '').split('\n').filter((line) => line.trim().startsWith('at ')).slice(0, 6).join(' | '),
  };
}
