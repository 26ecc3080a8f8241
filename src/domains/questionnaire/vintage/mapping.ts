/** What an earlier survey asked and where its file holds it: a mapping, as docs/guides/vintages.md describes. Pure data; parse-mapping.ts reads and checks it. */

/** How the value of one question is found in the file. */
export interface MappedColumn {
  /** Headers of a wide file, codes of a long one; several are added up. */
  readonly columns: readonly string[];
  readonly question: string;
  /** Of a table's cell. */
  readonly cell?: { readonly row: string; readonly column: string };
  /** Code of the option that this column ticks. */
  readonly choice?: string;
  /** Old answer -> an option's code, words of a state, or '' for none. */
  readonly values: ReadonlyMap<string, string>;
  /** The old unit in ours: the value is multiplied, or divided and rounded to the decimals of the question. */
  readonly times?: number;
  readonly over?: number;
  /** As asked then. */
  readonly label?: string;
  readonly code?: string;
  readonly options?: { readonly [code: string]: string };
  readonly break?: string;
  readonly split?: { readonly into: readonly string[]; readonly note: string };
}

export interface VintageMapping {
  readonly year: number;
  readonly title: string;
  readonly dataYear: number;
  /** Year of the version whose keys it uses. */
  readonly towards: number;
  readonly appliesTo?: readonly string[];
  readonly file:
    | { readonly layout: 'wide'; readonly structure: string; readonly dataYear?: string }
    | { readonly layout: 'long'; readonly structure: string; readonly dataYear?: string; readonly question: string; readonly value: string };
  readonly columns: readonly MappedColumn[];
  /** Columns left out on purpose -> why. */
  readonly left: ReadonlyMap<string, string>;
}

/** Headers, codes and old answers are compared without accents, capitals nor signs. */
export const plainName = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_|_$/g, '');
