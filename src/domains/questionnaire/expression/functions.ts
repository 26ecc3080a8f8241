/** The functions of the language and what each accepts. How they are computed is in compile.ts; what they mean, in docs/guides/rules.md. */
export type ValueType = 'number' | 'truth' | 'text' | 'date';
export type ArgumentKind =
  | 'number'
  | 'date'
  /** any question or cell */
  | 'reference'
  /** a question or cell that holds a number */
  | 'quantity'
  | 'column'
  | 'table'
  /** a table of boxes to tick */
  | 'boxes'
  | 'multiple'
  /** a text: an option of the question given first */
  | 'option'
  /** a text: a numeric column of the table given first */
  | 'columnName'
  | 'param'
  | 'rubric';

export interface FunctionSignature {
  readonly args: readonly ArgumentKind[];
  /** The last kind may be repeated. */
  readonly variadic?: boolean;
  /** `same`: the type of the question given. */
  readonly result: ValueType | 'same';
  /** Judged on the whole sheet, not on named questions. */
  readonly wide?: boolean;
  /** Reads last year's answer of its argument. */
  readonly previous?: boolean;
}

export const FUNCTIONS: { readonly [name: string]: FunctionSignature } = {
  abs: { args: ['number'], result: 'number' },
  min: { args: ['number', 'number'], variadic: true, result: 'number' },
  max: { args: ['number', 'number'], variadic: true, result: 'number' },
  param: { args: ['param'], result: 'number' },
  sum: { args: ['column'], result: 'number' },
  min_of: { args: ['column'], result: 'number' },
  max_of: { args: ['column'], result: 'number' },
  has: { args: ['multiple', 'option'], result: 'truth' },
  filled: { args: ['reference'], result: 'truth' },
  nz: { args: ['quantity'], result: 'number' },
  rows_le: { args: ['table', 'columnName', 'columnName'], result: 'truth' },
  rows_all_or_none: { args: ['table'], result: 'truth' },
  rows_ticked: { args: ['boxes'], result: 'number' },
  prev: { args: ['reference'], result: 'same', previous: true },
  has_prev: { args: ['reference'], result: 'truth', previous: true },
  delta: { args: ['quantity'], result: 'number', previous: true },
  pct_change: { args: ['quantity'], result: 'number', previous: true },
  same_as_prev: { args: ['reference'], result: 'truth', previous: true },
  outlier: { args: ['quantity'], result: 'truth' },
  year: { args: ['date'], result: 'number' },
  days_between: { args: ['date', 'date'], result: 'number' },
  data_year: { args: [], result: 'number' },
  rubric_has_nonzero: { args: ['rubric'], result: 'truth' },
  all_required_filled: { args: [], result: 'truth', wide: true },
  all_within_bounds: { args: [], result: 'truth', wide: true },
  exclusive_options_alone: { args: [], result: 'truth', wide: true },
  share_equal_to_prev: { args: [], result: 'number', wide: true },
  on_behalf_reviewed: { args: [], result: 'truth', wide: true },
  all_soft_justified: { args: [], result: 'truth', wide: true },
};

export const signatureOf = (name: string): FunctionSignature | undefined => (Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined);
