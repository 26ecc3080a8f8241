/** What every drawing is: a finding in words, a picture, its table, one sentence that says what the picture shows. */

/** Words around a drawing. The title says the finding, the subtitle the measure, base and year, the source stands at the foot. */
export interface ChartWords {
  /** Unique on its page, letters, digits and hyphens. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly source: string;
  /** One sentence that replaces the picture for who cannot see it. */
  readonly description: string;
}

export interface ChartTable {
  readonly columns: readonly string[];
  /** First cell of each row is its head. */
  readonly rows: readonly (readonly string[])[];
}

export interface Chart extends ChartWords {
  readonly width: number;
  readonly height: number;
  /** A whole `<svg>` element, to be put into a page or given to the typesetter. */
  readonly svg: string;
  readonly table: ChartTable;
}

/** A quantity with its printed form: drawings never format numbers. */
export interface Datum {
  readonly label: string;
  readonly value: number;
  readonly text: string;
}

/** Width of a drawing made for one column of print and for a phone, in units; its smallest text is 12 units high. */
export const COLUMN = 300;
