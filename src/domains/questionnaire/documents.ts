/** What to gather before starting (R40): documents, and the questions that each serves. Written in `content/entry/documents.json`; which rubrics they serve follows from the version. */
import type { CompiledVersion } from './compiled-version.ts';
import { askedKeys } from './evaluate.ts';

export interface SourceDocument {
  readonly label: string;
  readonly note?: string;
  /** Questions that it helps to answer. */
  readonly keys: readonly string[];
}
export interface DocumentToGather {
  readonly label: string;
  readonly note: string | null;
  /** Codes of rubrics, in the order of the questionnaire. */
  readonly rubrics: readonly string[];
}

/** Documents that serve at least one question asked of such a structure, with the rubrics that they serve. */
export function documentsToGather(documents: readonly SourceDocument[], compiled: CompiledVersion, who: { readonly structureKind: string; readonly territory: string }): DocumentToGather[] {
  const asked = new Set(compiled.dataYears.flatMap((dataYear) => askedKeys(compiled, { ...who, dataYear })));
  const order = Object.keys(compiled.version.rubrics);
  return documents.flatMap((document): DocumentToGather[] => {
    const served = new Set(document.keys.flatMap((key) => (asked.has(key) ? [compiled.questions.get(key)!.rubric] : [])));
    return served.size === 0 ? [] : [{ label: document.label, note: document.note ?? null, rubrics: order.filter((code) => served.has(code)) }];
  });
}

/** Reads the file from `unknown`; throws on what is no list of documents: a fault of the installation, not of a person. */
export function parseDocuments(raw: unknown): readonly SourceDocument[] {
  const list = (raw as { documents?: unknown } | null)?.documents;
  if (!Array.isArray(list)) throw new Error('content/entry/documents.json: « documents » is not a list');
  return list.map((one: unknown, i): SourceDocument => {
    const { label, note, keys } = (one ?? {}) as { label?: unknown; note?: unknown; keys?: unknown };
    const fine = typeof label === 'string' && label !== '' && (note === undefined || typeof note === 'string') && Array.isArray(keys) && keys.length > 0 && keys.every((key) => typeof key === 'string');
    if (!fine) throw new Error(`content/entry/documents.json: document ${i + 1} needs a label and the keys of questions`);
    return { label, keys: keys as string[], ...(note === undefined ? {} : { note: note as string }) };
  });
}
