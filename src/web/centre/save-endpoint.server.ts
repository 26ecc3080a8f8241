/**
 * `POST /api/saves`: one answer, as it is given. Lean on purpose, beside the router: text in, text out. The receipt is sent once the save is
 * committed; anything that cannot be read is refused with a French sentence and changes nothing.
 */
import { saveAnswer, sharedRunner } from '../../domains/entry/index.server.ts';
import type { ConflictRefusal, SaveRequest } from '../../domains/entry/index.ts';
import { malformedSave, notSignedIn } from '../../domains/entry/index.ts';
import { isUuid, type ResponseId } from '../../kernel/identifier.ts';
import type { Refusal } from '../../kernel/result.ts';
import type { Database } from '../../platform/database.server.ts';
import { sessionToken } from '../session-cookie.server.ts';

export interface SaveCall {
  readonly method: string;
  readonly body: string;
  readonly cookie: string | undefined;
  /** Headers `Origin` and `Host`; a browser sends the first with every such call. */
}
export interface SaveAnswered {
  readonly status: number;
  /** JSON: `{ receipt }` or `{ error: { code, message, conflict? } }`. */
  readonly body: string;
}

/** Largest body read, in bytes. */
export const SAVE_BODY_LIMIT = 256 * 1024;

const STATUS: { readonly [code: string]: number } = {
  not_signed_in: 401, charter_needed: 403, not_yours: 403, outside_your_part: 403, unknown_response: 404, malformed_save: 400, ill_typed_answer: 400, unknown_question: 400, too_busy: 503,
};

const refused = (error: Refusal | ConflictRefusal): SaveAnswered => ({ status: STATUS[error.code] ?? 409, body: JSON.stringify({ error }) });
const METHOD: SaveAnswered = { status: 405, body: JSON.stringify({ error: { code: 'method', message: 'Cette adresse ne reçoit que des enregistrements (POST).' } }) };
const LENGTH: SaveAnswered = { status: 411, body: JSON.stringify({ error: { code: 'length_required', message: 'La longueur de cet enregistrement n’est pas annoncée : il est refusé.' } }) };
const TOO_LARGE: SaveAnswered = { status: 413, body: JSON.stringify({ error: { code: 'too_large', message: 'Cette réponse est trop longue pour être enregistrée : raccourcissez-la.' } }) };

/** The refusal of a save whose body is not to be read, by the length announced (header `Content-Length`). */
export function refusedByLength(announced: string | undefined): SaveAnswered | undefined {
  if (announced === undefined) return LENGTH;
  return Number(announced) <= SAVE_BODY_LIMIT ? undefined : TOO_LARGE;
}

export async function handleSave(database: Database, call: SaveCall): Promise<SaveAnswered> {
  if (call.method !== 'POST') return METHOD;
  if (call.body.length > SAVE_BODY_LIMIT) return TOO_LARGE;
  const save = readSave(call.body);
  if (!save) return refused(malformedSave);
  const token = sessionToken(call.cookie);
  if (!token) return refused(notSignedIn);
  const saved = await saveAnswer(sharedRunner(database), { token }, save);
  return saved.ok ? { status: 200, body: JSON.stringify({ receipt: saved.value }) } : refused(saved.error);
}

const FIELDS: readonly string[] = ['saveId', 'responseId', 'dataYear', 'key', 'answer'];
const OPTIONAL: readonly string[] = ['base', 'settles', 'sourceId'];

/** The save that a body holds, or undefined: truncated, of another shape, with a missing or an unexpected field. */
export function readSave(body: string): SaveRequest | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return undefined;
  const save = raw as { readonly [field: string]: unknown };
  if (!FIELDS.every((field) => field in save) || !Object.keys(save).every((field) => FIELDS.includes(field) || OPTIONAL.includes(field))) return undefined;
  const { saveId, responseId, dataYear, key, answer, base, settles, sourceId } = save;
  if (!isUuid(saveId) || !isUuid(responseId) || !Number.isInteger(dataYear) || typeof key !== 'string' || key.length === 0 || key.length > 100) return undefined;
  if (base !== undefined && (typeof base !== 'string' || base.length > 16)) return undefined;
  if (settles !== undefined && !(Array.isArray(settles) && settles.length <= 50 && settles.every(isUuid))) return undefined;
  if (sourceId !== undefined && !isUuid(sourceId)) return undefined;
  return { saveId, responseId: responseId as ResponseId, dataYear: dataYear as number, key, answer, ...(base === undefined ? {} : { base }), ...(settles === undefined ? {} : { settles: settles as string[] }), ...(sourceId === undefined ? {} : { sourceId }) };
}
