/** What each key does in the dense form, where a correspondent types a whole rubric without leaving the keyboard. Pure. */

const CODES = '123456789abcdefghijklmnopqrstuvwxyz';
/** Key that chooses the option at this place (from 0); undefined from the thirty-sixth on: arrows and Tab remain. */
export const optionCode = (place: number): string | undefined => CODES[place];

export const STATE_KEYS = { unknown: '?', not_concerned: '/' } as const;
export type StateOnKey = keyof typeof STATE_KEYS;

/** `text`: its words may hold any key. `figure`: numbers and dates. `list`: one option. `boxes`: several. */
export type FieldSort = 'text' | 'long' | 'figure' | 'list' | 'boxes' | 'box';
export interface FieldFacts {
  readonly sort: FieldSort;
  /** Nothing is typed in it yet. */
  readonly empty: boolean;
  /** How many options it offers. */
  readonly options: number;
  readonly states: readonly StateOnKey[];
}
export interface Pressed {
  readonly key: string;
  readonly shift: boolean;
  /** Control, Alt or Command is held: the browser's own shortcuts. */
  readonly held: boolean;
}
export type Meaning =
  | { readonly does: 'next' | 'previous' }
  | { readonly does: 'choose'; readonly place: number }
  | { readonly does: 'state'; readonly state: StateOnKey }
  /** The question does not offer that state: said, and nothing is typed. */
  | { readonly does: 'not-offered'; readonly state: StateOnKey };

/** undefined: the key does what it always does. */
export function meaningOf({ key, shift, held }: Pressed, field: FieldFacts): Meaning | undefined {
  if (held) return undefined;
  if (key === 'Enter') return field.sort === 'long' && shift ? undefined : { does: shift ? 'previous' : 'next' };
  const state = (Object.keys(STATE_KEYS) as StateOnKey[]).find((s) => STATE_KEYS[s] === key);
  if (state && (field.empty || field.sort === 'list' || field.sort === 'boxes')) {
    if (field.states.includes(state)) return { does: 'state', state };
    return field.sort === 'text' || field.sort === 'long' ? undefined : { does: 'not-offered', state };
  }
  const place = CODES.indexOf(key.toLowerCase());
  if ((field.sort === 'list' || field.sort === 'boxes') && key.length === 1 && place >= 0 && place < field.options) return { does: 'choose', place };
  return undefined;
}
