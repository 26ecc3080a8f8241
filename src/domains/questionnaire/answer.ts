/**
 * What a structure can have said of one question, for one data year. Four states, from the form to the base of a figure:
 * a value (0 is one), "not concerned", "unknown", and unanswered, which is the absence of an answer.
 */
export type CellState = 'unknown' | 'not_concerned';
/** One cell of a table: a number, a ticked box, or a state; an absent cell is unanswered. An unticked box counts as false. */
export type Cell = number | boolean | CellState;
/** row code -> column code -> cell */
export type TableValue = { readonly [row: string]: { readonly [column: string]: Cell } };

/** integer, decimal, money, percentage: number · text, date (ISO), single: string · multiple: option codes · table: cells */
export type AnswerValue = number | string | readonly string[] | TableValue;

export type Answer =
  | { readonly state: 'value'; readonly value: AnswerValue }
  | { readonly state: 'not_concerned' }
  | { readonly state: 'unknown' };

/** Answers of one structure for one data year by question key; an absent key is unanswered. */
export type Answers = { readonly [key: string]: Answer };
