/** Identifiers of things, told apart by type so that one cannot stand for another. */
declare const brand: unique symbol;
export type Branded<T, B extends string> = T & { readonly [brand]: B };

export type StructureId = Branded<string, 'StructureId'>;
export type AccountId = Branded<string, 'AccountId'>;
export type ResponseId = Branded<string, 'ResponseId'>;
export type InstitutionId = Branded<string, 'InstitutionId'>;

/**
 * A new identifier: UUID version 7 (RFC 9562, section 5.7), whose first 48 bits are the time in milliseconds, so that rows
 * inserted one after the other stand side by side in an index on every engine (PostgreSQL has its own `uuidv7()` from 18 only).
 */
export function newId<T extends string = string>(now: number = Date.now()): T {
  const bytes = new Uint8Array(16);
  crypto.getRandomValues(bytes);
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as T;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** True when the text is a UUID in its canonical lower-case form. */
export const isUuid = (text: unknown): text is string => typeof text === 'string' && UUID.test(text);
