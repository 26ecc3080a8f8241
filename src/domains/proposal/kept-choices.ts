/**
 * What is kept of the places given by a person, for next year. Accounts are kept by their number, digits only. Analytic codes, titles of jobs
 * and of columns are words that might name somebody: only a fingerprint of them is kept, enough to recognise the same word again.
 * Districts, establishments and months are not kept at all.
 */
import { fingerprintOf } from '../questionnaire/index.ts';
import type { Choices } from './model.ts';

export const KEPT_KINDS = ['account', 'expense', 'analytic', 'job', 'column'] as const;
export type KeptKind = (typeof KEPT_KINDS)[number];

export interface KeptChoice {
  readonly kind: KeptKind;
  /** Digits of an account, or 16 hexadecimal digits. */
  readonly source: string;
  /** Code of a row or of a field; '' : left out. */
  readonly target: string;
}

const isKept = (kind: string): kind is KeptKind => (KEPT_KINDS as readonly string[]).includes(kind);

/** What may be kept of a choice; undefined: nothing. */
export function keptChoice(placeId: string, target: string): KeptChoice | undefined {
  const colon = placeId.indexOf(':');
  const kind = placeId.slice(0, colon);
  const what = placeId.slice(colon + 1);
  if (!isKept(kind) || !/^[a-z0-9_]{0,40}$/i.test(target)) return undefined;
  if (kind !== 'account' && kind !== 'expense') return { kind, source: fingerprintOf(`${kind} ${what}`), target };
  return /^[67]\d{0,19}$/.test(what) ? { kind, source: what, target } : undefined;
}

/** The choices that were kept, for the places that a file shows this year. */
export function recallChoices(kept: readonly KeptChoice[], placeIds: readonly string[]): Choices {
  const known = new Map(kept.map((k) => [`${k.kind} ${k.source}`, k.target]));
  return Object.fromEntries(
    placeIds.flatMap((id) => {
      const one = keptChoice(id, '');
      const target = one && known.get(`${one.kind} ${one.source}`);
      return target === undefined ? [] : [[id, target]];
    }),
  );
}

/** Reads one kept choice sent by a browser; undefined when it is anything else. */
export function parseKeptChoice(raw: unknown): KeptChoice | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { kind, source, target, ...more } = raw as { readonly [field: string]: unknown };
  if (Object.keys(more).length > 0 || typeof kind !== 'string' || !isKept(kind) || typeof source !== 'string' || typeof target !== 'string') return undefined;
  const wellMade = kind === 'account' || kind === 'expense' ? /^[67]\d{0,19}$/ : /^[0-9a-f]{16}$/;
  return wellMade.test(source) && /^[a-z0-9_]{0,40}$/i.test(target) ? { kind, source, target } : undefined;
}
